"""Small data sets, the same for every learner: a seed draws them, or they come with the package."""

import random
from pathlib import Path

import numpy as np


def circle(n=200, seed=42):
    """Draw points in the square [-2, 2]² and label those inside the circle x² + y² < 1.5.

    The points come from Python's ``random.Random``, whose sequence is the same in every version
    and on every machine.

    Parameters
    ----------
    n : int
    seed : int

    Returns
    -------
    X : array, ``(n, 2)``
    y : array, ``(n,)``
        0.0 outside, 1.0 inside.
    """
    draw = random.Random(seed)
    X = np.array([[draw.uniform(-2, 2), draw.uniform(-2, 2)] for _ in range(n)]).reshape(n, 2)
    return X, (X[:, 0] * X[:, 0] + X[:, 1] * X[:, 1] < 1.5).astype(float)


def moons(n=200, noise=0.15, seed=0):
    """Draw two half circles that reach into each other, one for each label.

    The upper one has its middle at (-½, -¼), the lower one at (½, ¼); both have radius 1.

    Parameters
    ----------
    n : int
        Points in all; label 1 gets ⌊n / 2⌋ of them.
    noise : float
        Standard deviation of what is added to each coordinate.
    seed : int

    Returns
    -------
    X : array, ``(n, 2)``
    y : array, ``(n,)``
        0.0 for the upper moon, 1.0 for the lower.
    """
    rng, y = np.random.default_rng(seed), _two_labels(n)
    angle = np.pi * (rng.random(n) + y)
    X = np.stack([np.cos(angle) - 0.5 + y, np.sin(angle) - 0.25 + 0.5 * y], axis=-1)
    return X + noise * rng.normal(size=X.shape), y


def spirals(n=200, turns=1.25, noise=0.05, seed=0):
    """Draw two arms of a spiral around the origin, one for each label.

    Along an arm the radius grows with the angle, from 0.1 to 2. One arm is the other, turned by
    half a circle. (After Lang & Witbrock, 1988)

    Parameters
    ----------
    n : int
        Points in all; label 1 gets ⌊n / 2⌋ of them.
    turns : float
        How often an arm goes round.
    noise : float
        Standard deviation of what is added to each coordinate.
    seed : int

    Returns
    -------
    X : array, ``(n, 2)``
    y : array, ``(n,)``
        0.0 and 1.0.
    """
    rng, y = np.random.default_rng(seed), _two_labels(n)
    along = np.sqrt(rng.random(n))  # the root spreads points evenly over the length of the arm
    angle, radius = 2 * np.pi * turns * along + np.pi * y, 0.1 + 1.9 * along
    X = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    return X + noise * rng.normal(size=X.shape), y


def digits():
    """Load 1,797 handwritten digits as pictures of 8 by 8 pixels.

    Ten classes of 174 to 183 pictures, written by 13 people. It is the test part of *Optical
    Recognition of Handwritten Digits* (Alpaydin & Kaynak, 1998, UCI Machine Learning
    Repository, licensed CC BY 4.0), taken from scikit-learn's copy.

    Returns
    -------
    X : array, ``(1797, 64)``
        Gray from 0, the paper, to 1, row by row.
    y : array of int, ``(1797,)``
        The digit.
    """
    with np.load(Path(__file__).with_name("digits.npz")) as file:
        return file["pixels"] / 16.0, file["labels"].astype(int)


def split(X, y, test=0.25, seed=0):
    """Shuffle and cut a data set in two.

    Parameters
    ----------
    X : array, ``(n, …)``
    y : array, ``(n,)``
    test : float
        Share of points that go to the test part, between 0 and 1.
    seed : int

    Returns
    -------
    X_train, X_test, y_train, y_test : array
    """
    if not 0 < test < 1:
        raise ValueError(f"test must be a share between 0 and 1, got {test}.")
    if len(X) != len(y):
        raise ValueError(f"X has {len(X)} points but y has {len(y)} labels.")
    order = np.random.default_rng(seed).permutation(len(X))
    kept, held_out = np.split(order, [len(X) - round(test * len(X))])
    return X[kept], X[held_out], y[kept], y[held_out]


def mislabel(X, y, share, seed=0):
    """Give some points a wrong label, drawn from those of the other classes.

    Parameters
    ----------
    X : array, ``(n, …)``
    y : array, ``(n,)``
        Numbers of classes: 0, 1, ….
    share : float
        The probability that a label is wrong.
    seed : int

    Returns
    -------
    X, y : array
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share must be between 0 and 1, got {share}.")
    rng, classes = np.random.default_rng(seed), int(np.max(y)) + 1
    wrong = rng.random(len(y)) < share
    return X, np.where(wrong, (y + rng.integers(1, classes, len(y))) % classes, y)


def _two_labels(n):
    return (np.arange(n) >= n - n // 2).astype(float)
