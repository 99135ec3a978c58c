"""The look of the course: one color and marker a rule, one hue ramp a parameter, light and dark."""

import re
from dataclasses import dataclass, replace

import numpy as np

from .colors import mix, to_hex


@dataclass(frozen=True)
class Theme:
    """The colors of pages and maps, as ``#rrggbb`` or ``#rrggbbaa``.

    Attributes
    ----------
    ground, heat : tuple of (lightness, chroma, hue)
        OKLCH stops, mixed in OKLab: from the lowest ground to the highest, from soon to late.
    line : tuple (red, green, blue, opacity)
        Lines of equal height.
    """

    page: str
    ink: str
    muted: str
    hair: str
    soft: str
    accent: str
    casing: str
    star: str
    downhill: str
    ground: tuple
    line: tuple
    heat: tuple
    empty: str
    hatch: str


LIGHT = Theme(
    page="#ffffff", ink="#1d2329", muted="#5b6670", hair="#d9dee3", soft="#f3f5f7",
    accent="#0b5a8a", casing="#ffffffe6", star="#1d2329", downhill="#46525c",
    ground=((0.872, 0.058, 232), (0.935, 0.028, 225), (0.982, 0.010, 90)),
    line=(60, 90, 115, 0.16),
    heat=((0.33, 0.085, 250), (0.55, 0.095, 225), (0.78, 0.070, 200), (0.935, 0.025, 180)),
    empty="#eceff2", hatch="#d3d9df",
)  # fmt: skip
DARK = Theme(
    page="#14181c", ink="#e9edf1", muted="#9aa5af", hair="#333b43", soft="#1d2329",
    accent="#7cc4f2", casing="#0c1014d2", star="#ffd75e", downhill="#c9d2da",
    ground=((0.420, 0.070, 236), (0.310, 0.042, 243), (0.215, 0.014, 252)),
    line=(190, 220, 240, 0.15),
    heat=((0.93, 0.075, 175), (0.76, 0.095, 205), (0.53, 0.090, 235), (0.30, 0.040, 250)),
    empty="#1f252b", hatch="#39424b",
)  # fmt: skip
PAPER = "#f8f6f0"  # the card under a picture: no white slab on a dark page


@dataclass(frozen=True)
class Style:
    """How a rule is drawn: ``color`` in light, ``dark`` in dark pictures, ``marker``, ``dash``."""

    label: str
    color: str
    dark: str
    marker: str
    dash: object = "-"

    def line(self, dark=False):
        """Keyword arguments for Axes.plot."""
        return {"color": self.dark if dark else self.color, "linestyle": self.dash}


# Every color has a contrast of at least 3:1 with the page and with every ground of a map.
STYLES = {
    "sgd": Style("SGD", "#C24E00", "#FF8A3D", "o"),
    "momentum": Style("momentum", "#0072B2", "#56B4E9", "s"),
    "nesterov": Style("Nesterov", "#00805D", "#2FD6A3", "^"),
    "adagrad": Style("Adagrad", "#8A6D00", "#E6C229", "v"),
    "rmsprop": Style("RMSprop", "#A8518A", "#E59AC7", "D"),
    "adam": Style("Adam", "#111111", "#FFFFFF", "P"),
    "adamw": Style("AdamW", "#6B6B6B", "#B8B8B8", "X"),
}
_OWN_COLORS = (
    ("#B22234", "#FF7A82"),
    ("#1D6A78", "#5ED0DA"),
    ("#7A4A21", "#D9A77C"),
    ("#9A2A9E", "#E98CFF"),
)
_OWN_MARKERS = ("*", "h", "p", "d", "<", ">", "H")
OWN = tuple(  # looks for a learner's own rules: every color with every marker, no pair twice
    Style("", *colors, _OWN_MARKERS[(place + turn) % len(_OWN_MARKERS)])
    for turn in range(len(_OWN_MARKERS))
    for place, colors in enumerate(_OWN_COLORS)
)
DASHES = ("-", (0, (5, 1.5)), (0, (1.5, 1.2)), (0, (6, 1.5, 1.5, 1.5)))


