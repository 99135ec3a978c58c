"""Paths over a map: where a rule went, one step of it, and clouds of points."""

from itertools import pairwise

import numpy as np
from matplotlib.collections import LineCollection

from ..colors import mix, to_hex, to_rgb
from ..style import LIGHT
from .blowup import blow_up
from .figure import PX, as_large, axes, halo, look, styled
from .labels import MapLabels

_FRESH, _FADING, _OLDEST = 14, 46, 0.62  # steps, steps, strength
_SIGNS = {"left": "<", "right": ">", "bottom": "v", "top": "^"}


@styled
def path(trajectory, label=None, ax=None):
    """The way of one run over a plane, the last steps strong, with its name at the head.

    Nothing is drawn outside of the window. Where a path ends outside, a chevron at the edge says
    so; where it left for the last time.

    Parameters
    ----------
    trajectory : Trajectory
        One run of a point with two numbers, kept with ``keep_path=True``.
    label : str, optional
        By default the name of the rule.

    Returns
    -------
    Axes
    """
    if trajectory.w is None or trajectory.w.shape[1:] != (2,):
        raise ValueError(
            "path draws one run of a point with two numbers, kept with keep_path=True."
        )
    points = np.where(np.isfinite(trajectory.w), trajectory.w, np.nan)
    ax = axes() if ax is None else ax
    if not ax.has_data():
        low, high = np.nanmin(points, axis=0), np.nanmax(points, axis=0)
        edge = 0.1 * np.maximum(high - low, 1e-12)
        ax.set(
            xlim=(low[0] - edge[0], high[0] + edge[0]), ylim=(low[1] - edge[1], high[1] + edge[1])
        )
    style, labels = look(ax, trajectory.name, label), MapLabels.on(ax)
    inside = _inside(ax, points)
    seen = inside[:-1] | inside[1:]  # a piece with both ends outside is not drawn
    _draw(ax, points, seen, style)
    mark_start(ax, points[0])
    for piece in _pieces(points, inside):
        labels.avoid_trail(piece)
    if inside[-1]:
        size = as_large(style.marker, 8.2)
        ax.plot(*points[-1], style.marker, color=style.color, ms=size, mew=0, zorder=9,
                path_effects=halo(3))  # fmt: skip
        labels.add(points[-1], style.label, style.color)
    else:
        _mark_exit(ax, points, inside, style, labels, blow_up(trajectory.loss))
    return ax


@styled
def mark_start(ax, start):
    """A ring with the word "start", once for paths that begin at one point."""
    marks = [line for line in ax.get_lines() if line.get_label() == "start"]
    if any(np.allclose(line.get_xydata()[0], start) for line in marks):
        return
    for color, width in ((LIGHT.casing, 4.5), (LIGHT.ink, 2)):
        ax.plot(*start, "o", mfc="none", mec=color, ms=17 * PX, mew=width * PX, zorder=8.5,
                label="start", clip_on=False)  # fmt: skip
    MapLabels.on(ax).add(start, "start", LIGHT.ink)


@styled
def arrow(start, end, name, label=None, ax=None):
    """One step of a rule over a plane, from ``start`` to ``end``, in the rule's color.

    ``label=""`` leaves the name away.
    """
    ax = axes() if ax is None else ax
    style = look(ax, name, label)
    head = {"arrowstyle": "-|>,head_length=.5,head_width=.28", "shrinkA": 0, "shrinkB": 0}
    ax.annotate(
        "", end, start, zorder=8,
        arrowprops=head | {"color": style.color, "lw": 2.2, "path_effects": halo(4.5, alpha=0.7)},
    )  # fmt: skip
    ax.update_datalim([start, end])
    if label != "":
        MapLabels.on(ax).add(end, style.label, style.color)
    return ax


