"""On the page: a picture with its words, on a card as dark as the page, folded without a hint."""

import base64
import io
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from course_utils import plots
from course_utils.colors import contrast, mix, to_hex, to_rgb
from course_utils.optimizers import momentum, sgd
from course_utils.plots.figure import words_for
from course_utils.style import DARK, LIGHT, PAPER, STYLES
from course_utils.surfaces import BEALE, RAVINE
from course_utils.training import run


@pytest.mark.parametrize(
    "given, seen",
    [({}, "Decide first, then run this cell."), ({"line": "A valley <."}, "A valley &lt;.")],
)
def test_show_gives_picture_and_words(monkeypatch, given, seen):
    shown = []
    monkeypatch.setattr(plots.page, "display", lambda data, raw: shown.append(data))
    plots.show(plots.contour(BEALE), alt='A valley & a "ridge"', **given)
    (data,) = shown
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    first, image = data["text/html"].split("\n")
    assert 'class="ravine-picture"' in image
    assert first == seen
    assert 'alt="A valley &amp; a &quot;ridge&quot;"' in image and data["image/png"] in image
    assert data["text/plain"] == 'A valley & a "ridge"'
    assert not plt.get_fignums()


@pytest.mark.parametrize("alt", ["", "   ", None])
def test_show_insists_on_words(alt):
    with pytest.raises(ValueError, match="alt must say in words"):
        plots.show(plots.contour(BEALE), alt=alt)


def test_what_is_written_outside_a_plot_has_the_same_letters():
    ax = plots.axes()
    ax.bar_label(ax.barh(["one"], [1]))
    ax.set_title("by hand", loc="left")
    by_plot = plots.contour(BEALE)
    for drawn in (ax, by_plot):
        plots.picture(drawn, "Words.")
    letters = {
        (text.get_fontfamily()[0], text.get_fontsize(), text.get_fontweight())
        for text in (
            ax.get_children()[-2], by_plot.get_children()[-2],  # titles on the left
        )
    }  # fmt: skip
    assert len(letters) == 1
    assert ax.texts[0].get_fontfamily() == by_plot.texts[0].get_fontfamily()


def pixels_of(picture):
    png = io.BytesIO(base64.b64decode(picture["image/png"]))
    return np.asarray(Image.open(png).convert("RGB"))


@pytest.fixture(scope="module")
def picture():
    ax = plots.contour(RAVINE)
    for rule in (sgd, momentum):
        plots.path(run(RAVINE, rule, RAVINE.start, 0.35, steps=60), ax=ax)
    return plots.picture(ax, "Two paths.")


def test_the_card_is_paper_and_never_white(picture):
    style = re.search(r'<img.+?style="(.+?)"', picture["text/html"])[1]
    assert f"background-color:{PAPER}" in style and "border-radius" in style
    assert 1.05 < contrast(PAPER, "#ffffff") < 1.2
    pixels = pixels_of(picture)
    corners = pixels[[0, 0, -1, -1], [0, -1, 0, -1]]
    assert {"#" + bytes(corner).hex() for corner in corners} == {PAPER}
    assert (pixels == 255).all(axis=-1).mean() < 0.01


@pytest.mark.parametrize("signal", ['body[data-jp-theme-light="false"]', 'html[data-theme="dark"]'])
def test_on_a_dark_page_the_picture_is_dark_and_its_colors_still_stand_out(picture, signal):
    style = re.search(r"<style>(.+?)</style>", picture["text/html"])[1]
    assert f"{signal} .ravine-picture" in style
    paper, valley, *colors = (
        to_hex(filtered(to_rgb(color), style))
        for color in (PAPER, to_hex(mix(LIGHT.ground, 0.0)), *(s.color for s in STYLES.values()))
    )
    assert contrast(paper, DARK.page) < 1.3
    assert min(contrast(color, ground) for color in colors for ground in (paper, valley)) >= 3


def filtered(color, style):
    """A color under the filter of a sheet, by the matrices of W3C, Filter Effects."""
    inverted, turned, vivid = (
        float(re.search(rf"{name}\(([\d.]+)", style)[1])
        for name in ("invert", "hue-rotate", "saturate")
    )
    assert turned == 180
    light = np.array([0.213, 0.715, 0.072])
    color = inverted + (1 - 2 * inverted) * color
    for factor in (-1, vivid):  # what is not lightness: turned round, then strengthened
        color = np.clip(light @ color + factor * (color - light @ color), 0, 1)
    return color


def test_a_picture_is_small_and_keeps_the_rules_colors(picture):
    png = base64.b64decode(picture["image/png"])
    assert len(png) < 40_000
    pixels = pixels_of(picture).reshape(-1, 3).astype(int)
    for name in ("sgd", "momentum"):
        color = [int(STYLES[name].color[i : i + 2], 16) for i in (1, 3, 5)]
        assert (abs(pixels - color).max(axis=1) < 16).sum() > 60


def test_the_same_picture_twice_is_the_same_file():
    assert len({plots.picture(plots.contour(BEALE), "Beale.")["image/png"] for _ in range(2)}) == 1


def test_plots_leave_matplotlibs_settings_alone():
    before = dict(plt.rcParams)
    plots.picture(plots.contour(BEALE), "Beale.")
    assert dict(plt.rcParams) == before


def test_log_axes_are_written_plainly_however_they_were_set():
    ax = plots.axes()
    ax.plot([1, 2, 3], [0.02, 1, 70])
    ax.set(yscale="log")
    plots.picture(ax, "A line that rises.")
    assert {tick.get_text() for tick in ax.get_yticklabels()} >= {"0.1", "1", "10"}


@pytest.mark.parametrize(
    "low, high, ticks",
    [(1.5, 9, [2, 5]), (8, 400, [10, 30, 100, 300]), (1e-9, 2, [1e-8, 1e-6, 1e-4, 1e-2, 1])],
)
def test_a_log_axis_has_a_few_round_ticks(low, high, ticks):
    ax = plots.sweep([low, high], [1, 2], "sgd")
    ax.set_xlim(low, high)
    seen = [tick for tick in ax.get_xticks() if low <= tick <= high]
    np.testing.assert_allclose(seen, ticks)


def test_numbers_are_written_as_people_write_them():
    values = (0, 0.01, 1, 30, 1000, 1e4, 1e-3, 3e-5, -2.5)
    said = ["0", "0.01", "1", "30", "1000", "10⁴", "10⁻³", "3·10⁻⁵", "−2.5"]
    assert [words_for(value) for value in values] == said
