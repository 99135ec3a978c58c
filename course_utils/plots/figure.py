"""A figure in the course's style, and what every plot shares: looks, numbers, halos."""

from functools import cache, wraps
from weakref import WeakKeyDictionary

import matplotlib.patheffects as effects
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.font_manager import get_font_names
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from ..style import FIGURE, FONTS, LIGHT, Looks

PX = 0.72  # one pixel of a figure at 100 dots an inch, in points
_LOOKS = WeakKeyDictionary()


@cache
def _settings():
    plt.switch_backend(plt.get_backend())  # Jupyter's sets rcParams, which rc_context would undo
    found = [name for name in FONTS if name in get_font_names()]
    faces = {"rm": "", "sf": "", "tt": "", "cal": "", "it": ":italic", "bf": ":bold"}
    math = {f"mathtext.{kind}": found[0] + face for kind, face in faces.items()}
    return FIGURE | {"font.family": found} | math


def styled(plot):
    """Let a plot draw in the course's style, whatever matplotlib's settings are."""

    @wraps(plot)
    def in_style(*args, **kwargs):
        with plt.rc_context(_settings()):
            return plot(*args, **kwargs)

    return in_style


@styled
def axes(**settings):
    """A new figure in the course's style; returns its Axes. ``settings`` go to plt.subplots."""
    return plt.subplots(layout="constrained", **settings)[1]


def write_alike(figure):
    """Give the course's letters to what was written outside a plot: titles, values at bars."""
    usual = ["sans-serif"]  # matplotlib's own
    for text in figure.findobj(lambda artist: isinstance(artist, Text)):
        if text.get_fontfamily() == usual:
            text.set_fontfamily(plt.rcParams["font.family"])
    for ax in figure.axes:
        for title in ax.get_children():
            if isinstance(title, Text) and title not in ax.texts:
                title.set(fontsize=plt.rcParams["axes.titlesize"], fontweight="bold")


def look(ax, name, label=None):
    """The Style of a rule in the figure of ``ax``; own rules never share one."""
    return _LOOKS.setdefault(ax.figure, Looks()).of(name, label)


def as_large(marker, size):
    """The size at which a marker looks as large as a circle of ``size``; stars have thin arms."""
    return size * {"*": 1.6, "P": 1.25, "X": 1.25, "d": 1.2}.get(marker, 1)


def halo(width=3.2, alpha=0.9):
    """A pale rim that keeps text and marks readable on whatever lies below."""
    return [effects.withStroke(linewidth=width, foreground=LIGHT.casing[:7], alpha=alpha)]


def words_for(value):
    """A number as one writes it: 0.01, 1, 10⁻³."""
    if value == 0 or 1e-2 <= abs(value) < 1e4:
        return f"{value:g}".replace("-", "−")
    exponent = int(np.floor(np.log10(abs(value)) + 1e-9))
    factor = value / 10.0**exponent
    power = f"10{raised(exponent)}"
    return power if abs(factor - 1) < 1e-6 else f"{factor:.2g}·{power}".replace("-", "−")


def raised(whole):
    """A whole number in superscript: ⁻³."""
    return str(whole).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


class Decades(LogLocator):
    """Ticks of a log axis: decades, and 3 or 2 and 5 between them where decades are few."""

    def tick_values(self, low, high):
        decades = np.log10(high / low) if low > 0 else 9
        self.set_params(subs=[1] if decades > 2.5 else [1, 3] if decades > 1.2 else [1, 2, 5])
        return super().tick_values(low, high)


def log_axis(axis):
    """Put a log scale on an Axis, with numbers written as people write them."""
    axis._set_axes_scale("log")
    write_plainly(axis)


def write_plainly(axis):
    """Tick a log axis with few numbers, written as people write them: 0.01, 1, 10⁻³."""
    axis.set_major_locator(Decades(numticks=7))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(FuncFormatter(lambda value, place: words_for(value)))
