"""Sweeps, maps over two knobs, wins, bars, histograms, boundaries, images."""

import numpy as np
import pytest
from seen import end_labels, line_of, texts

from course_utils import plots
from course_utils.data import circle
from course_utils.network import MLP
from course_utils.style import LIGHT, STYLES, ramp


def test_sweep_is_median_and_middle_half_with_gaps_where_runs_diverged():
    lrs, scores = np.array([0.1, 1.0, 10.0]), np.array([[1, 2, 3], [2, 4, 6], [1, np.inf, np.nan]])
    ax = plots.sweep(lrs, scores, "sgd")
    line = line_of(ax, "SGD")
    np.testing.assert_array_equal(line.get_ydata(), [2, 4, np.nan])
    np.testing.assert_array_equal(line.get_xdata(), lrs)
    assert ax.get_xscale() == "log" and line.get_color() == STYLES["sgd"].color
    assert end_labels(ax)["SGD"].xy == (1.0, 4.0)
    corners = ax.collections[0].get_paths()[0].vertices
    assert sorted({*corners[corners[:, 0] == 1.0, 1]}) == [2, 6]
    plots.sweep(lrs, scores[:, 0], "mine", label="my rule", ax=ax)
    assert line_of(ax, "my rule").get_ydata().tolist() == [1, 2, 1]
    with pytest.raises(ValueError, match="got 2 learning rates but 3 rows"):
        plots.sweep(lrs[:2], scores)


def test_heatmap_colors_what_arrives_and_hatches_what_diverges():
    lrs, betas = np.geomspace(0.1, 10, 3), np.array([0, 0.9])
    steps = np.array([[400, 20, 5], [100, np.inf, np.inf]])
    diverged = np.array([[False, False, True], [False, False, True]])
    ax = plots.heatmap(lrs, betas, steps, diverged)
    cells, hatched = ax.collections
    shown = np.ma.filled(cells.get_array().reshape(2, 3), np.nan)
    np.testing.assert_array_equal(shown, [[400, 20, np.nan], [100, np.nan, np.nan]])
    soon, late = cells.cmap(cells.norm(20))[:3], cells.cmap(cells.norm(400))[:3]
    assert sum(soon) < sum(late)  # dark is soon
    assert cells.norm(np.sqrt(20 * 400)) == pytest.approx(0.5)  # equal ratios
    assert hatched.get_hatch() and len(hatched.get_paths()) == 2
    places = [path.vertices.mean(axis=0) for path in hatched.get_paths()]
    assert all(x > 3 for x, y in places)
    edges = cells.get_coordinates()[0, :, 0]
    np.testing.assert_allclose(edges[:-1] * edges[1:], lrs**2)
    assert "best: 20 steps" in texts(ax) and ax.texts[0].xy == (1.0, 0)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["0", "0.9"]
    with pytest.raises(ValueError, match=r"\(2, 3\); got \(3, 2\)"):
        plots.heatmap(lrs, betas, steps.T, diverged)


def test_shares_have_a_row_for_each_setting_and_are_darker_where_they_are_larger():
    lrs, values = np.geomspace(0.1, 10, 3), np.array([[1.0, 0.5, 0.0], [0.0, 0.25, 1.0]])
    ax = plots.shares(lrs, values, ["none", "all"])
    (cells,) = ax.collections[:1]
    np.testing.assert_array_equal(cells.get_array().ravel(), values.ravel())
    shades = cells.cmap(cells.norm(np.array([0.0, 0.5, 1.0])))[:, :3].sum(axis=1)
    assert (np.diff(shades) < 0).all() and cells.get_clim() == (0, 1)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["none", "all"] and ax.yaxis_inverted()
    with pytest.raises(ValueError, match=r"= \(1, 3\); got \(2, 3\)"):
        plots.shares(lrs, values, ["none"])


def test_a_forest_shows_each_interval_and_is_gray_where_it_holds_one():
    ratios = [[0.5, 0.4, 0.6], [1.1, 0.9, 1.3], [2.0, 1.5, 3.0]]
    ax = plots.forest(["better", "equal", "worse"], ratios)
    rows = [line for line in ax.get_lines() if len(line.get_xdata()) == 2][:3]
    np.testing.assert_allclose([line.get_xdata() for line in rows], np.array(ratios)[:, 1:])
    assert [line.get_ydata()[0] for line in rows] == [0, 1, 2]
    assert rows[1].get_color() == LIGHT.muted and len({r.get_color() for r in rows}) == 3
    assert [t.get_text() for t in ax.get_yticklabels()] == ["better", "equal", "worse"]
    with pytest.raises(ValueError, match=r"= \(2, 3\); got \(3, 3\)"):
        plots.forest(["one", "two"], ratios)


