"""The look of the course's widgets, sent to the browser as one constant, ``LOOK``.

Colors of the ground are OKLCH triples (lightness, chroma, hue), mixed in OKLab, so that bands
are evenly apart.
"""

import math

from ..style import STYLES, style_of

THEMES = {
    "light": {
        "page": "#ffffff", "ink": "#1d2329", "muted": "#5b6670", "hair": "#d9dee3",
        "soft": "#f3f5f7", "accent": "#0b5a8a", "casing": "#ffffffe6", "star": "#1d2329",
        "downhill": "#46525c",
        "ground": [[0.872, 0.058, 232], [0.935, 0.028, 225], [0.982, 0.010, 90]],
        "line": [60, 90, 115, 0.16],
        "heat": [[0.33, 0.085, 250], [0.55, 0.095, 225], [0.78, 0.070, 200], [0.935, 0.025, 180]],
        "empty": "#eceff2", "hatch": "#d3d9df",
    },
    "dark": {
        "page": "#14181c", "ink": "#e9edf1", "muted": "#9aa5af", "hair": "#333b43",
        "soft": "#1d2329", "accent": "#7cc4f2", "casing": "#0c1014d2", "star": "#ffd75e",
        "downhill": "#c9d2da",
        "ground": [[0.420, 0.070, 236], [0.310, 0.042, 243], [0.215, 0.014, 252]],
        "line": [190, 220, 240, 0.15],
        "heat": [[0.93, 0.075, 175], [0.76, 0.095, 205], [0.53, 0.090, 235], [0.30, 0.040, 250]],
        "empty": "#1f252b", "hatch": "#39424b",
    },
}  # fmt: skip


def _spikes(corners, inner, turn=0):
    """A polygon with corners at distance 1 and others between them at distance ``inner``."""
    angles = [(k + turn / 2) * math.pi / corners - math.pi / 2 for k in range(2 * corners)]
    radii = [1, inner] * corners
    return [
        [round(r * math.cos(a), 3), round(r * math.sin(a), 3)]
        for r, a in zip(radii, angles, strict=True)
    ]


def _cross(turn, arm=1.1, half=0.42):
    """A plus sign, turned by an angle."""
    quarters = [(-half, -arm), (half, -arm), (half, -half)]
    for _ in range(3):
        quarters += [(-y, x) for x, y in quarters[-3:]]
    cos, sin = math.cos(turn), math.sin(turn)
    return [[round(x * cos - y * sin, 3), round(x * sin + y * cos, 3)] for x, y in quarters]


MARKERS = {  # outlines of size 1 for matplotlib's names
    "o": _spikes(16, 0.98), "s": _spikes(4, 0.71, 2), "^": _spikes(3, 0.5), "v": _spikes(3, 0.5, 2),
    "D": _spikes(4, 0.71), "P": _cross(0), "X": _cross(math.pi / 4), "*": _spikes(5, 0.44),
    "h": _spikes(6, 0.87), "p": _spikes(5, 0.81),
}  # fmt: skip


def look_of(name):
    """How a rule is drawn in the browser: its color on light and on dark, and its marker."""
    style = style_of(name)
    return {"light": style.color, "dark": style.dark, "marker": MARKERS[style.marker]}


LOOK = {
    "themes": THEMES,
    "rules": {name: look_of(name) for name in STYLES},
    "star": MARKERS["*"],
}
