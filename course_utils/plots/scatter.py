"""Two numbers of each run as a point."""

import numpy as np

from ..colors import to_rgb
from ..style import ramp, style_of
from .figure import axes, styled
from .labels import MapLabels

_MARKERS = "oDs^v"


@styled
def scatter(xs, ys, labels, ax=None, hues=None, **settings):
    """Runs as points, such as their sharpness and accuracy, for several values of a parameter.

    Parameters
    ----------
    xs, ys : list of n arrays
        For each value of the parameter the two numbers of each run.
    labels : list of n str
        In the order of the parameter: later ones are darker. Each stands above its runs.
    hues : list of n str, optional
        Names of rules whose colors tell them apart, where they are no values of a parameter.
    settings
        Go to Axes.set: xlabel, ylabel, xscale …

    Returns
    -------
    Axes
    """
    ax = axes() if ax is None else ax
    if not len(xs) == len(ys) == len(labels) <= len(_MARKERS):
        raise ValueError(
            f"scatter takes as many xs as ys and labels, at most {len(_MARKERS)}; "
            f"got {len(xs)}, {len(ys)} and {len(labels)}."
        )
    ax.set(**settings)
    names = MapLabels.on(ax)
    colors = [style_of(name).color for name in hues] if hues else ramp(len(labels))
    looks = zip(labels, colors, _MARKERS, strict=False)
    for x, y, (label, color, marker) in zip(xs, ys, looks, strict=True):
        ax.plot(x, y, marker, ms=7.5, mec=color, mfc=(*to_rgb(color), 0.25), mew=1.5, label=label)
        for point in zip(x, y, strict=True):
            names.avoid(point)
        names.add((np.median(x), np.max(y)), label, color)
    return ax
