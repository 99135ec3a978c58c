"""What each comparison came to, one below the other."""

import numpy as np

from ..style import LIGHT, STYLES
from .figure import axes, log_axis, styled


@styled
def forest(labels, ratios, sides=("lower", "higher"), ax=None, **settings):
    """A ratio and its interval for each comparison; where the interval holds 1 it is gray.

    Parameters
    ----------
    labels : list of n str
        From the top.
    ratios : array ``(n, 3)``
        Of each the middle, the low and the high end of its interval, as ``Comparison.ratio`` gives.
    sides : (str, str)
        What it means to lie left of 1, and right of it.

    Returns
    -------
    Axes
    """
    ratios = np.asarray(ratios, float)
    if ratios.shape != (len(labels), 3):
        raise ValueError(
            f"forest takes ratios of shape (len(labels), 3) = ({len(labels)}, 3); "
            f"got {ratios.shape}."
        )
    ax = axes(figsize=(7.0, 1.1 + 0.42 * len(labels))) if ax is None else ax
    log_axis(ax.xaxis)
    for row, (middle, low, high) in enumerate(ratios):
        color = LIGHT.muted if low <= 1 <= high else STYLES["nesterov" if high < 1 else "sgd"].color
        ax.plot([low, high], [row, row], color=color, lw=4, solid_capstyle="round", alpha=0.55)
        ax.plot(middle, row, "o", color=color, ms=8)
    ax.axvline(1, color=LIGHT.ink, lw=1)
    ax.set_yticks(range(len(labels)), labels)
    ax.set(ylim=(len(labels) - 0.5, -1.0), **settings)
    for side, place, align in zip(sides, (-8, 8), ("right", "left"), strict=True):
        ax.annotate(side, (1, -0.9), (place, 0), textcoords="offset points", ha=align, va="center",
                    color=LIGHT.muted, fontweight="bold")  # fmt: skip
    ax.grid(visible=False, axis="y")
    return ax
