"""Maps: bands in equal ratios, paths that stay inside, heads and ends that say whose they are."""

import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgb
from matplotlib.text import Text
from seen import texts

from course_utils import plots
from course_utils.colors import mix
from course_utils.optimizers import adam, momentum, nesterov, sgd
from course_utils.plots.ground import Bands
from course_utils.plots.labels import MapLabels
from course_utils.style import LIGHT, STYLES, style_of
from course_utils.surfaces import BEALE, HIMMELBLAU, RAVINE, SADDLE, SURFACES
from course_utils.training import run

RULES = (sgd, momentum, nesterov, adam)
PATHS = [run(RAVINE, rule, RAVINE.start, 0.35, steps=50) for rule in RULES]
AWAY = run(RAVINE, sgd, RAVINE.start, 2.2, steps=12)
GONE = run(RAVINE, momentum, RAVINE.start, 10.0, steps=60)


def way(ax):
    """The lines of paths: all that are not marks."""
    lines = [line for line in ax.get_lines() if line.get_linestyle() == "-"]
    return [line for line in lines if len(line.get_xdata()) > 1]


def casing(ax):
    return [line for line in way(ax) if to_hex(line.get_color()) == "#ffffff"]


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_contour_shows_the_window_and_a_star_on_top_at_each_minimum(surface):
    ax = plots.contour(surface)
    assert ax.get_xlim() == surface.window[0] and ax.get_ylim() == surface.window[1]
    stars = [line for line in ax.get_lines() if line.get_marker() == "*"]
    np.testing.assert_array_equal([line.get_xydata()[0] for line in stars], surface.minima)
    plots.path(run(surface, sgd, surface.start, 1e-3, steps=3), ax=ax)
    others = [line.get_zorder() for line in ax.get_lines() if line not in stars]
    assert all(star.get_zorder() > max(others) for star in stars)
    assert ax.get_title(loc="left") == surface.name


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_bands_are_equal_ratios_of_height_and_low_is_blue(surface):
    ax = plots.contour(surface)
    fill = ax.collections[0]
    bands = Bands(surface, *(np.linspace(*side, 60) for side in surface.window))
    assert set(np.diff(fill.levels)) == {1.0} and 12 <= len(fill.levels) <= 24
    x, y = np.random.default_rng(0).uniform(*np.transpose(surface.window), (50, 2)).T
    lowest = min([*(surface.f(*m) for m in surface.minima)], default=0)
    height = surface.f(x, y) - lowest
    high = height > 10 ** ((bands.floor + 1) / bands.per)
    np.testing.assert_allclose(bands.at(x, y)[high], bands.per * np.log10(height[high]))
    colors = fill.cmap(np.linspace(0, 1, fill.cmap.N))[:, :3]
    np.testing.assert_allclose(colors[[0, -1]], mix(LIGHT.ground, np.array([0.0, 1.0])))


def test_decades_are_named_with_their_height():
    for surface in (RAVINE, BEALE, HIMMELBLAU):
        ax = plots.contour(surface)
        named = [t for t in ax.texts if t.get_text().replace(".", "").isdigit()]
        assert named
        for text in named:
            assert surface.f(*text.xy) == pytest.approx(float(text.get_text()), rel=0.1)
    assert not texts(plots.contour(SADDLE))  # heights below zero have no decades


def test_decade_lines_are_stronger_than_the_others():
    _, thin, decades = plots.contour(RAVINE).collections
    per = Bands(RAVINE, *(np.linspace(*side, 60) for side in RAVINE.window)).per
    assert set(decades.levels % per) == {0} and 0 not in thin.levels % per
    assert decades.get_linewidths()[0] > thin.get_linewidths()[0]
    assert decades.get_alpha() > thin.get_alpha()


