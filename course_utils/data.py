"""Small data sets, the same on every machine."""

import random

import numpy as np


def circle(n=200, seed=42):
    """Draw points in the square [-2, 2]² and label those inside the circle x² + y² < 1.5.

    Returns X of shape ``(n, 2)`` and y of shape ``(n,)`` with values 0.0 and 1.0. The points come
    from Python's ``random.Random``, whose sequence is the same in every version and on every
    machine.
    """
    draw = random.Random(seed)
    X = np.array([[draw.uniform(-2, 2), draw.uniform(-2, 2)] for _ in range(n)]).reshape(n, 2)
    return X, (X[:, 0] * X[:, 0] + X[:, 1] * X[:, 1] < 1.5).astype(float)


def split(X, y, test=0.25, seed=0):
    """Shuffle and cut a data set in two: X_train, X_test, y_train, y_test.

    ``test`` is the share of points that go to the test part, between 0 and 1.
    """
    if not 0 < test < 1:
        raise ValueError(f"test must be a share between 0 and 1, got {test}.")
    if len(X) != len(y):
        raise ValueError(f"X has {len(X)} points but y has {len(y)} labels.")
    order = np.random.default_rng(seed).permutation(len(X))
    kept, held_out = np.split(order, [len(X) - round(test * len(X))])
    return X[kept], X[held_out], y[kept], y[held_out]
