"""Problems: a seed alone decides the start and the order of samples."""

import numpy as np
import pytest

from course_utils.data import circle
from course_utils.network import MLP
from course_utils.objectives import Classification, quadratic
from course_utils.problems import drawn_problem, matrix_bowl, random_starts, training_problem

NET, (X, Y) = MLP(), circle()


def test_random_starts_have_a_loss_of_1_and_come_from_their_seeds():
    surface, starts = random_starts(quadratic([1.0, 0.1, 3.0]), 3)([4, 7])
    np.testing.assert_allclose(surface(starts)[0], 1.0)
    np.testing.assert_array_equal(random_starts(surface, 3)([7])[1], starts[1:])


def test_random_starts_can_be_unequally_far():
    surface = quadratic(np.ones(10_000))
    (plain,), (spread,) = (random_starts(surface, 10_000, far)([4])[1] for far in (0.0, 0.5))
    assert surface(spread)[0] == pytest.approx(1)
    assert np.std(np.log10(spread / plain)) == pytest.approx(0.5, abs=0.02)


def test_a_training_problem_draws_weights_and_batches_by_seed():
    task, w = training_problem(NET, X, Y, 5)(np.array([2, 3]))
    np.testing.assert_array_equal(w, NET.init(np.array([2, 3])))
    expected = Classification(NET, X, Y, 5, np.array([2, 3])).batch(7)
    np.testing.assert_array_equal(task.batch(7)[0], expected[0])


@pytest.mark.parametrize("size, batches", [(None, [[0, 1, 2, 3]] * 3), (3, [[0, 1, 2], [3, 0, 1]])])
def test_a_drawn_problem_draws_points_and_weights_by_seed(size, batches):
    seeds = [2, 3]
    task, starts = drawn_problem(NET, lambda seed: circle(4, seed=seed), size)(seeds)
    for t, batch in enumerate(batches):
        loss, grad = task(starts, t)
        for run, (w, seed) in enumerate(zip(starts, seeds, strict=True)):
            X, y = circle(4, seed=seed)
            expected = NET.loss_and_grad(NET.init(seed), X[batch], y[batch])
            np.testing.assert_allclose(loss[run], expected[0])
            np.testing.assert_allclose(grad[run], expected[1])
            np.testing.assert_array_equal(w, NET.init(seed))


@pytest.mark.parametrize("turned", [False, True])
def test_a_matrix_bowl_has_its_curvatures_in_any_axes(turned):
    bowl, starts = matrix_bowl(3, condition=9, turned=turned)([4, 5])
    eye = np.eye(9)
    for run, start in enumerate(starts):

        def of_this_run(w, run=run):
            return [part[run] for part in bowl(np.stack([w, w]))]

        hessian = np.array([of_this_run(direction)[1] for direction in eye])
        np.testing.assert_allclose(np.linalg.eigvalsh(hessian), np.repeat([1 / 9, 1 / 3, 1], 3))
        loss, grad = of_this_run(start)
        np.testing.assert_allclose(loss, start @ hessian @ start / 2)
        np.testing.assert_allclose(grad, hessian @ start)
        assert np.allclose(hessian, np.diag(np.diag(hessian))) != turned
