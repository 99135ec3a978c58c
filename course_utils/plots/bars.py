"""Bars and histograms."""

import numpy as np

from ..style import LIGHT, ramp
from .figure import axes, look, styled


@styled
def bars(heights, name="bars", labels=None, ax=None, **settings):
    """One bar for each number, such as the weights that a sum gives to its terms.

    Parameters
    ----------
    heights : array ``(n,)`` or ``(n, m)``
        For m rows of bars, the values of a parameter, in shades of one hue.
    name : str
        A rule, or any name: whose color the bars have.
    labels : list of m str, optional

    Returns
    -------
    Axes
    """
    ax = axes() if ax is None else ax
    heights = np.asarray(heights, float)
    rows = heights.reshape(len(heights), -1)
    count = rows.shape[1]
    colors = [look(ax, name).color] if count == 1 else ramp(count)
    width = 0.82 / count
    for row, color in enumerate(colors):
        places = np.arange(len(rows)) + (row - (count - 1) / 2) * width
        ax.bar(places, rows[:, row], width * 0.94, color=color, lw=0)
    for row, label in enumerate(labels or []):
        ax.annotate(
            label,
            (1, 1),
            xytext=(0, -6 - 14 * row),
            xycoords="axes fraction",
            ha="right",
            va="top",
            textcoords="offset points",
            color=colors[row],
            fontweight="bold",
        )
    ax.margins(x=0.01)
    ax.axhline(0, color=LIGHT.muted, lw=0.8)
    ax.set(**settings)
    return ax


@styled
def histogram(before, after, labels=("before", "after"), limit=None, bins=40, ax=None, **settings):
    """Two sets of values as histograms over the same bins, such as norms before and after clipping.

    Parameters
    ----------
    before, after : array
        Any shape.
    limit : float, optional
        A value to mark by a line.

    Returns
    -------
    Axes
    """
    ax = axes() if ax is None else ax
    sets = [np.ravel(before), np.ravel(after)]
    edges = np.histogram_bin_edges(np.concatenate(sets), bins)
    for values, label, color, filled in zip(sets, labels, ramp(2), (True, False), strict=True):
        form = (
            {"histtype": "stepfilled", "alpha": 0.45} if filled else {"histtype": "step", "lw": 2}
        )
        counts, _, _ = ax.hist(values, edges, color=color, label=label, **form)
        peak = np.argmax(counts)
        ax.annotate(
            label,
            ((edges[peak] + edges[peak + 1]) / 2, counts[peak]),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            color=color,
            fontweight="bold",
        )
    if limit is not None:
        ax.axvline(limit, color=LIGHT.ink, lw=1, ls=(0, (4, 3)))
    ax.set(ylabel="count", **settings)
    return ax
