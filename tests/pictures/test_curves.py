"""Curves: which line is whose, what the band spans, where the names stand, what blew up."""

import numpy as np
import pytest
from seen import end_labels, line_of, texts

from course_utils import plots
from course_utils.optimizers import adam, momentum, sgd
from course_utils.plots.blowup import blow_up
from course_utils.plots.labels import spread
from course_utils.style import STYLES, ramp
from course_utils.surfaces import BEALE, RAVINE, SADDLE
from course_utils.training import run

ONE = run(BEALE, momentum, BEALE.start, 1e-3, steps=40)
MANY = run(BEALE, adam, BEALE.start + np.arange(9)[:, None] / 10, 0.01, steps=40)
GONE = run(RAVINE, momentum, RAVINE.start, 10.0, steps=60)
FINE = run(RAVINE, sgd, RAVINE.start, 0.5, steps=60)


@pytest.mark.parametrize("what", ["loss", "grad_norm", "lr"])
def test_each_line_is_that_of_its_rule(what):
    ax = plots.curves(ONE, MANY, what=what)
    for trajectory, name in ((ONE, "momentum"), (MANY, "adam")):
        line, values = line_of(ax, STYLES[name].label), getattr(trajectory, what)
        middle = values if values.ndim == 1 else np.median(values, axis=1)
        np.testing.assert_allclose(line.get_ydata(), middle)
        np.testing.assert_array_equal(line.get_xdata(), np.arange(41))
        assert line.get_color() == STYLES[name].color
        assert line.get_marker() == STYLES[name].marker
        label = end_labels(ax)[STYLES[name].label]
        assert label.xy == (40, middle[-1]) and label.get_color() == STYLES[name].color
    assert ax.get_yscale() == ("linear" if what == "lr" else "log")
    assert ax.get_ylabel() == what.replace("_", " ") and ax.get_legend() is None


def test_the_band_is_the_middle_half():
    (band,) = plots.curves(MANY).collections
    corners = band.get_paths()[0].vertices
    ordered = np.sort(MANY.loss, axis=1)
    for step in (0, 17, 40):
        heights = corners[corners[:, 0] == step, 1]
        np.testing.assert_allclose([heights.min(), heights.max()], ordered[step, [2, 6]])
    assert not plots.curves(ONE).collections


def test_a_scale_is_linear_where_a_value_is_not_positive():
    assert plots.curves(run(SADDLE, sgd, SADDLE.start, 0.1, steps=60)).get_yscale() == "linear"


def test_metrics_are_drawn_at_the_steps_where_they_were_taken():
    metrics = {"height": lambda w: SADDLE(w)[0]}
    result = run(SADDLE, sgd, SADDLE.start, 0.1, steps=10, every=5, metrics=metrics)
    line = line_of(plots.curves(result, what="height", labels=["mine"]), "mine")
    np.testing.assert_array_equal(line.get_xdata(), [0, 5, 10])
    np.testing.assert_array_equal(line.get_ydata(), result.metrics["height"])
    with pytest.raises(ValueError, match="can draw loss, grad_norm, lr, height; got 'hight'"):
        plots.curves(result, what="hight")


def test_a_run_that_goes_on_is_drawn_at_its_own_steps():
    later = run(RAVINE, sgd, FINE.last, 0.5, steps=5)
    assert line_of(plots.curves(later), "SGD").get_xdata().tolist() == list(range(60, 66))


def test_own_rules_differ_and_two_settings_of_one_rule_do():
    def mine(w, grad, state, lr):
        return w - lr * grad, state

    def yours(w, grad, state, lr):
        return w - 2 * lr * grad, state

    runs = [run(RAVINE, rule, RAVINE.start, 0.1, steps=5) for rule in (mine, yours)]
    ax = plots.curves(*runs)
    plots.curves(runs[0], labels=["again"], ax=ax)
    one, two, again = (line_of(ax, name) for name in ("mine", "yours", "again"))
    assert one.get_color() != two.get_color() and one.get_marker() != two.get_marker()
    assert one.get_color() == again.get_color() and one.get_linestyle() != again.get_linestyle()


def test_a_blown_up_run_is_said_once_and_leaves_at_the_top():
    ax = plots.curves(GONE, FINE)
    (said,) = [text for text in texts(ax) if "diverged" in text]
    step, fold = int(np.argmax(GONE.loss > 1000)), int(np.log10(GONE.loss.max()))
    raised = str(fold).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    assert said == f"momentum diverged at step {step}: the loss grew 10{raised}-fold"
    drawn = line_of(ax, "momentum").get_ydata()
    assert np.nanmax(drawn) <= 1000 * GONE.loss[0] and np.isnan(drawn[5:]).all()
    np.testing.assert_array_equal(line_of(ax, "SGD").get_ydata(), FINE.loss)
    assert ax.get_ylim()[1] < 1e4


def test_words_are_no_wider_than_a_small_plot():
    ax = plots.curves(GONE, ax=plots.axes(ncols=3, figsize=(8.0, 3.0))[0])
    ax.figure.canvas.draw()
    (said,) = [text for text in ax.texts if "diverged" in text.get_text()]
    assert said.get_window_extent().x1 < ax.get_window_extent().x1 + 60
    assert ax.get_window_extent().width > 100


def test_of_many_runs_the_blown_up_are_counted():
    runs = run(RAVINE, momentum, RAVINE.start, np.array([0.1, 0.2, 10.0, 20.0]), steps=60)
    assert "momentum diverged in 2 of 4 runs" in texts(plots.curves(runs))


