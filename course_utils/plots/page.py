"""A figure on the page: a card that turns dark with the page, and its words."""

import base64
import html
import io

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.ticker import LogFormatter
from PIL import Image

from ..style import FIRST_LINE, PAPER, foldable
from .figure import styled, write_alike, write_plainly

DARKENED = "invert(.92) hue-rotate(180deg) saturate(1.2)"  # on a dark page: dark, in the same hues
_DARK = 'body[data-jp-theme-light="false"] .ravine-picture,html[data-theme="dark"] .ravine-picture'
_STYLE = f"<style>@media screen{{{_DARK}{{filter:{DARKENED}!important}}}}</style>"
_CARD = (
    f"max-width:100%;box-sizing:border-box;padding:6px;border-radius:10px;background-color:{PAPER}"
)


def show(figure, alt, line=FIRST_LINE):
    """Show a figure (or Axes) with words for those who don't see it, then close it.

    ``alt`` says what there is to see, ``line`` what is seen of the picture where it is folded.
    """
    display(picture(figure, alt, line), raw=True)


@styled
def picture(figure, alt, line=FIRST_LINE):
    """The same as data: HTML with the words, PNG for viewers that show no HTML, and the words."""
    if not alt or not alt.strip():
        raise ValueError("alt must say in words what the figure shows.")
    figure = getattr(figure, "figure", figure)
    for axis in (axis for ax in figure.axes for axis in (ax.xaxis, ax.yaxis)):
        if isinstance(axis.get_major_formatter(), LogFormatter):  # as ax.set(yscale="log") left it
            write_plainly(axis)
    write_alike(figure)
    png = base64.b64encode(_png(figure)).decode()
    plt.close(figure)
    words = html.escape(alt)
    look = f'class="ravine-picture" style="{_CARD}"'
    image = f'<img src="data:image/png;base64,{png}" alt="{words}" {look}>'
    return {
        "text/html": foldable(image + _STYLE, html.escape(line)),
        "image/png": png,
        "text/plain": alt,
    }


def _png(figure):
    """The figure as a PNG with a palette, a third of the size: a notebook stores it twice."""
    full, small = io.BytesIO(), io.BytesIO()
    figure.savefig(full, format="png")
    image = Image.open(full).convert("RGB")
    image.quantize(palette=_palette(image), dither=Image.Dither.NONE).save(
        small, "PNG", optimize=True
    )
    return small.getvalue()


def _palette(image):
    """256 colors in which thin lines keep theirs: vivid pixels weigh 20 times as much."""
    pixels = np.asarray(image).reshape(-1, 3)
    spread = np.ptp(pixels.astype(int), axis=1)
    vivid = pixels[(spread > 90) | (pixels.max(axis=1) < 90)]
    weighed = np.concatenate([pixels, np.repeat(vivid, 20, axis=0)])[None]
    return Image.fromarray(weighed).quantize(256)
