"""One color, marker and dash for each rule, told apart also without color."""

import zlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Style:
    """How a rule is drawn: ``color`` on white, ``dark`` on a dark page, ``marker``, ``dash``."""

    color: str
    dark: str
    marker: str
    dash: str

    def line(self, dark=False):
        """Keyword arguments for Axes.plot."""
        return {"color": self.dark if dark else self.color, "linestyle": self.dash}


# Every color has a contrast of at least 3:1 with its page. Most are Okabe and Ito's (2008).
STYLES = {
    "sgd": Style("#D55E00", "#FF8A3D", "o", "-"),
    "momentum": Style("#0072B2", "#56B4E9", "s", "--"),
    "nesterov": Style("#008F68", "#2FD6A3", "^", "-."),
    "adagrad": Style("#8A6D00", "#E6C229", "v", (0, (1, 1))),
    "rmsprop": Style("#A8518A", "#E59AC7", "D", (0, (5, 1, 1, 1, 1, 1))),
    "adam": Style("#000000", "#FFFFFF", "P", "-"),
    "adamw": Style("#6B6B6B", "#B8B8B8", "X", (0, (3, 1))),
}

_OTHERS = (
    Style("#7A3E9D", "#C9A0E8", "*", (0, (6, 2))),
    Style("#B22234", "#FF8C94", "h", (0, (2, 1))),
    Style("#006D77", "#5ED0DA", "p", (0, (4, 1, 1, 1))),
)


def style_of(name):
    """The style of a rule by name; a learner's own rule keeps one of three others."""
    return STYLES.get(name) or _OTHERS[zlib.crc32(name.encode()) % len(_OTHERS)]


FAMILY = tuple(  # members of one family of curves, such as one rule with several β
    {"color": color, "linestyle": dash}
    for color, dash in zip(
        ("#000000", "#0072B2", "#D55E00", "#008F68"), ("-", "--", "-.", (0, (1, 1))), strict=True
    )
)

FIGURE = {  # matplotlib settings for every figure of the course
    "figure.figsize": (7.0, 4.2),
    "figure.dpi": 100,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.alpha": 0.3,
    "lines.linewidth": 1.8,
    "font.size": 11,
    "legend.frameon": False,
}
