"""Pictures: data in, Axes out. ``show`` puts a figure on the page together with its words."""

import base64
import html
import io
from itertools import cycle

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from PIL import Image

from .scores import quartiles
from .style import FAMILY, FIGURE, style_of


def axes(**settings):
    """A new figure in the course's style; returns its Axes."""
    with plt.rc_context(FIGURE):
        return plt.subplots(layout="constrained", **settings)[1]


def contour(surface, levels=24, equal=False, ax=None):
    """Lines of equal height of a Surface, closer where it is steep; stars mark the minima.

    ``equal`` draws both axes to one scale, so that a ravine looks like one.
    """
    (left, right), (bottom, top) = surface.window
    if ax is None:
        size = (7.0, 1.2 + 6.0 * (top - bottom) / (right - left)) if equal else None
        ax = axes(figsize=size)
    if equal:
        ax.set_aspect("equal")
    x, y = np.meshgrid(np.linspace(left, right, 300), np.linspace(bottom, top, 300))
    height = surface.f(x, y)
    # Even steps of log(1 + height) show the floor of a valley as well as its walls.
    depth = np.log1p(height - height.min())
    ax.contour(x, y, depth, levels=levels, colors="#999999", linewidths=0.7)
    if len(surface.minima):
        ax.plot(*surface.minima.T, "*", color="black", markersize=13, label="minimum")
    ax.set(
        title=surface.name, xlabel="$w_0$", ylabel="$w_1$", xlim=(left, right), ylim=(bottom, top)
    )
    ax.grid(visible=False)
    return ax


