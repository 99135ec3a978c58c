"""Quantities over steps: medians with their middle half, families, copies that part."""

import textwrap

import numpy as np

from ..scores import quartiles
from ..style import DASHES, LIGHT, PAPER, ramp
from .blowup import LIMIT, tell
from .figure import as_large, axes, log_axis, look, styled
from .labels import CurveLabels, EndLabels

_MARKS = 8  # on a curve, at most half as many again


@styled
def curves(*trajectories, what="loss", labels=None, ax=None):
    """A quantity over steps: the median over runs, and a band between the quartiles.

    A run that blew up is drawn as far as it fits and told in words above the plot.

    Parameters
    ----------
    *trajectories : Trajectory
    what : str
        "loss", "grad_norm", "lr" or the name of a metric.
    labels : list of str, optional
        One for each trajectory, by default the names of the rules.

    Returns
    -------
    Axes
    """
    ax = axes() if ax is None else ax
    for trajectory, label in zip(trajectories, labels or [None] * len(trajectories), strict=True):
        style = look(ax, trajectory.name, label)
        steps, values = _rows(trajectory, what)
        sentence = tell(trajectory, style.label)
        if sentence:
            say(ax, sentence, style.color)
            if what != "lr":
                values = _as_far_as_it_fits(values)
        band(ax, steps, values, style)
    ax.set(xlabel="step", ylabel=what.replace("_", " "))
    ax.margins(x=0)
    if what in ("loss", "grad_norm") and _positive(ax):
        log_axis(ax.yaxis)
    return ax


@styled
def family(x, curves, labels, ax=None, **settings):
    """Several curves over the same x for several values of a parameter, in shades of one hue.

    Parameters
    ----------
    x : array ``(m,)``
    curves : array ``(m, n)``
    labels : list of n str
        In the order of the parameter: later ones are darker and stronger.
    settings
        Go to Axes.set: xlabel, ylabel, title, xscale …

    Returns
    -------
    Axes
    """
    ax = axes() if ax is None else ax
    curves = np.asarray(curves, float)
    if curves.ndim != 2 or curves.shape != (len(x), len(labels)):
        raise ValueError(
            f"family takes curves of shape (len(x), len(labels)) = ({len(x)}, {len(labels)}); "
            f"got {curves.shape}."
        )
    ax.set(**settings)
    n, names = len(labels), CurveLabels.on(ax)
    dashes = DASHES[n - 1 :: -1] if n <= len(DASHES) else n * ["-"]
    for curve, label, color, dash, width in zip(
        curves.T, labels, ramp(n), dashes, np.linspace(1.5, 2.4, n), strict=True
    ):
        ax.plot(x, curve, color=color, label=label, ls=dash, lw=width)
        names.add_curve(x, curve, label, color)
    ax.margins(x=0)
    return ax


@styled
def fan(x, copies, name="copies", label=None, ax=None, **settings):
    """Many thin lines that may part: one for each run, in one color.

    Parameters
    ----------
    x : array ``(m,)``
    copies : array ``(m, runs)``
    name : str
        A rule, or any name.

    Returns
    -------
    Axes
    """
    ax = axes() if ax is None else ax
    copies = np.asarray(copies, float)
    style = look(ax, name, label)
    alpha = float(np.clip(10 / copies.shape[1], 0.12, 0.7))
    ax.plot(x, copies, color=style.color, lw=1.0, alpha=alpha)
    ax.set(**settings)
    ax.margins(x=0)
    label_end(ax, x, np.nanmedian(copies, axis=1), style.label, style.color)
    return ax


def band(ax, x, values, style):
    """The median of values ``(m,)`` or ``(m, *runs)`` over x, its middle half, and its name."""
    quarters = quartiles(np.reshape(values, (len(values), -1)))
    low, middle, high = np.where(np.isfinite(quarters), quarters, np.nan)
    if np.ndim(values) > 1:
        ax.fill_between(x, low, high, color=style.color, alpha=0.16, lw=0)
    every = max(1, round(len(x) / _MARKS))
    marks = {"marker": style.marker, "ms": as_large(style.marker, 6), "mec": PAPER, "mew": 0.7}
    marks["markevery"] = (every // 2, every)
    ax.plot(x, middle, label=style.label, **marks, **style.line())
    label_end(ax, x, middle, style.label, style.color)


def label_end(ax, x, curve, label, color):
    """Write the curve's name at the last of its points that there is."""
    there = np.flatnonzero(np.isfinite(curve))
    if len(there):
        EndLabels.on(ax).add((np.asarray(x)[there[-1]], curve[there[-1]]), label, color)


def say(ax, sentence, color=LIGHT.ink):
    """Words above the plot, as wide as it is, over those that are there."""
    said = [text for text in ax.texts if text.get_gid() == "said"]
    lines = sum(text.get_text().count("\n") + 1 for text in said)
    words = textwrap.fill(sentence, int(ax.get_window_extent().width / 7))
    ax.annotate(
        words, (0, 1), xytext=(0, 5 + 12 * lines), xycoords="axes fraction", gid="said",
        textcoords="offset points", color=color, fontsize=9.5, fontweight="bold",
    )  # fmt: skip


def _as_far_as_it_fits(values):
    """The values up to the first that is far above where the run began."""
    first = np.maximum(values[:1], 1e-300)
    with np.errstate(invalid="ignore"):
        beyond = ~(values <= 1e3 * first)
    gone = np.logical_or.accumulate(beyond & np.logical_and.accumulate(beyond[::-1])[::-1])
    return np.where(gone, np.nan, np.minimum(values, LIMIT * first))


def _rows(trajectory, what):
    if what in trajectory.metrics:
        return trajectory.t, trajectory.metrics[what]
    if what not in ("loss", "grad_norm", "lr"):
        known = ", ".join(["loss", "grad_norm", "lr", *trajectory.metrics])
        raise ValueError(f"curves can draw {known}; got {what!r}.")
    values = getattr(trajectory, what)
    return trajectory.t[-1] - len(values) + 1 + np.arange(len(values)), values


def _positive(ax):
    values = np.concatenate([line.get_ydata() for line in ax.get_lines()])
    return (values[np.isfinite(values)] > 0).all()
