"""A surface as a block cut out of the ground, seen from the side."""

import numpy as np
from matplotlib.colors import ListedColormap

from ..colors import mix
from ..style import LIGHT
from .figure import PX, axes, look, styled

_TALL = 0.35  # height of the block to its sides


@styled
def surface3d(surface, *trajectories, window=None, turn=-118, tilt=42, ax=None):
    """A surface as a block cut out of the ground, with paths on it and stars at the minima.

    Its height is drawn as it is where the ground is low, so that a bowl looks like one, and its
    ratios where it is high: asinh(height / median).

    Parameters
    ----------
    surface : Surface
    *trajectories : Trajectory
        Of one run each.
    turn, tilt : float
        Degrees around and above.

    Returns
    -------
    Axes
    """
    if ax is None:
        ax = axes(figsize=(6.4, 4.8), subplot_kw={"projection": "3d", "computed_zorder": False})
    (left, right), (bottom, top) = window or surface.window
    x, y = np.meshgrid(np.linspace(left, right, 71), np.linspace(bottom, top, 71))
    heights = surface.f(x, y)
    lowest = min([heights.min(), *(surface.f(*minimum) for minimum in surface.minima)])
    usual = np.median(heights - lowest)

    def level(x, y):
        return np.arcsinh((surface.f(x, y) - lowest) / usual)

    z = level(x, y)
    colors = ListedColormap(mix(LIGHT.ground, np.linspace(0, 1, 32)))
    ax.plot_surface(x, y, z, cmap=colors, rcount=36, ccount=36, lw=0.25,
                    edgecolor=(0.24, 0.35, 0.45, 0.25), zorder=1)  # fmt: skip
    _cut(ax, x, y, z, turn)
    for trajectory in trajectories:
        style = look(ax, trajectory.name)
        way = trajectory.w
        inside = ((way >= [left, bottom]) & (way <= [right, top])).all(axis=-1)
        height = np.where(inside, level(way[:, 0], way[:, 1]), np.nan)
        line = (way[:, 0], way[:, 1], height)
        ax.plot(*line, color=LIGHT.casing[:7], lw=5.4 * PX, alpha=0.7, zorder=5)
        ax.plot(*line, color=style.color, lw=2.2 * PX, zorder=6)
        last = np.flatnonzero(inside)[-1]
        ax.plot(*way[last], height[last], style.marker, color=style.color, ms=7, zorder=7)
        ax.text(*way[last], height[last] + 0.08 * z.max(), style.label, color=style.color,
                fontweight="bold", zorder=9)  # fmt: skip
    for minimum in surface.minima:
        ax.plot(*minimum, 0, "*", color=LIGHT.star, ms=13, mec=LIGHT.casing, zorder=8)
    ax.set(xlim=(left, right), ylim=(bottom, top), zlim=(0, z.max()), proj_type="ortho")
    ax.set_box_aspect((1, 1, _TALL), zoom=1.12)
    ax.view_init(tilt, turn)
    ax.set_axis_off()
    ax.set_title(surface.name)
    return ax


def _cut(ax, x, y, z, turn):
    """The two sides of the block that are seen, each with the name of its axis at its foot."""
    eye = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    for axis, name in ((0, "$w_1$"), (1, "$w_0$")):  # a side of constant w0, and one of constant w1
        end = -1 if eye[axis] > 0 else 0
        at = (slice(None), end) if axis == 0 else (end, slice(None))
        rim, foot = np.stack([x[at], y[at], z[at]]), np.stack([x[at], y[at], 0 * z[at]])
        color = LIGHT.hair if axis else LIGHT.soft
        ax.plot_surface(*np.stack([rim, foot], axis=1), color=color, shade=False, zorder=3)
        around = np.concatenate([rim, foot[:, ::-1], rim[:, :1]], axis=1)
        ax.plot(*around, color=LIGHT.muted, lw=0.8, zorder=4)
        away = 0.09 * eye[axis] / abs(eye[axis]) * np.ptp((x, y)[axis])
        place = foot.mean(axis=1) + np.eye(3)[axis] * away
        ax.text(*place, name, color=LIGHT.muted, ha="center", va="top", zorder=9)