def test_wins_are_shares_over_the_budget():
    ax = plots.wins([1, 2, 4], {"sgd": [0.7, 0.4, 0.1], "adam": [0.3, 0.6, 0.9]})
    np.testing.assert_array_equal(line_of(ax, "Adam").get_ydata(), [0.3, 0.6, 0.9])
    assert line_of(ax, "SGD").get_color() == STYLES["sgd"].color and ax.get_ylim() == (0, 1)
    assert [t.get_text() for t in ax.get_xticklabels()] == ["1", "2", "4"]


def test_bars_have_the_heights_they_are_given():
    ax = plots.bars([3, 2, 1], "momentum", xlabel="steps ago")
    assert [bar.get_height() for bar in ax.patches] == [3, 2, 1]
    assert [round(bar.get_x() + bar.get_width() / 2, 6) for bar in ax.patches] == [0, 1, 2]
    ax = plots.bars([[3, 6], [2, 5]], labels=["a", "b"])
    assert [bar.get_height() for bar in ax.patches] == [3, 2, 6, 5]
    assert [text.get_color() for text in ax.texts] == ramp(2) and texts(ax) == ["a", "b"]


def test_histogram_counts_both_sets_in_the_same_bins():
    before, after = np.array([1.0, 1, 3, 9]), np.array([1.0, 1, 2, 2])
    ax = plots.histogram(before, after, limit=2, bins=4)
    tops = [np.unique(patch.get_path().vertices[:, 1]).max() for patch in ax.patches]
    assert tops == [2, 4] and texts(ax) == ["before", "after"]
    edges = {patch.get_path().vertices[:, 0].max() for patch in ax.patches}
    assert edges == {9.0} and any(2 in line.get_xdata() for line in ax.get_lines())


@pytest.fixture
def divided():
    """A network that says 1 where x0 > 0.5, on points labeled so, and its picture."""

    class Half:
        def logits(self, w, X):
            return 8 * (X[..., 0] - 0.5)

    X = np.random.default_rng(0).uniform(-1, 2, (60, 2))
    y = (X[:, 0] > 0.5).astype(float)
    return X, y, plots.boundary(Half(), None, X, y)


def test_boundary_shades_each_side_with_the_class_it_gets(divided):
    X, y, ax = divided
    (image,) = ax.get_images()
    assert image.origin == "lower"
    left, right, bottom, _ = image.get_extent()
    probability = np.asarray(image.get_array())
    assert probability[:, 0].max() < 0.01 and probability[:, -1].min() > 0.99
    for value in (0, 1):
        color, side = line_of(ax, f"class {value}").get_color(), image.cmap(float(value))[:3]
        point = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        assert (point[2] - point[0] > 0.1) == (side[2] - side[0] > 0.1) == bool(value)  # blue is 1
        drawn = line_of(ax, f"class {value}").get_xydata()
        assert sorted(drawn.tolist()) == sorted(X[y == value].tolist())
        assert line_of(ax, f"class {value}").get_zorder() > ax.collections[0].get_zorder()
    assert left < X[:, 0].min() and right > X[:, 0].max() and bottom < X[:, 1].min()
    segment = np.concatenate(ax.collections[0].allsegs[0])
    np.testing.assert_allclose(segment[:, 0], 0.5, atol=1e-6)


def test_a_network_of_one_mind_has_no_boundary():
    X, y = circle()
    net = MLP()
    ax = plots.boundary(net, np.zeros(net.d), X, y)
    assert not ax.collections


def test_strip_shows_the_images_side_by_side_dark_on_paper():
    images = np.arange(24.0).reshape(2, 3, 4)
    ax = plots.strip(images, labels=["a", 7])
    shown = np.asarray(ax.get_images()[0].get_array())
    np.testing.assert_array_equal(shown[:, :4], images[0])
    np.testing.assert_array_equal(shown[:, 5:], images[1])
    assert sum(ax.get_images()[0].cmap(1.0)[:3]) < sum(ax.get_images()[0].cmap(0.0)[:3])
    assert [t.get_text() for t in ax.get_xticklabels()] == ["a", "7"]
    assert list(ax.get_xticks()) == [1.5, 6.5]


@pytest.mark.parametrize("sizes", [(2, 8, 1), (3, 5, 4, 2)])
def test_a_network_has_a_line_for_each_weight_between_units_and_counts_all_of_them(sizes):
    net = MLP(sizes, loss="logistic" if sizes[-1] == 1 else "softmax")
    ax = plots.network(net, "xyz"[: sizes[0]])
    lines = sum(len(layer.get_segments()) for layer in ax.collections)
    units = sum(len(line.get_xdata()) for line in ax.lines if line.get_marker() == "o")
    assert units == sum(sizes) and lines == net.d - sum(sizes[1:])
    said = [words.split("= ")[1] for words in texts(ax) if "weights" in words]
    assert sum(int(words.split()[0]) for words in said) == net.d
    assert {f"{sizes[0]} inputs", *"xyz"[: sizes[0]]} <= set(texts(ax))
    with pytest.raises(ValueError):
        plots.network(net, "x")
