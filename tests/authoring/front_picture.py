"""Draw the front picture: each pixel a start, its color the minimum where momentum ends.

python tests/authoring/front_picture.py
"""

import io
from itertools import islice
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.font_manager import get_font_names
from PIL import Image

from course_utils import HIMMELBLAU, iterate, momentum, run
from course_utils.colors import mix
from course_utils.style import DARK, FONTS

PICTURE = Path(__file__).parents[2] / "lessons" / "figures" / "front.png"
SIZE = 1120, 560
WINDOW = (-12.9, 7.7), (-5.05, 5.25)
LR, BETA, STEPS = 0.012, 0.9, 240
SETTINGS = {"beta": BETA}
WORDS = (
    "Each pixel is a start.\nIts color: the minimum where\nmomentum ends, light if soon."
    "\n\nThese two starts lie a hair apart.\nWhy do they part?"
)
PAIR = np.array([[0.08, 3.4], [0.18, 3.4]])  # two starts that part
HUES = 240, 55, 160, 345  # of HIMMELBLAU.minima
NEAR = 0.1  # of a minimum


def starts(width, height):
    """The centers of the pixels, row by row from the top, ``(height, width, 2)``."""
    (left, right), (bottom, top) = WINDOW
    x = left + (np.arange(width) + 0.5) / width * (right - left)
    y = top - (np.arange(height) + 0.5) / height * (top - bottom)
    return np.stack(np.meshgrid(x, y), axis=-1)


def ends(w):
    """Where momentum ends from each start, and since when it stays there.

    Returns
    -------
    which : array of int
        The row in HIMMELBLAU.minima, -1 if none.
    since : array of int
    """
    since = np.zeros(w.shape[:-1], int)
    for step in islice(iterate(HIMMELBLAU, momentum, w, LR, **SETTINGS), STEPS + 1):
        since[~(HIMMELBLAU.distance(step.w) < NEAR)] = step.t + 1
    gaps = [np.linalg.norm(step.w - minimum, axis=-1) for minimum in HIMMELBLAU.minima]
    return np.where(since <= STEPS, np.argmin(gaps, axis=0), -1), since


def colors(which, since):
    """sRGB: the hue says which minimum, light says soon; the page's own color says none."""
    late = np.clip(np.log(np.maximum(since, 22) / 22) / np.log(85 / 22), 0, 1)
    picture = np.full((*which.shape, 3), mix([(0.2, 0.012, 250)], 0.0))
    for minimum, hue in enumerate(HUES):
        stops = [(0.87, 0.07, hue), (0.68, 0.125, hue), (0.38, 0.09, hue)]
        here = which == minimum
        picture[here] = mix(stops, late[here])
    return picture


def draw(field):
    """The field with its stars and two paths, as a figure."""
    font = {"family": [name for name in FONTS if name in get_font_names()]}
    figure = plt.figure(figsize=np.array(SIZE) / 100, dpi=100)
    ax = figure.add_axes((0, 0, 1, 1))
    ax.imshow(field, extent=np.ravel(WINDOW), aspect="auto", interpolation="antialiased")
    for start in PAIR:
        way = run(HIMMELBLAU, momentum, start, LR, steps=STEPS, **SETTINGS).w
        ax.plot(*way.T, color=DARK.casing, lw=3.6)
        ax.plot(*way.T, color="#ffffff", lw=1.5)
    for color, width in ((DARK.casing, 3.6), ("#ffffff", 1.6)):
        ax.plot(*PAIR.T, "o", mfc="none", mec=color, mew=width, ms=9)
    stars = {"ms": 17, "mec": DARK.page, "mew": 1.2, "color": DARK.star}
    ax.plot(*HIMMELBLAU.minima.T, "*", **stars)
    ax.text(0.035, 0.68, "Ravine", transform=ax.transAxes, color=DARK.ink, fontsize=44,
            fontweight="bold", **font)  # fmt: skip
    ax.text(0.037, 0.6, WORDS, transform=ax.transAxes, color=DARK.ink, fontsize=11.5, va="top",
            linespacing=1.5, **font)  # fmt: skip
    ax.set(xlim=WINDOW[0], ylim=WINDOW[1])
    ax.axis("off")
    return figure


def main():
    width, height = SIZE
    rows = np.array_split(starts(2 * width, 2 * height), 20)  # four starts a pixel
    fine = np.concatenate([colors(*ends(w)) for w in rows])
    field = fine.reshape(height, 2, width, 2, 3).mean(axis=(1, 3))
    full = io.BytesIO()
    draw(field).savefig(full, format="png")
    image = Image.open(full).convert("RGB")
    small = image.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
    small.save(PICTURE, optimize=True)
    print(f"{4 * width * height:,} runs, {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
