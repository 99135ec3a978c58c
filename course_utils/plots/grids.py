"""Scores over settings: learning rates, two knobs at once, budgets."""

import numpy as np
from matplotlib.colors import ListedColormap, LogNorm

from ..colors import mix
from ..style import LIGHT, PAPER
from .curves import band
from .figure import axes, halo, log_axis, look, styled, words_for


@styled
def sweep(lrs, scores, name=None, ylabel="score", label=None, ax=None):
    """Scores over learning rates, the median over seeds and its middle half; gaps where it is inf.

    Parameters
    ----------
    lrs : array ``(n,)``
    scores : array ``(n,)`` or ``(n, seeds)``
    name : str, optional
        The rule.

    Returns
    -------
    Axes
    """
    ax = axes() if ax is None else ax
    scores = np.asarray(scores, float)
    if len(scores) != len(lrs):
        raise ValueError(f"sweep got {len(lrs)} learning rates but {len(scores)} rows of scores.")
    log_axis(ax.xaxis)
    band(ax, lrs, scores, look(ax, name or label or "sweep", label))
    ax.set(xlabel="learning rate $\\eta$", ylabel=ylabel)
    return ax


@styled
def heatmap(lrs, values, steps, diverged, ylabel="$\\beta$", most=None, ax=None):
    """Steps to the goal over two knobs: dark is soon, gray never arrives, hatched diverges.

    Parameters
    ----------
    lrs : array ``(n,)``
        Rising, in equal ratios.
    values : array ``(m,)``
        Of the other knob, rising; drawn evenly apart.
    steps : array ``(m, n)``
        Steps until the goal, inf where it is not reached.
    diverged : array of bool ``(m, n)``

    Returns
    -------
    Axes
    """
    ax = axes(figsize=(7.0, 3.8)) if ax is None else ax
    steps, diverged = np.asarray(steps, float), np.asarray(diverged, bool)
    if steps.shape != (len(values), len(lrs)) or diverged.shape != steps.shape:
        raise ValueError(
            f"heatmap takes steps and diverged of shape (len(values), len(lrs)) = "
            f"({len(values)}, {len(lrs)}); got {steps.shape} and {diverged.shape}."
        )
    x = _edges(lrs)
    y = np.arange(len(values) + 1) - 0.5
    log_axis(ax.xaxis)
    ax.set_facecolor(LIGHT.empty)
    arrived = np.where(np.isfinite(steps) & ~diverged, steps, np.nan)
    colors = ListedColormap(mix(LIGHT.heat, np.linspace(0, 1, 64)))
    fastest, slowest = np.nanmin(arrived), most or np.nanmax(arrived)
    cells = ax.pcolormesh(
        x,
        y,
        arrived,
        cmap=colors,
        norm=LogNorm(fastest, slowest),
    )
    paper = np.where(diverged, 1.0, np.nan)
    ax.pcolor(x, y, paper, cmap=ListedColormap([PAPER]), hatch="////", lw=0, ec=LIGHT.muted)
    row, column = np.unravel_index(np.nanargmin(arrived), arrived.shape)
    place = lrs[column], row
    ax.plot(*place, "o", mfc="none", mec=LIGHT.ink, ms=9, mew=1.6, path_effects=halo(3.5))
    ax.annotate(f"best: {arrived[row, column]:g} steps", place, xytext=(-9, 0), ha="right",
                va="center", textcoords="offset points", fontweight="bold", fontsize=9.5,
                path_effects=halo())  # fmt: skip
    ax.grid(visible=False)
    every = max(1, round(len(values) / 6))
    ax.set_yticks(range(0, len(values), every), [f"{value:g}" for value in values[::every]])
    ax.set(xlabel="learning rate $\\eta$", ylabel=ylabel)
    bar = _color_bar(cells, ax, "steps to the goal")
    log_axis(bar.ax.yaxis)
    bar.set_ticks(_round_steps(fastest, slowest))
    return ax


def _color_bar(cells, ax, label):
    bar = ax.figure.colorbar(cells, ax=ax, aspect=30, pad=0.02, shrink=0.9, label=label)
    bar.outline.set_visible(False)
    return bar


@styled
def shares(lrs, values, labels, label="share", ax=None, **settings):
    """Shares over learning rates, a row for each setting, and a color bar that reads them.

    Parameters
    ----------
    lrs : array ``(n,)``
        Rising, in equal ratios.
    values : array ``(m, n)``
        From 0 to 1.
    labels : list of m str
        From the top row to the bottom row.
    label : str
        Of the color bar: shares of what.

    Returns
    -------
    Axes
    """
    values = np.asarray(values, float)
    if values.shape != (len(labels), len(lrs)):
        raise ValueError(
            f"shares takes values of shape (len(labels), len(lrs)) = ({len(labels)}, {len(lrs)}); "
            f"got {values.shape}."
        )
    ax = axes(figsize=(7.0, 0.9 + 0.5 * len(labels))) if ax is None else ax
    log_axis(ax.xaxis)
    colors = ListedColormap(mix(LIGHT.heat[::-1], np.linspace(0, 1, 64)))
    rows = np.arange(len(labels) + 1) - 0.5
    cells = ax.pcolormesh(_edges(lrs), rows, values, cmap=colors, vmin=0, vmax=1)
    _color_bar(cells, ax, label)
    ax.hlines(rows[1:-1], *_edges(lrs)[[0, -1]], color=PAPER, lw=3)
    ax.grid(visible=False)
    ax.set_yticks(range(len(labels)), labels)
    ax.invert_yaxis()
    ax.set(xlabel="learning rate $\\eta$", **settings)
    return ax


@styled
def wins(budgets, shares, labels=None, ax=None, **settings):
    """How often each rule is the best one, over the budget spent on tuning.

    Parameters
    ----------
    budgets : array ``(m,)``
    shares : dict name -> array ``(m,)``
        Shares of wins, from 0 to 1.

    Returns
    -------
    Axes
    """
    ax = axes() if ax is None else ax
    log_axis(ax.xaxis)
    for name, share in shares.items():
        band(ax, budgets, np.asarray(share, float), look(ax, name, (labels or {}).get(name)))
    ax.set(ylim=(0, 1), xlabel="trials for tuning", ylabel="share of wins")
    ax.set_xticks(budgets, [words_for(budget) for budget in budgets])
    ax.yaxis.set_major_formatter(lambda value, place: f"{100 * value:.0f}%")
    ax.set(**settings)
    return ax


def _edges(lrs):
    """The borders between learning rates in equal ratios, and of the outermost two."""
    ratio = np.sqrt(lrs[1] / lrs[0])
    return np.append(np.asarray(lrs) / ratio, lrs[-1] * ratio)


def _round_steps(low, high):
    rounds = np.array([1, 2, 5])[:, None] * 10.0 ** np.arange(7)
    return sorted(n for n in rounds.ravel() if low <= n <= high)
