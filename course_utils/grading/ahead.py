"""What cells will want, imported and used once before any of them runs: a first picture is slow."""

import io

import matplotlib.pyplot as plt

from .. import checks, plots, widgets  # noqa: F401


def draw_once():
    ax = plots.axes()
    ax.set_title("$x$")
    ax.figure.savefig(io.BytesIO(), format="png")
    plt.close("all")
