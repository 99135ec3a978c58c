"""A network as a drawing: a circle for each unit, a line for each weight between two of them."""

from itertools import pairwise

import numpy as np
from matplotlib.collections import LineCollection

from ..style import LIGHT
from .figure import axes, styled

_APART = 3.0  # one layer from the next; units are 1 apart
_PALE = "#8fb4c8"  # of the accent
_BEND = np.array([[-0.13, -0.12], [0.0, -0.12], [0.11, 0.18]])


@styled
def network(net, inputs, ax=None):
    """Layers from left to right, and over each how many weights lead into it.

    A unit has a weight for each line from the left, and one more that it adds.

    Parameters
    ----------
    net : MLP
    inputs : list of str
        What the first layer takes, from the top.

    Returns
    -------
    Axes
    """
    ax = axes(figsize=(5.2, 2.5)) if ax is None else ax
    top, last = max(net.sizes) / 2, len(net.sizes) - 1
    layers = [_places(layer, n, top) for layer, n in enumerate(net.sizes)]
    for left, right in pairwise(layers):
        lines = [(start, end) for start in left for end in right]
        ax.add_collection(LineCollection(lines, colors=_PALE, linewidths=1.1))
    for layer, units in enumerate(layers):
        fill = LIGHT.accent if layer == last else LIGHT.page
        ax.plot(*units.T, "o", ms=14, color=fill, mec=LIGHT.accent, mew=1.6, zorder=3)
        for place in units if 0 < layer < last else ():
            ax.plot(*(place + _BEND).T, color=LIGHT.muted, lw=1.4, zorder=4)
        words = _words(net.sizes, layer)
        ax.text(_APART * layer, top + 1.6, words, ha="center", va="top", linespacing=1.5)
    middle = {"ha": "center", "va": "center", "fontweight": "bold", "zorder": 5}
    for place, name in zip(layers[0], inputs, strict=True):
        ax.text(*place, name, fontsize=11, **middle)
    for place in layers[-1]:
        ax.text(*place, "±", fontsize=13, color=LIGHT.page, **middle)
    ax.set(xlim=(-1, _APART * last + 1), ylim=(-top - 0.1, top + 1.7))
    ax.set_axis_off()
    return ax


def _places(layer, n, top):
    """The units of a layer, the first at the top; few ones stand farther apart."""
    gap = min(2.0, 2 * top / n)
    return np.stack([np.full(n, _APART * layer), gap * ((n - 1) / 2 - np.arange(n))], axis=-1)


def _words(sizes, layer):
    n, kind = sizes[layer], "hidden unit"
    kind = "input" if layer == 0 else "output" if layer == len(sizes) - 1 else kind
    words = f"{n} {kind}{'s' if n > 1 else ''}"
    if layer == 0:
        return words
    before = sizes[layer - 1]
    return f"{words}\n{n} · ({before} + 1) = {n * (before + 1)} weights"
