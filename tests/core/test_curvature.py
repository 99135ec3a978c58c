"""Sharpness against matrices whose eigenvalues are known, and a network's Hessian in full."""

import numpy as np
import pytest

from course_utils.curvature import sharpness
from course_utils.network import MLP
from course_utils.objectives import Classification, quadratic
from course_utils.surfaces import ROSENBROCK, SADDLE


@pytest.mark.parametrize(
    "curvatures",
    [[3.0], [1.0, 100.0], [5.0, 5.0, 5.0], [-3.0, -1.0, -7.0], [0.0, -2.0], np.arange(1.0, 41.0)],
    ids=str,
)
def test_sharpness_of_a_quadratic_is_its_largest_curvature(curvatures):
    w = np.random.default_rng(0).normal(size=(2, 3, len(curvatures)))
    result = sharpness(quadratic(curvatures), w)
    assert result.shape == (2, 3)
    np.testing.assert_allclose(result, max(curvatures), rtol=1e-6, atol=1e-6)


def test_sharpness_of_surfaces_by_their_hessians_on_paper():
    x, y = -1.2, 1.0
    hessian = [[2 - 400 * y + 1200 * x**2, -400 * x], [-400 * x, 200]]
    assert sharpness(ROSENBROCK, [x, y]) == pytest.approx(np.linalg.eigvalsh(hessian)[-1], rel=1e-6)
    assert sharpness(SADDLE, [[0.0, 0.0], [0.0, 2.0]]) == pytest.approx([1.0, 11.0], rel=1e-6)


def test_sharpness_of_a_network_is_that_of_its_whole_hessian():
    rng = np.random.default_rng(0)
    net = MLP((2, 10, 10, 1), activation="tanh", loss="squared")
    task = Classification(net, rng.normal(size=(20, 2)), rng.normal(size=20))
    w, h = net.init([0, 1]), 1e-5 * np.eye(net.d)
    for point, estimate in zip(w, sharpness(task, w), strict=True):
        hessian = (task(point + h, 0)[1] - task(point - h, 0)[1]) / 2e-5
        exact = np.linalg.eigvalsh((hessian + hessian.T) / 2)[-1]
        assert estimate == pytest.approx(exact, rel=1e-4)


def test_points_that_are_not_finite_have_none_and_leave_others_alone():
    w = np.array([[1.0, 1.0], [np.nan, 1.0], [np.inf, 0.0]])
    result = sharpness(quadratic([1.0, 4.0]), w)
    assert np.isnan(result).tolist() == [False, True, True] and result[0] == pytest.approx(4.0)
