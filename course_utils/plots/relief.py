"""A surface as a relief, seen from the side."""

import numpy as np
from matplotlib.colors import ListedColormap

from ..colors import mix
from ..style import LIGHT
from .figure import PX, axes, look, styled
from .ground import Bands


@styled
def surface3d(surface, *trajectories, window=None, turn=-60, tilt=38, ax=None):
    """A surface as a relief, its height on a log scale, with paths on it and stars at the minima.

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
    x, y = np.linspace(left, right, 140), np.linspace(bottom, top, 140)
    bands = Bands(surface, x, y)
    colors = ListedColormap(mix(LIGHT.ground, np.linspace(0, 1, len(bands.edges) - 1)))
    ax.plot_surface(*np.meshgrid(x, y), bands.z, cmap=colors, rcount=70, ccount=70, lw=0.25,
                    edgecolor=(0.24, 0.35, 0.45, 0.25), zorder=1)  # fmt: skip
    for trajectory in trajectories:
        style = look(ax, trajectory.name)
        way = trajectory.w
        inside = ((way >= [left, bottom]) & (way <= [right, top])).all(axis=-1)
        height = np.where(inside, bands.at(way[:, 0], way[:, 1]), np.nan) + 0.15
        ax.plot(
            way[:, 0], way[:, 1], height, color=LIGHT.casing[:7], lw=5.4 * PX, alpha=0.7, zorder=5
        )
        ax.plot(way[:, 0], way[:, 1], height, color=style.color, lw=2.2 * PX, zorder=6)
        last = np.flatnonzero(inside)[-1]
        ax.plot(*way[last], height[last], style.marker, color=style.color, ms=7, zorder=7)
        ax.text(*way[last], height[last] + 0.7, style.label, color=style.color, fontweight="bold",
                zorder=9)  # fmt: skip
    for minimum in surface.minima:
        ax.plot(*minimum, bands.floor, "*", color=LIGHT.star, ms=13, mec=LIGHT.casing, zorder=8)
    ax.view_init(tilt, turn)
    ax.set(xlabel="$w_0$", ylabel="$w_1$", xlim=(left, right), ylim=(bottom, top))
    ax.set_zticks([])
    ax.set_title(surface.name)
    for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
        axis.set_pane_color((0, 0, 0, 0))
        axis.line.set_color(LIGHT.hair)
    ax.grid(visible=False)
    return ax
