"""Every run as a dot: one row for each name."""

import numpy as np

from ..scores import quartiles
from ..style import LIGHT
from .figure import axes, look, styled


@styled
def dots(labels, values, colors=None, ax=None, **settings):
    """The runs of each name in a row, one dot a run, with a bar at their median.

    Parameters
    ----------
    labels : list of n str
        From the top.
    values : list of n arrays
        Runs that lie close together are set apart up and down.
    colors : list of n str, optional
        Names of rules whose colors the rows have; by default one color for all.

    Returns
    -------
    Axes
    """
    if len(labels) != len(values):
        raise ValueError(f"dots got {len(labels)} labels but {len(values)} rows of values.")
    ax = axes(figsize=(7.0, 0.7 + 0.5 * len(labels))) if ax is None else ax
    ax.set(**settings)
    names = colors or ["dots"] * len(labels)
    for row, (runs, name) in enumerate(zip(values, names, strict=True)):
        runs, color = np.sort(np.ravel(runs)), look(ax, name).color
        ax.plot(runs, row + _apart(len(runs)), "o", ms=6.5, color=color, alpha=0.5, mew=0)
        ax.plot([quartiles(runs)[1]] * 2, [row - 0.36, row + 0.36], color=color, lw=3)
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.grid(visible=False, axis="y")
    ax.tick_params(axis="y", length=0, labelcolor=LIGHT.ink)
    return ax


def _apart(count):
    """Heights around 0 that neighbors in a sorted row don't share."""
    return 0.13 * (np.arange(count) % 5 - 2)