class Looks:
    """The looks within one figure: no two rules share one.

    A rule of the course keeps its own; a learner's rules take the others in the order they come.
    The same rule under a second label keeps color and marker and gets the next dash.
    """

    def __init__(self):
        self._styles, self._labels = {}, {}

    def of(self, name, label=None):
        """The Style of a rule, by name or by name and settings: "momentum(beta=0.5)"."""
        rule, bracket, settings = name.partition("(")
        if rule not in self._styles:
            self._styles[rule] = STYLES.get(rule) or self._next_own(rule)
        style = self._styles[rule]
        labels = self._labels.setdefault(rule, [])
        label = label or style.label + bracket + settings
        if label not in labels:
            labels.append(label)
        return replace(style, label=label, dash=DASHES[labels.index(label) % len(DASHES)])

    def _next_own(self, name):
        taken = sum(known not in STYLES for known in self._styles)
        if taken == len(OWN):
            raise ValueError(f"One figure tells up to {len(OWN)} own rules apart; got one more.")
        return replace(OWN[taken], label=name)


# JupyterLab shows the first line of an output, as it is written, where a learner has folded it.
# So it is plain words, and the sheet hides them where the output is open.
FIRST_LINE = "Decide first, then run this cell."
PLAY_LINE = "Run this cell to play."  # of a widget, where nothing is to be decided
_OPEN = (
    "<style>div:has(>.ravine-open){font-size:0!important;visibility:hidden}.ravine-open"
    "{font-size:var(--jp-content-font-size1,1rem);visibility:visible;margin-top:0!important}</style>"
)
_COVER = ' style="margin-top:-1.6em"'  # where the sheet is dropped, a picture lies over the words


def foldable(page, line=FIRST_LINE):
    """HTML that tells nothing where it is folded, and looks as it did where it is open."""
    cover = _COVER if re.match(r"(<div[^>]*>)?<img", page) else ""
    return f'{line}\n<div class="ravine-open"{cover}>{page}</div>{_OPEN}'


def style_of(name):
    """The look of a rule that is seen alone."""
    return Looks().of(name)


def styles_of(names):
    """The looks of rules that are seen together: name -> Style, no two alike."""
    looks = Looks()
    return {name: looks.of(name) for name in names}


_RAMP = {  # violet, which no rule has
    "light": ((0.61, 0.175, 299), (0.40, 0.140, 292), (0.21, 0.085, 287)),
    "dark": ((0.66, 0.140, 296), (0.80, 0.090, 296), (0.94, 0.030, 296)),
}


def ramp(n, dark=False):
    """Colors of one hue for values of a parameter: the larger, the farther from the page.

    Parameters
    ----------
    n : int
    dark : bool
        For a dark page.

    Returns
    -------
    list of str
        n colors, written as ``#rrggbb``.
    """
    places = np.linspace(0, 1, n) if n > 1 else np.array([0.5])
    return [to_hex(color) for color in mix(_RAMP["dark" if dark else "light"], places)]


FONTS = ("Helvetica Neue", "Helvetica", "Arial", "Liberation Sans", "DejaVu Sans")  # first found
FIGURE = {  # matplotlib settings for every figure of the course
    "figure.figsize": (7.0, 4.0),
    "figure.dpi": 100,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "figure.constrained_layout.h_pad": 0.09,
    "figure.constrained_layout.w_pad": 0.09,
    "axes.facecolor": "none",
    "axes.edgecolor": LIGHT.muted,
    "axes.labelcolor": LIGHT.muted,
    "axes.titlecolor": LIGHT.ink,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.labelsize": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "grid.color": "#dfddd6",
    "grid.linewidth": 0.7,
    "xtick.color": LIGHT.muted,
    "ytick.color": LIGHT.muted,
    "xtick.labelsize": 9.5,
    "ytick.labelsize": 9.5,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "xtick.minor.size": 0,
    "ytick.minor.size": 0,
    "text.color": LIGHT.ink,
    "lines.linewidth": 1.8,
    "lines.solid_capstyle": "round",
    "font.size": 10,
    "mathtext.fontset": "custom",
    "legend.frameon": False,
    "hatch.color": "#b9bdb9",
    "hatch.linewidth": 0.7,
}
