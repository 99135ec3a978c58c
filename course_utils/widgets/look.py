"""The look of the course's widgets, sent to the browser as one constant, ``LOOK``.

Colors of the ground are OKLCH triples (lightness, chroma, hue), mixed in OKLab, so that bands
are evenly apart.
"""

import math
from dataclasses import asdict

from ..style import DARK, LIGHT, STYLES

THEMES = {"light": asdict(LIGHT), "dark": asdict(DARK)}


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
    "h": _spikes(6, 0.87), "H": _spikes(6, 0.87, 1), "p": _spikes(5, 0.81),
    "d": [[0.65 * x, y] for x, y in _spikes(4, 0.71)],
    "<": _spikes(3, 0.5, 3), ">": _spikes(3, 0.5, 1),
}  # fmt: skip


def look_of(style):
    """How a rule is drawn in the browser: its color on light and on dark, and its marker."""
    return {"light": style.color, "dark": style.dark, "marker": MARKERS[style.marker]}


LOOK = {
    "themes": THEMES,
    "rules": {name: look_of(style) for name, style in STYLES.items()},
    "star": MARKERS["*"],
}
