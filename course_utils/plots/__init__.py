"""Pictures: data in, Axes out. ``show`` puts a figure on the page together with its words."""

from .bars import bars, histogram
from .boundary import boundary, strip
from .curves import curves, family, fan
from .diagram import network
from .dots import dots
from .families import named, steps_per_tenfold
from .figure import axes
from .forest import forest
from .grids import heatmap, shares, sweep, wins
from .ground import contour, fit
from .page import picture, show
from .paths import arrow, cloud, path
from .relief import surface3d
from .scatter import scatter

__all__ = [
    "arrow",
    "axes",
    "bars",
    "boundary",
    "cloud",
    "contour",
    "curves",
    "dots",
    "family",
    "fan",
    "fit",
    "forest",
    "heatmap",
    "histogram",
    "named",
    "network",
    "path",
    "picture",
    "scatter",
    "shares",
    "show",
    "steps_per_tenfold",
    "strip",
    "surface3d",
    "sweep",
    "wins",
]
