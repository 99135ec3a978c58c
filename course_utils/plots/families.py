"""Several curves in one picture: each with a name, or the steps that factors make necessary."""

import numpy as np

from ..style import ramp
from .curves import band, family
from .figure import axes, log_axis, look, styled


@styled
def named(x, curves, ax=None, **settings):
    """Several curves over the same x, each with its name at its end and a look of its own.

    Parameters
    ----------
    x : array ``(m,)``
    curves : dict name -> array ``(m,)`` or ``(m, runs)``
        Of runs the median and their middle half.
    settings
        Go to Axes.set.

    Returns
    -------
    Axes
    """
    ax = axes() if ax is None else ax
    for name, values in curves.items():
        band(ax, x, np.asarray(values, float), look(ax, name))
    ax.set(**settings)
    ax.margins(x=0)
    return ax


@styled
def steps_per_tenfold(x, factors, labels, flat=None, ax=None, **settings):
    """Steps until what is left has shrunk tenfold, from the factor by which one step shrinks it.

    That is ``log(0.1) / log(factor)``; a factor of 1 or more never gets there and leaves a gap.

    Parameters
    ----------
    x : array ``(m,)``
    factors : array ``(m, n)``
    labels : list of n str
    flat : list of n pairs (low, high), optional
        The part of x where each curve is flat, to be shaded.

    Returns
    -------
    Axes
    """
    factors = np.asarray(factors, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = np.where(factors < 1, np.log(0.1) / np.log(factors), np.nan)
    settings = {"ylabel": "steps for each tenfold shrink", "xscale": "log"} | settings
    ax = family(x, steps, labels, ax=ax, **settings)
    for curve, color, part in zip(steps.T, ramp(len(labels)), flat or [], strict=False):
        inside = (np.asarray(x) >= part[0]) & (np.asarray(x) <= part[1])
        ax.fill_between(x, curve, where=inside, color=color, alpha=0.07, lw=0)
        ax.plot(np.asarray(x)[inside], curve[inside], color=color, lw=4.5)
    log_axis(ax.yaxis)
    if ax.get_xscale() == "log":
        log_axis(ax.xaxis)
    return ax