@pytest.mark.parametrize(
    "loss, words",
    [
        ([1, 0.5, 0.1], None),
        ([1, 1e9, 0.1], None),
        ([1e-9, 0.5, 0.9], None),
        ([1, 1e2, 1e5], "diverged at step 2: the loss grew 10⁵-fold"),
        ([10, 1e5, 1e9], "diverged at step 1: the loss grew 10⁸-fold"),
        ([1, 1e5, 1, 1e5, np.inf], "diverged at step 3: the loss grew more than 10⁵-fold"),
        ([1, np.nan], "diverged at step 1"),
        ([-1, np.nan], "diverged at step 1"),
    ],
)
def test_words_for_a_blowup(loss, words):
    assert blow_up(np.array(loss, float)) == words


@pytest.mark.parametrize("lr", [0.1, 1.9, 2.1, 4.0, 10.0, 1e6, 1e300])
def test_plots_and_trajectories_agree_on_what_blew_up(lr):
    result = run(RAVINE, sgd, RAVINE.start, lr, steps=80)
    assert bool(result.blowup) == (blow_up(result.loss) is not None)


def test_labels_stand_beside_their_ends_pushed_apart_within_the_frame():
    x, ends = np.arange(3), np.array([0.5, 0.51, 0.52, 3.0])
    ax = plots.family(x, np.outer(np.ones(3), ends), list("abcd"))
    labels, frame = end_labels(ax), ax.get_window_extent()
    boxes = [labels[name].get_window_extent() for name in "abcd"]
    centers = [(box.y0 + box.y1) / 2 for box in boxes]
    assert min(np.diff(centers)) >= 12
    assert all(box.x0 > frame.x1 and box.x1 < ax.figure.bbox.x1 for box in boxes)
    assert [labels[name].xy[1] for name in "abcd"] == ends.tolist()


def test_a_label_whose_curve_ends_out_of_sight_stands_at_the_frame():
    ax = plots.curves(FINE, ONE)
    ax.set_ylim(1e-3, 1)
    frame, box = ax.get_window_extent(), end_labels(ax)["momentum"].get_window_extent()
    assert frame.height > 200 and abs((box.y0 + box.y1) / 2 - ax.get_window_extent().y1) < 15


@pytest.mark.parametrize(
    "wanted, places",
    [
        ([10, 50, 90], [10, 50, 90]),
        ([50, 50], [45, 55]),
        ([52, 50, 0], [56, 46, 0]),
        ([99, 100], [90, 100]),
        ([0, 1, 2], [0, 10, 20]),
    ],
)
def test_spread_moves_as_little_as_it_can(wanted, places):
    np.testing.assert_allclose(spread(wanted, 10, 0, 100), places)


def test_a_family_is_one_ramp_in_the_order_of_its_labels():
    x, rows = np.arange(5), np.arange(20.0).reshape(5, 4)
    ax = plots.family(x, rows, list("abcd"), xlabel="step")
    for column, (name, color) in enumerate(zip("abcd", ramp(4), strict=True)):
        line = line_of(ax, name)
        assert line.get_color() == color == end_labels(ax)[name].get_color()
        np.testing.assert_array_equal(line.get_ydata(), rows[:, column])
    assert ax.get_xlabel() == "step" and ax.get_legend() is None
    with pytest.raises(ValueError, match=r"\(5, 3\); got \(5, 4\)"):
        plots.family(x, rows, list("abc"))


def test_named_curves_have_looks_of_their_own_and_runs_a_middle_half():
    x, runs = np.arange(5), np.arange(15.0).reshape(5, 3)
    ax = plots.named(x, {"mine": x**2.0, "theirs": runs}, xlabel="step")
    np.testing.assert_array_equal(line_of(ax, "mine").get_ydata(), x**2.0)
    np.testing.assert_array_equal(line_of(ax, "theirs").get_ydata(), np.median(runs, axis=1))
    assert line_of(ax, "mine").get_color() != line_of(ax, "theirs").get_color()
    assert len(ax.collections) == 1 and set(end_labels(ax)) == {"mine", "theirs"}


def test_a_fan_draws_every_copy_in_one_color():
    copies = np.random.default_rng(0).normal(size=(6, 30)).cumsum(axis=0)
    ax = plots.fan(np.arange(6), copies, "momentum", label="30 copies", ylabel="w")
    lines = ax.get_lines()
    np.testing.assert_array_equal([line.get_ydata() for line in lines], copies.T)
    assert {line.get_color() for line in lines} == {STYLES["momentum"].color}
    assert "30 copies" in end_labels(ax) and ax.get_ylabel() == "w"


def test_steps_per_tenfold_come_from_the_factor():
    x = np.array([0.1, 0.2, 0.3])
    factors = np.array([[0.1, 0.9], [0.1**0.5, 1.0], [0.1**0.01, 1.2]])
    ax = plots.steps_per_tenfold(x, factors, ["a", "b"], flat=[(0.15, 0.35), (9, 9)])
    np.testing.assert_allclose(line_of(ax, "a").get_ydata(), [1, 2, 100])
    expected = [np.log(0.1) / np.log(0.9), np.nan, np.nan]
    np.testing.assert_allclose(line_of(ax, "b").get_ydata(), expected)
    thick = next(line for line in ax.get_lines() if line.get_linewidth() > 4)
    np.testing.assert_allclose(thick.get_xdata(), [0.2, 0.3])
    assert thick.get_color() == line_of(ax, "a").get_color()
    assert ax.get_xscale() == ax.get_yscale() == "log"