def test_light_falls_from_the_upper_left_and_does_not_outweigh_the_bands():
    (shade,) = plots.contour(RAVINE).get_images()
    image, rows = shade.get_array(), 241
    assert image[..., 3].max() <= 0.03
    lit = image[..., 0] * image[..., 3] - (1 - image[..., 0]) * image[..., 3]
    assert lit[: rows // 3].mean() > 0 > lit[-rows // 3 :].mean()  # a hole: its lower wall is lit


def test_both_axes_to_one_scale():
    ax = plots.contour(RAVINE, equal=True)
    ax.figure.canvas.draw()
    box, ((left, right), (bottom, top)) = ax.get_window_extent(), RAVINE.window
    assert box.width / box.height == pytest.approx((right - left) / (top - bottom), rel=1e-3)


def test_fit_holds_start_minima_and_paths_but_not_what_flies_away():
    (left, right), (bottom, top) = plots.fit(RAVINE, *PATHS)
    points = np.concatenate([t.w for t in PATHS])
    assert left < points[:, 0].min() and right > points[:, 0].max() and left > -15 and right < 7
    assert bottom < points[:, 1].min() and top > points[:, 1].max()
    (left, right), (bottom, top) = plots.fit(RAVINE, AWAY, GONE)
    assert left < -10 < 0 < right and -30 < bottom < -1 < 1 < top < 30
    ax = plots.contour(RAVINE, window=((-1, 1), (-2, 2)))
    assert ax.get_xlim() == (-1, 1) and ax.get_ylim() == (-2, 2)


@pytest.mark.parametrize("trajectory", PATHS, ids=lambda t: t.name)
def test_a_path_goes_through_every_point_to_a_head_in_the_rules_look(trajectory):
    ax = plots.path(trajectory, ax=plots.contour(RAVINE))
    style = STYLES[trajectory.name]
    (under,) = casing(ax)
    np.testing.assert_array_equal(under.get_xydata(), trajectory.w)
    marks = [line for line in ax.get_lines() if line.get_marker() == style.marker]
    head = max(marks, key=lambda line: line.get_zorder())
    np.testing.assert_array_equal(head.get_xydata(), trajectory.w[-1:])
    assert head.get_color() == style.color
    label = next(t for t in MapLabels.on(ax).texts if t.get_text() == style.label)
    assert label.xy == pytest.approx(trajectory.w[-1]) and label.get_color() == style.color


def test_old_steps_fade_and_thin():
    long = run(RAVINE, sgd, RAVINE.start, 1.9, steps=100)
    ax = plots.path(long, ax=plots.contour(RAVINE))
    white = np.ones(3)
    parts = [line for line in way(ax) if to_hex(line.get_color()) != "#ffffff"]
    np.testing.assert_array_equal(parts[-1].get_xydata()[-1], long.w[-1])
    pale = [np.linalg.norm(white - to_rgb(p.get_color())) for p in parts]
    widths = [p.get_linewidth() for p in parts]
    assert pale == sorted(pale) and widths == sorted(widths) and len(set(widths)) > 3
    assert to_hex(parts[-1].get_color()) == STYLES["sgd"].color.lower()
    joined = np.concatenate([parts[0].get_xydata()[:1], *[p.get_xydata()[1:] for p in parts]])
    np.testing.assert_array_equal(joined, long.w)


def test_the_start_is_a_ring_named_once():
    ax = plots.contour(RAVINE)
    for trajectory in PATHS:
        plots.path(trajectory, ax=ax)
    assert texts(ax).count("start") == 1
    rings = [line for line in ax.get_lines() if line.get_label() == "start"]
    assert {tuple(line.get_xydata()[0]) for line in rings} == {tuple(RAVINE.start)}


@pytest.mark.parametrize(
    "trajectory, words", [(AWAY, "SGD ends outside"), (GONE, "momentum diverged at step 2: the")]
)
def test_a_path_that_leaves_says_so_at_the_edge_and_draws_nothing_outside(trajectory, words):
    ax = plots.path(trajectory, ax=plots.contour(RAVINE))
    (left, right), (bottom, top) = RAVINE.window
    assert any(text.startswith(words) for text in texts(ax))
    chevron = [line for line in ax.get_lines() if line.get_marker() in ("<", ">", "^", "v")][-1]
    (x, y), side = chevron.get_xydata()[0], chevron.get_marker()
    assert {"<": x == left, ">": x == right, "v": y == bottom, "^": y == top}[side]
    for line in casing(ax):  # a piece with both ends outside is not drawn
        x, y = line.get_xydata().T
        inside = (x >= left) & (x <= right) & (y >= bottom) & (y <= top)
        assert (inside[:-1] | inside[1:]).all()


def label_boxes(ax):
    ax.figure.canvas.draw()
    return [Text.get_window_extent(text) for text in MapLabels.on(ax).texts]


@pytest.mark.parametrize("place", [(0, 0), (-10.9, 1.45), (2.9, -1.45), (2.9, 0), (-10.9, 0)])
def test_labels_of_one_place_make_room_for_each_other_and_stay_inside(place):
    ax = plots.contour(RAVINE)
    for name in ("one", "two", "three"):
        plots.arrow((-4, 0.5), place, name, ax=ax)
    boxes, frame = label_boxes(ax), ax.get_window_extent()
    for row, a in enumerate(boxes):
        assert frame.x0 <= a.x0 and a.x1 <= frame.x1 and frame.y0 <= a.y0 and a.y1 <= frame.y1
        assert not any(a.overlaps(b) for b in boxes[row + 1 :])


def test_labels_of_a_map_keep_off_each_other_and_inside():
    ax = plots.contour(RAVINE)
    for trajectory in PATHS:
        plots.path(trajectory, ax=ax)
    ax.figure.canvas.draw()
    frame = ax.get_window_extent()
    boxes = label_boxes(ax)
    for place, a in enumerate(boxes):
        assert frame.x0 <= a.x0 and a.x1 <= frame.x1 and frame.y0 <= a.y0 and a.y1 <= frame.y1
        assert not any(a.overlaps(b) for b in boxes[place + 1 :])


@pytest.mark.parametrize(
    "trajectory",
    [
        run(BEALE, adam, BEALE.start + np.zeros((3, 2)), 0.01, steps=4),
        run(BEALE, sgd, BEALE.start, 1e-3, steps=2, keep_path=False),
    ],
)
def test_path_of_many_runs_or_none_gets_a_sentence(trajectory):
    with pytest.raises(ValueError, match="path draws one run"):
        plots.path(trajectory)


def test_arrow_leads_from_start_to_end_in_the_rules_color():
    ax = plots.arrow([0, 1], [2, 3], "nesterov")
    arrow = next(t for t in ax.texts if t.arrow_patch and not t.get_text())
    assert tuple(arrow.xy) == (2, 3) and tuple(arrow.xyann) == (0, 1)
    assert to_hex(arrow.arrow_patch.get_edgecolor()) == STYLES["nesterov"].color.lower()
    assert texts(ax) == ["Nesterov"] and texts(plots.arrow([0, 1], [2, 3], "sgd", label="")) == []


def test_cloud_shows_every_point_and_their_mean():
    points = np.random.default_rng(0).normal([3, 1], 1, (40, 2))
    ax = plots.cloud(points, center=[1, 1], name="sgd", label="mean gradient")
    (rays,) = ax.collections
    np.testing.assert_allclose([ray[1] for ray in rays.get_segments()], points)
    assert {tuple(ray[0]) for ray in rays.get_segments()} == {(1.0, 1.0)}
    arrow = next(t for t in ax.texts if t.arrow_patch and not t.get_text())
    np.testing.assert_allclose(arrow.xy, points.mean(axis=0))
    assert texts(ax) == ["mean gradient"]
    assert not plots.cloud(points, arrows=False).collections


def test_scatter_has_a_mark_for_each_run_and_a_look_for_each_value():
    xs, ys = [[1, 2, 9], [3, 4]], [[1, 1, 5], [2, 2]]
    ax = plots.scatter(xs, ys, ["few", "many"], xlabel="sharpness")
    lines = ax.get_lines()
    assert [line.get_xdata().tolist() for line in lines] == xs
    assert len({line.get_mec() for line in lines} | {line.get_marker() for line in lines}) == 4
    assert [(text.get_text(), *text.xy) for text in ax.texts] == [("few", 2, 5), ("many", 3.5, 2)]
    hued = plots.scatter(xs, ys, ["few", "many"], hues=["adam", "sgd"]).get_lines()
    assert [line.get_mec() for line in hued] == [style_of("adam").color, style_of("sgd").color]
    with pytest.raises(ValueError, match="as many xs as ys and labels"):
        plots.scatter(xs, ys, ["few"])


def test_dots_show_every_run_in_the_row_of_its_name_and_the_median():
    runs = [[3, 1, 1], [5, 4]]
    ax = plots.dots(["first", "second"], runs, colors=["sgd", "adam"], xlabel="misread")
    rows, bars = ax.get_lines()[::2], ax.get_lines()[1::2]
    assert [sorted(row.get_xdata().tolist()) for row in rows] == [[1, 1, 3], [4, 5]]
    assert len(set(rows[0].get_ydata().tolist())) == 3  # equal runs are set apart
    assert [set(bar.get_xdata()) for bar in bars] == [{1}, {4}]
    assert [text.get_text() for text in ax.get_yticklabels()] == ["first", "second"]
    assert ax.yaxis_inverted() and len({row.get_color() for row in rows}) == 2
    with pytest.raises(ValueError, match="2 labels but 1 rows"):
        plots.dots(["first", "second"], [[1]])


def test_surface3d_lays_the_path_on_the_surface():
    ax = plots.surface3d(RAVINE, PATHS[1])
    blue = [line for line in ax.get_lines() if to_hex(line.get_color()) == "#0072b2"]
    x, y, z = blue[0].get_data_3d()
    np.testing.assert_array_equal(np.stack([x, y], axis=-1), PATHS[1].w)
    usual = RAVINE.f(x, y) / np.sinh(z)  # one height: what is lower is drawn as it is
    np.testing.assert_allclose(usual, usual[0])
    assert 0.1 < usual[0] < 1
    assert "momentum" in texts(ax)
    assert len([line for line in ax.get_lines() if line.get_marker() == "*"]) == 1


def test_line_of_a_path_alone_fits_its_own_window():
    ax = plots.path(PATHS[0])
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    assert left < -10 and right > PATHS[0].w[:, 0].max() and bottom < 0 < 1 < top
    assert texts(ax) == ["start", "SGD"]
