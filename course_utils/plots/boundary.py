"""What a network sees: the plane it divides, and images."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, ListedColormap

from ..colors import mix
from ..style import LIGHT
from .figure import axes, styled


@styled
def boundary(net, w, X, y, ax=None):
    """Which class a network of two inputs gives to each place, over the points it learned from.

    The shade tells how sure it is, the line where it is not; class 1 is blue. The playground looks
    the same.

    Parameters
    ----------
    net : MLP
    w : array ``(d,)``
    X : array ``(n, 2)``
    y : array ``(n,)`` of 0 and 1

    Returns
    -------
    Axes
    """
    ax = axes(figsize=(4.4, 4.4)) if ax is None else ax
    low, high = X.min(axis=0), X.max(axis=0)
    low, high = low - 0.08 * (high - low), high + 0.08 * (high - low)
    x0, x1 = np.linspace(low[0], high[0], 220), np.linspace(low[1], high[1], 220)
    plane = np.stack(np.meshgrid(x0, x1), axis=-1)
    z = net.logits(w, plane.reshape(-1, 2)).reshape(plane.shape[:2])
    probability = 1 / (1 + np.exp(-np.clip(z, -50, 50)))
    shades = ListedColormap(mix(LIGHT.ground[::-1], (np.arange(10) + 0.5) / 10))
    box = (low[0], high[0], low[1], high[1])
    ax.imshow(probability, extent=box, origin="lower", cmap=shades, vmin=0, vmax=1, zorder=0)
    if z.min() < 0 < z.max():
        ax.contour(x0, x1, z, levels=[0.0], colors=LIGHT.ink, linewidths=1.6, zorder=2)
    for value, marker, inside, rim in (
        (0, "o", LIGHT.page, LIGHT.muted),
        (1, "^", LIGHT.accent, LIGHT.page),
    ):
        ax.plot(*X[y == value].T, marker, color=inside, mec=rim, mew=0.9, ms=5.5, zorder=3,
                label=f"class {value}")  # fmt: skip
    ax.grid(visible=False)
    ax.set(xticks=[], yticks=[], aspect="equal")
    ax.spines[:].set_visible(False)
    return ax


@styled
def strip(images, labels=None, ax=None):
    """Small images side by side, dark on paper, with a label below each.

    Parameters
    ----------
    images : array ``(n, height, width)``
    labels : list of n, optional

    Returns
    -------
    Axes
    """
    images = np.asarray(images, float)
    count, height, width = images.shape
    ax = axes(figsize=(7.0, 0.35 + 6.8 * height / (width * count))) if ax is None else ax
    gap = 1
    row = np.full((height, count * (width + gap) - gap), np.nan)
    for place, image in enumerate(images):
        row[:, place * (width + gap) : place * (width + gap) + width] = image
    ink = LinearSegmentedColormap.from_list("ink", ["#ffffff", LIGHT.ink])
    ax.imshow(row, cmap=ink, interpolation="nearest")
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)
    ax.set_yticks([])
    centers = np.arange(count) * (width + gap) + (width - 1) / 2
    ax.set_xticks(centers, [str(label) for label in labels] if labels is not None else [""] * count)
    ax.tick_params(length=0, labelcolor=LIGHT.ink)
    return ax
