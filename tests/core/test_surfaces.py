"""Every surface: its gradient against finite differences, its minima, its window."""

import numpy as np
import pytest

from course_utils.surfaces import RAVINE, SADDLE, SURFACES, Surface, ravine

EVERY = [*SURFACES.values(), ravine(1), ravine(10_000)]
every_surface = pytest.mark.parametrize("surface", EVERY, ids=lambda s: s.name)


def points_in(surface, n=200, seed=0):
    low, high = np.array(surface.window).T
    return np.random.default_rng(seed).uniform(low, high, (n, 2))


@every_surface
def test_gradient_equals_finite_differences(surface):
    w, h = points_in(surface), 1e-6
    _, grad = surface(w)
    for axis in (0, 1):
        step = h * np.eye(2)[axis]
        slope = (surface(w + step)[0] - surface(w - step)[0]) / (2 * h)
        scale = 1 + np.abs(slope).max()
        np.testing.assert_allclose(grad[:, axis] / scale, slope / scale, atol=1e-8)


@every_surface
def test_minima_are_minima(surface):
    heights, grads = surface(surface.minima)
    np.testing.assert_allclose(grads, 0, atol=1e-12)
    np.testing.assert_allclose(heights, heights[0], atol=1e-15)
    assert (surface(points_in(surface))[0] > heights[0]).all()
    around = 1e-3 * np.random.default_rng(1).normal(size=(500, 1, 2)) + surface.minima
    assert (surface(around)[0] > heights).all()
    np.testing.assert_array_equal(surface.distance(surface.minima), 0)


@every_surface
def test_start_and_minima_lie_in_the_window(surface):
    low, high = np.array(surface.window).T
    for point in [surface.start, *surface.minima]:
        assert (low <= point).all() and (point <= high).all()


@every_surface
def test_takes_any_runs_axes_and_keeps_float32(surface):
    w = points_in(surface, 12)
    loss, grad = surface(w.reshape(3, 4, 2))
    assert loss.shape == (3, 4) and grad.shape == (3, 4, 2)
    np.testing.assert_array_equal(grad.reshape(12, 2), surface(w)[1])
    assert surface(w[0])[0].shape == ()
    loss, grad = surface(w.astype(np.float32))
    assert loss.dtype == grad.dtype == np.float32


def test_a_learners_surface_may_have_a_constant_slope():
    slope = Surface(
        "slope", lambda x, y: 2 * x, lambda x, y: (2.0, 0.0), (0, 0), [], ((0, 1), (0, 1))
    )
    np.testing.assert_array_equal(slope(np.zeros((3, 2)))[1], [[2, 0]] * 3)
    with pytest.raises(ValueError, match="slope has no minimum"):
        slope.distance(np.zeros(2))


def test_distance_is_to_the_nearest_minimum():
    np.testing.assert_allclose(SADDLE.distance(np.array([[0, 0.5], [3, -1]])), [0.5, 3])
    far = SADDLE.distance(np.array([[1e200, 0], [np.nan, 0]]))  # diverged runs, no warning
    assert np.isinf(far[0]) and np.isnan(far[1])


def test_the_ravine_starts_with_half_its_loss_on_the_wall_and_half_on_the_floor():
    for part in (RAVINE.start * [1, 0], RAVINE.start * [0, 1]):
        assert RAVINE(part)[0] == 0.5
    assert RAVINE.start.tolist() == [-10, 1]


def test_ravine_has_its_condition_number():
    w = np.array([1.0, 1.0])
    assert ravine(50)(w)[1].tolist() == [1 / 50, 1]
    with pytest.raises(ValueError, match="condition must be 1 or more, got 0"):
        ravine(0)
