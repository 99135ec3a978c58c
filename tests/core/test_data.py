"""The circle data are the tutorial's, number for number."""

import random

import numpy as np
import pytest

from course_utils.data import circle, digits, mislabel, moons, spirals, split


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


@pytest.mark.parametrize("draw", [moons, spirals])
class TestTwoShapes:
    def test_labels_are_shared_evenly_and_seeds_alone_decide(self, draw):
        X, y = draw(n=101, seed=3)
        assert X.shape == (101, 2) and (y == 0).sum() == 51 and (y == 1).sum() == 50
        np.testing.assert_array_equal(draw(n=101, seed=3)[0], X)
        assert not np.array_equal(draw(n=101, seed=4)[0], X)

    def test_noise_has_the_size_asked_for(self, draw):
        gaps = draw(n=20_000, noise=0.3, seed=1)[0] - draw(n=20_000, noise=0.0, seed=1)[0]
        assert gaps.std() == pytest.approx(0.3, rel=0.02) and abs(gaps.mean()) < 0.01


def test_moons_are_half_circles_around_two_middles():
    X, y = moons(n=400, noise=0.0)
    for label, middle, side in ((0, (-0.5, -0.25), 1), (1, (0.5, 0.25), -1)):
        around = X[y == label] - middle
        np.testing.assert_allclose(np.hypot(*around.T), 1)
        assert (side * around[:, 1] >= -1e-12).all()
        assert around[:, 0].min() < -0.99 and around[:, 0].max() > 0.99


def test_spirals_wind_as_often_as_asked_half_a_circle_apart():
    X, y = spirals(n=4000, turns=1.25, noise=0.0)
    radius = np.hypot(*X.T)
    turned = 2 * np.pi * 1.25 * (radius - 0.1) / 1.9 + np.pi * y
    np.testing.assert_allclose(
        X, radius[:, None] * np.c_[np.cos(turned), np.sin(turned)], atol=1e-12
    )
    assert 0.1 <= radius.min() < 0.2 and 1.99 < radius.max() <= 2.0


def test_digits_are_those_of_the_repository():
    """Sizes and counts as scikit-learn prints them; a picture of 0 has a hole, one of 1 none."""
    X, y = digits()
    assert X.shape == (1797, 64) and y.shape == (1797,) and y.dtype == int
    assert np.bincount(y).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert X.min() == 0 and X.max() == 1 and np.isin(16 * X, np.arange(17)).all()
    assert y[:10].tolist() == list(range(10))
    zero, one = (X[y == digit].mean(axis=0).reshape(8, 8) for digit in (0, 1))
    assert zero[3:5, 3:5].max() < 0.3 < 0.7 < one[3:5, 3:5].max()


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


@pytest.mark.parametrize("y", [circle(2000)[1], digits()[1]], ids=["two classes", "ten"])
def test_mislabel_gives_a_share_of_points_the_label_of_another_class(y):
    X = np.arange(len(y))
    same, wrong = mislabel(X, y, 0.2, seed=3)
    assert same is X and (wrong != y).mean() == pytest.approx(0.2, abs=0.03)
    assert set(wrong) == set(y)
    assert np.array_equal(wrong, mislabel(X, y, 0.2, seed=3)[1])
    assert np.array_equal(mislabel(X, y, 0.0)[1], y) and (mislabel(X, y, 1.0)[1] != y).all()
    with pytest.raises(ValueError, match="between 0 and 1"):
        mislabel(X, y, 1.2)