@styled
def cloud(points, center=None, name=None, label=None, arrows=True, ax=None):
    """Many points of a plane as a cloud, or arrows to them, and their mean as one strong arrow.

    Parameters
    ----------
    points : array ``(n, 2)``
        For example one gradient for each batch.
    center : array ``(2,)``
        Where the arrows begin, by default the origin.
    name : str, optional
        A rule, or any name: what the strong arrow is called and whose color it has.
    arrows : bool
        Draw a thin arrow to each point, not a dot.

    Returns
    -------
    Axes
    """
    ax = axes(figsize=(5.0, 4.6)) if ax is None else ax
    points = np.asarray(points, float)
    center = np.zeros(2) if center is None else np.asarray(center, float)
    style = look(ax, name or "mean", label)
    if arrows:
        rays = np.stack([np.broadcast_to(center, points.shape), points], axis=1)
        ax.add_collection(LineCollection(rays, colors=style.color, alpha=0.22, lw=0.9, zorder=4))
    ax.plot(*points.T, "o", color=style.color, ms=3.2, alpha=0.45, mew=0, zorder=5)
    arrow(center, points.mean(axis=0), name or "mean", label or style.label, ax=ax)
    ax.plot(*center, "o", ms=5, color=LIGHT.ink, zorder=9, path_effects=halo())
    ax.set_aspect("equal", adjustable="datalim")
    return ax


def _inside(ax, points):
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    low, high = np.array([left, bottom]), np.array([right, top])
    return ((points >= low) & (points <= high)).all(axis=-1)


def _pieces(points, inside):
    """The parts of the path that lie inside."""
    return [points[a:b] for a, b in _stretches(inside)]


def _draw(ax, points, seen, style):
    """Casing, then color in chunks that fade and thin with age, then beads on the last steps."""
    age = len(points) - 2 - np.arange(len(points) - 1)
    fade = np.round(6 * np.clip((age - _FRESH) / _FADING, 0, 1)) / 6
    joint = {"solid_joinstyle": "round"}
    for first, last in _stretches(seen):
        way = points[first : last + 1]
        ax.plot(*way.T, color=LIGHT.casing[:7], alpha=0.65, lw=5.4 * PX, zorder=6, **joint)
        cuts = [first, *(np.flatnonzero(np.diff(fade[first:last])) + first + 1), last]
        for a, b in pairwise(cuts):
            color = _faded(style.color, 1 - (1 - _OLDEST) * fade[a])
            width = (2.8 - 1.0 * fade[a]) * PX
            ax.plot(*points[a : b + 1].T, color=color, lw=width, zorder=6.5, **joint)
    beads = _apart(ax, points[-_FRESH - 1 : -1], 6)
    ax.plot(*beads.T, "o", color=style.color, ms=4.2 * PX, mew=0, zorder=7)


def _faded(color, strength):
    """The color as it looks on the ground at this opacity; mixed, so that joints don't show."""
    ground = mix(LIGHT.ground, 0.5)
    return to_hex(strength * to_rgb(color) + (1 - strength) * ground)


def _apart(ax, points, gap):
    """Those of the points that are at least ``gap`` pixels from the one kept before."""
    places, kept = ax.transData.transform(points), []
    for row, place in enumerate(places):
        if not kept or np.hypot(*(place - places[kept[-1]])) >= gap:
            kept.append(row)
    return points[kept]


def _mark_exit(ax, points, inside, style, labels, blown):
    """A chevron at the edge, where the path left for the last time, and the words for it."""
    last = np.flatnonzero(inside)
    if len(last) == 0:
        return
    within, beyond = points[last[-1]], points[last[-1] + 1]
    edge, sign = _crossing(ax, within, beyond)
    ax.plot(*edge, _SIGNS[sign], color=style.color, ms=8.6, mew=0, zorder=9, clip_on=False,
            path_effects=halo(3))  # fmt: skip
    told = blown or "ends outside"
    labels.add(edge, f"{style.label} {told}", style.color)


def _crossing(ax, within, beyond):
    """Where the piece from ``within`` to ``beyond`` meets the frame, and on which side."""
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    sides = {"left": (0, left), "right": (0, right), "bottom": (1, bottom), "top": (1, top)}
    move = np.where(np.isfinite(beyond), beyond, within + 1e9) - within
    shares = {
        side: (at - within[axis]) / move[axis] if move[axis] else np.inf
        for side, (axis, at) in sides.items()
    }
    ahead = {side: share for side, share in shares.items() if share > 0}
    side = min(ahead, key=ahead.get)
    return within + min(1.0, ahead[side]) * move, side


def _stretches(mask):
    """(first, last + 1) of each stretch of True."""
    return np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(int))).reshape(
        -1, 2
    )