def path(trajectory, label=None, every=None, ax=None, **line):
    """The way of one run over a plane: w of shape ``(T+1, 2)``, with a marker now and then."""
    if trajectory.w is None or trajectory.w.shape[1:] != (2,):
        raise ValueError(
            "path draws one run of a point with two numbers, kept with keep_path=True."
        )
    ax = axes() if ax is None else ax
    style = style_of(trajectory.name)
    every = max(1, len(trajectory.w) // 10) if every is None else every
    look = style.line() | {"marker": style.marker, "markevery": every, "markersize": 5} | line
    ax.plot(*trajectory.w.T, label=label or trajectory.name, **look)
    return ax


def arrow(start, end, name, label=None, ax=None):
    """One step of a rule over a plane, from ``start`` to ``end``, in the rule's style."""
    ax = axes() if ax is None else ax
    style = style_of(name)
    points = np.array([start, end])
    ax.plot(*points.T, label=label or name, marker=style.marker, markevery=[1], **style.line())
    return ax


def curves(*trajectories, what="loss", labels=None, ax=None):
    """A quantity over steps, median over runs with a band between the quartiles.

    ``what`` is "loss", "grad_norm", "lr" or the name of a metric.
    """
    ax = axes() if ax is None else ax
    for trajectory, label in zip(trajectories, labels or [None] * len(trajectories), strict=True):
        steps, values = _rows(trajectory, what)
        style = style_of(trajectory.name)
        low, mid, high = _band(values)
        ax.plot(steps, mid, label=label or trajectory.name, **style.line())
        if values.ndim > 1:
            ax.fill_between(steps, low, high, color=style.color, alpha=0.15, linewidth=0)
    ax.set(xlabel="step", ylabel=what.replace("_", " "))
    if what in ("loss", "grad_norm") and _positive(ax):
        ax.set_yscale("log")
    ax.legend()
    return ax


def sweep(lrs, scores, name=None, ylabel="score", label=None, ax=None):
    """Scores over learning rates: ``scores`` has shape ``(len(lrs),)`` or ``(len(lrs), seeds)``."""
    ax = axes() if ax is None else ax
    scores = np.asarray(scores, float)
    if len(scores) != len(lrs):
        raise ValueError(f"sweep got {len(lrs)} learning rates but {len(scores)} rows of scores.")
    style = style_of(name or "sweep")
    low, mid, high = _band(scores)
    ax.plot(lrs, mid, marker=style.marker, markersize=4, label=label or name, **style.line())
    if scores.ndim > 1:
        ax.fill_between(lrs, low, high, color=style.color, alpha=0.15, linewidth=0)
    ax.set(xlabel="learning rate $\\eta$", ylabel=ylabel, xscale="log")
    return ax


def family(x, curves, labels, ax=None, **settings):
    """Several curves over the same x, told apart by color and dash; ``curves`` is ``(len(x), n)``.

    ``settings`` go to Axes.set: xlabel, ylabel, title, xscale …
    """
    ax = axes() if ax is None else ax
    for curve, label, look in zip(np.asarray(curves).T, labels, cycle(FAMILY), strict=False):
        ax.plot(x, curve, label=label, **look)
    ax.set(**settings)
    ax.legend()
    return ax


def boundary(net, w, X, y, ax=None):
    """Where a network of two inputs changes its mind, over the points it learned from."""
    ax = axes(figsize=(5, 4.6)) if ax is None else ax
    low, high = X.min(axis=0) - 0.3, X.max(axis=0) + 0.3
    x0, x1 = np.meshgrid(*np.linspace(low, high, 150).T)
    z = net.logits(w, np.stack([x0.ravel(), x1.ravel()], axis=-1)).reshape(x0.shape)
    ax.contourf(x0, x1, z >= 0, levels=[-0.5, 0.5, 1.5], colors=["white", "#CFE3F1"])
    if z.min() < 0 < z.max():
        ax.contour(x0, x1, z, levels=[0.0], colors="black", linewidths=1.2)
    for value, marker in ((0, "o"), (1, "^")):
        face = "white" if value == 0 else style_of("momentum").color
        ax.plot(*X[y == value].T, marker, mfc=face, mec="black", ms=5, label=f"y = {value}")
    ax.set(xlabel="$x_0$", ylabel="$x_1$")
    ax.legend(loc="upper right")
    return ax


# JupyterLab shows this first line, and no more, of an output that is folded.
FIRST_LINE = "<!-- Decide first, then run this cell. -->"


def show(figure, alt):
    """Show a figure (or Axes) with words for those who don't see it, then close it.

    ``alt`` says what there is to see.
    """
    display(picture(figure, alt), raw=True)


def picture(figure, alt):
    """The same as data: HTML with the words, PNG for viewers that show no HTML, and the words."""
    if not alt or not alt.strip():
        raise ValueError("alt must say in words what the figure shows.")
    figure = getattr(figure, "figure", figure)
    png = base64.b64encode(_png(figure)).decode()
    plt.close(figure)
    image = f'<img src="data:image/png;base64,{png}" alt="{html.escape(alt)}">'
    return {"text/html": f"{FIRST_LINE}\n{image}", "image/png": png, "text/plain": alt}


def _png(figure):
    """The figure as a PNG with a palette, a third of the size: a notebook stores it twice."""
    full, small = io.BytesIO(), io.BytesIO()
    figure.savefig(full, format="png")
    Image.open(full).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(
        small, "PNG", optimize=True
    )
    return small.getvalue()


def _band(values):
    band = quartiles(values.reshape(len(values), -1))
    return np.where(np.isfinite(band), band, np.nan)


def _rows(trajectory, what):
    if what in trajectory.metrics:
        return trajectory.t, trajectory.metrics[what]
    if what not in ("loss", "grad_norm", "lr"):
        known = ", ".join(["loss", "grad_norm", "lr", *trajectory.metrics])
        raise ValueError(f"curves can draw {known}; got {what!r}.")
    values = getattr(trajectory, what)
    return trajectory.t[-1] - len(values) + 1 + np.arange(len(values)), values


def _positive(ax):
    return all((line.get_ydata() > 0).all() for line in ax.get_lines())
