"""The circle data are the tutorial's, number for number."""

import random

import numpy as np
import pytest

from course_utils.data import circle, split


@pytest.mark.parametrize(("n", "seed"), [(200, 42), (1, 7), (0, 1)])
def test_circle_gives_the_tutorials_points_number_for_number(n, seed):
    draw, expected = random.Random(seed), []
    for _ in range(n):
        x, y = draw.uniform(-2, 2), draw.uniform(-2, 2)
        expected.append((x, y, 1.0 if x * x + y * y < 1.5 else 0.0))
    X, y = circle(n, seed)
    assert [
        (*point, label) for point, label in zip(X.tolist(), y.tolist(), strict=True)
    ] == expected
    assert X.shape == (n, 2) and y.shape == (n,)


def test_circle_has_the_tutorials_majority_class():
    assert (circle()[1] == 0).sum() == 143  # of 200: 71.5 %


def test_circle_leaves_the_global_generator_alone():
    random.seed(5)
    state = random.getstate()
    circle()
    assert random.getstate() == state


def test_split_keeps_every_point_once():
    X, y = circle()
    X_train, X_test, y_train, y_test = split(X, y, test=0.3, seed=1)
    assert len(X_test) == len(y_test) == 60 and len(X_train) == len(y_train) == 140
    both = np.column_stack([np.vstack([X_train, X_test]), np.concatenate([y_train, y_test])])
    assert sorted(both.tolist()) == sorted(np.column_stack([X, y]).tolist())
    assert not np.array_equal(X_test, split(X, y, test=0.3, seed=2)[1])
    np.testing.assert_array_equal(X_test, split(X, y, test=0.3, seed=1)[1])


@pytest.mark.parametrize("share", [0, 1, -0.5, 2])
def test_split_refuses_impossible_shares(share):
    with pytest.raises(ValueError, match="share between 0 and 1"):
        split(*circle(), test=share)


def test_split_refuses_unequal_lengths():
    X, y = circle()
    with pytest.raises(ValueError, match="200 points but y has 199"):
        split(X, y[1:])
