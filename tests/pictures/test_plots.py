"""Pictures: each returns its Axes, draws the numbers it is given, and carries words."""

import base64

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils import plots
from course_utils.data import circle
from course_utils.network import MLP
from course_utils.optimizers import RULES, adam, momentum, sgd
from course_utils.style import STYLES, style_of
from course_utils.surfaces import BEALE, RAVINE, SADDLE, SURFACES
from course_utils.training import run

ONE = run(BEALE, momentum, BEALE.start, 1e-3, steps=40)
MANY = run(BEALE, adam, BEALE.start + np.arange(5)[:, None] / 10, 0.01, steps=40)


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_contour_shows_the_window_and_the_minima(surface):
    ax = plots.contour(surface)
    assert ax.get_xlim() == surface.window[0] and ax.get_ylim() == surface.window[1]
    (stars,) = ax.get_lines()
    np.testing.assert_array_equal(stars.get_xydata(), surface.minima)
    assert ax.get_title() == surface.name


def test_contour_can_draw_both_axes_to_one_scale():
    ax = plots.contour(RAVINE, equal=True)
    assert ax.get_aspect() == 1 and ax.get_xlim() == RAVINE.window[0]
    ax.figure.canvas.draw()
    box = ax.get_window_extent()
    (left, right), (bottom, top) = RAVINE.window
    assert box.width / box.height == pytest.approx((right - left) / (top - bottom), rel=1e-3)


def test_arrow_leads_from_start_to_end_in_the_rules_style():
    (line,) = plots.arrow([0, 1], [2, 3], "nesterov").get_lines()
    np.testing.assert_array_equal(line.get_xydata(), [[0, 1], [2, 3]])
    assert line.get_color() == STYLES["nesterov"].color and line.get_label() == "nesterov"


def test_path_draws_every_point_in_the_rules_style():
    ax = plots.path(ONE, ax=plots.contour(BEALE))
    line = ax.get_lines()[-1]
    np.testing.assert_array_equal(line.get_xydata(), ONE.w)
    assert line.get_label() == "momentum" and line.get_color() == STYLES["momentum"].color
    assert line.get_marker() == STYLES["momentum"].marker


@pytest.mark.parametrize(
    "trajectory", [MANY, run(BEALE, sgd, BEALE.start, 1e-3, steps=2, keep_path=False)]
)
def test_path_of_many_runs_or_none_gets_a_sentence(trajectory):
    with pytest.raises(ValueError, match="path draws one run"):
        plots.path(trajectory)


@pytest.mark.parametrize("what", ["loss", "grad_norm", "lr"])
def test_curves_draw_the_median_over_runs(what):
    ax = plots.curves(ONE, MANY, what=what)
    one, many = ax.get_lines()
    np.testing.assert_allclose(one.get_ydata(), getattr(ONE, what))
    expected = MANY.lr if what == "lr" else np.median(getattr(MANY, what), axis=1)
    np.testing.assert_allclose(many.get_ydata(), expected)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["momentum", "adam"]


def test_curves_draw_metrics_at_the_steps_where_they_were_taken():
    result = run(
        SADDLE,
        sgd,
        SADDLE.start,
        0.1,
        steps=10,
        every=5,
        metrics={"height": lambda w: SADDLE(w)[0]},
    )
    (line,) = plots.curves(result, what="height", labels=["mine"]).get_lines()
    np.testing.assert_array_equal(line.get_xdata(), [0, 5, 10])
    assert line.get_label() == "mine"
    with pytest.raises(ValueError, match="can draw loss, grad_norm, lr, height; got 'hight'"):
        plots.curves(result, what="hight")


def test_sweep_leaves_a_gap_where_runs_diverged():
    lrs, scores = np.array([0.1, 1.0, 10.0]), np.array([[1, 2, 3], [2, 4, 6], [1, np.inf, np.nan]])
    ax = plots.sweep(lrs, scores, "sgd")
    np.testing.assert_array_equal(ax.get_lines()[0].get_ydata(), [2, 4, np.nan])
    assert ax.get_xscale() == "log"
    (line,) = plots.sweep(lrs, scores, "sgd", label="SGD").get_lines()
    assert line.get_label() == "SGD" and line.get_color() == STYLES["sgd"].color
    with pytest.raises(ValueError, match="got 2 learning rates but 3 rows"):
        plots.sweep(lrs[:2], scores)


def test_boundary_shows_every_sample():
    X, y = circle()
    net = MLP()
    ax = plots.boundary(net, net.init(0), X, y)
    drawn = np.vstack([line.get_xydata() for line in ax.get_lines()])
    assert sorted(drawn.tolist()) == sorted(X.tolist())
    plots.boundary(net, np.zeros(net.d), X, y)  # a network of one mind has no boundary


def test_show_gives_picture_and_words(monkeypatch):
    shown = []
    monkeypatch.setattr(plots, "display", lambda data, raw: shown.append(data))
    plots.show(plots.contour(BEALE), alt='A valley & a "ridge"')
    (data,) = shown
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert 'alt="A valley &amp; a &quot;ridge&quot;"' in data["text/html"]
    assert data["text/plain"] == 'A valley & a "ridge"'
    assert not plt.get_fignums()


@pytest.mark.parametrize("alt", ["", "   ", None])
def test_show_insists_on_words(alt):
    with pytest.raises(ValueError, match="alt must say in words"):
        plots.show(plots.contour(BEALE), alt=alt)


def luminance(color):
    channels = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def contrast(a, b):
    low, high = sorted([luminance(a), luminance(b)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", [*RULES, "my_rule", "another", "yet_another", "MyClass"])
def test_colors_stand_out_from_their_page(name):
    style = style_of(name)
    assert contrast(style.color, "#FFFFFF") >= 3 and contrast(style.dark, "#111111") >= 3
    assert style.line()["color"] == style.color and style.line(dark=True)["color"] == style.dark


def test_rules_can_be_told_apart_without_color():
    looks = [(style.marker, style.dash) for style in STYLES.values()]
    assert len({marker for marker, _ in looks}) == len(set(map(str, looks))) == len(RULES)
    assert set(STYLES) == set(RULES)
