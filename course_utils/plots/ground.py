"""The ground of a map: height as bands of color, in equal ratios."""

import numpy as np
from matplotlib.colors import ListedColormap

from ..colors import mix
from ..style import LIGHT
from .figure import PX, axes, halo, styled, words_for
from .labels import MapLabels

_BANDS = 14
_SHADE = 0.028  # light falls from the upper left, and never outweighs the bands


@styled
def contour(surface, equal=False, window=None, ax=None):
    """Height of a surface as bands of color, each higher than the one below by the same factor.

    Low is blue, high is paper. Lines mark the bands, stronger ones the decades; stars the minima.

    Parameters
    ----------
    surface : Surface
    equal : bool
        Draw both axes to one scale, so that a ravine looks like one.
    window : ((x low, x high), (y low, y high)), optional
        The part to draw, by default ``surface.window``; ``fit`` finds one for given paths.

    Returns
    -------
    Axes
    """
    (left, right), (bottom, top) = window or surface.window
    if ax is None:
        size = (7.0, 1.0 + 6.0 * (top - bottom) / (right - left)) if equal else (7.0, 4.2)
        ax = axes(figsize=size)
    x, y = np.linspace(left, right, 361), np.linspace(bottom, top, 241)
    bands = Bands(surface, x, y)
    ax.set(xlim=(left, right), ylim=(bottom, top), xlabel="$w_0$", ylabel="$w_1$")
    ax.set_title(surface.name)
    ax.set_aspect("equal" if equal else "auto")
    ax.grid(visible=False)
    ax.spines[:].set(visible=False)
    ax.tick_params(length=0)
    _fill(ax, x, y, bands)
    _lines(ax, x, y, bands)
    if len(surface.minima) and bands.lowest == 0:
        _name_decades(ax, surface, bands)
    for minimum in surface.minima:
        star(ax, minimum)
    return ax


def star(ax, place):
    """A minimum: a star above everything else."""
    mark = {"marker": "*", "markersize": 14, "color": LIGHT.star, "mew": 0}
    MapLabels.on(ax).avoid(place)
    ax.plot(*place, **mark, zorder=10, path_effects=halo(), clip_on=False, label="minimum")


def fit(surface, *trajectories, margin=0.08):
    """The window that shows the start, the minima and the paths, for ``contour(window=…)``.

    Points farther out than the start and minima by more than their own spread are left outside.
    """
    marks = np.concatenate([surface.minima, *[t.w[:1].reshape(-1, 2) for t in trajectories]])
    points = np.concatenate([t.w.reshape(-1, 2) for t in trajectories])
    low, high = marks.min(axis=0), marks.max(axis=0)
    reach = np.maximum(high - low, 0.75 * (high - low).max())
    near = np.isfinite(points) & (points >= low - reach) & (points <= high + reach)
    points = np.concatenate([points[near.all(axis=-1)], marks])
    low, high = points.min(axis=0), points.max(axis=0)
    edge = margin * np.maximum(high - low, 0.3 * (high - low).max())
    return tuple(zip((low - edge).tolist(), (high + edge).tolist(), strict=True))


class Bands:
    """Height on a grid as a number of bands: equal ratios of height are equal steps.

    The lowest 1 % of the ground is one floor.
    """

    def __init__(self, surface, x, y):
        self.f = surface.f
        height = surface.f(*np.meshgrid(x, y))
        minima = [surface.f(*minimum) for minimum in surface.minima]
        self.lowest = min([height.min(), *minima])
        height = height - self.lowest
        floor, top = np.log10(np.quantile(height, 0.01)), np.log10(height.max())
        self.per = max(1, round(_BANDS / (top - floor)))  # bands in a decade
        self.floor = np.floor(self.per * floor)
        self.edges = np.arange(self.floor, np.ceil(self.per * top) + 1)
        self.z = self._banded(height)

    def at(self, x, y):
        """Bands at any place, ``(…)``."""
        return self._banded(self.f(x, y) - self.lowest)

    def _banded(self, height):
        lowest = 10.0 ** ((self.floor + 0.5) / self.per)
        return self.per * np.log10(np.maximum(height, lowest))


def _fill(ax, x, y, bands):
    colors = ListedColormap(mix(LIGHT.ground, np.linspace(0, 1, len(bands.edges) - 1)))
    ax.contourf(x, y, bands.z, levels=bands.edges, cmap=colors, zorder=0, antialiased=False)
    slope_y, slope_x = np.gradient(bands.z)
    light = np.clip((slope_x - slope_y) * len(x) / len(bands.edges) / 3, -1, 1)
    shade = np.where(light > 0, 1.0, 0.0)[..., None] * np.ones(3)
    image = np.concatenate([shade, _SHADE * np.abs(light)[..., None]], axis=-1)
    box = (x[0], x[-1], y[0], y[-1])
    ax.imshow(image, extent=box, origin="lower", aspect=ax.get_aspect(), zorder=0.5)


def _lines(ax, x, y, bands):
    *color, strength = LIGHT.line
    edges = bands.edges[1:-1]
    decade = edges % bands.per == 0
    for chosen, width, alpha in ((~decade, 0.6, strength), (decade, 1.0, 1.9 * strength)):
        look = {
            "colors": [np.array(color) / 255],
            "linestyles": "solid",
            "linewidths": width * PX,
            "alpha": alpha,
            "zorder": 1,
        }
        if chosen.any():
            ax.contour(x, y, bands.z, levels=edges[chosen], **look)


def _name_decades(ax, surface, bands):
    """Write the height of a few decades straight below the first minimum, well apart."""
    bottom, top = ax.get_ylim()
    below = np.linspace(surface.minima[0], [surface.minima[0][0], bottom], 400)
    z = bands.at(*below.T)
    last = surface.minima[0][1]
    for row in np.flatnonzero(np.floor(z[1:] / bands.per) > np.floor(z[:-1] / bands.per)):
        place, decade = below[row + 1], np.floor(z[row + 1] / bands.per)
        if last - place[1] > 0.09 * (top - bottom) and place[1] - bottom > 0.06 * (top - bottom):
            ax.annotate(words_for(10.0**decade), place, ha="center", va="center", fontsize=8,
                        color=LIGHT.muted, zorder=2, path_effects=halo(2.5))  # fmt: skip
            last = place[1]
