"""Lesson 01: a step downhill, a gradient without calculus, and the best rate of a ravine."""

import numpy as np

from .task import task


@task(lambda rng: [(rng.uniform(1, 3, 2), rng.uniform(1, 3, 2), lr) for lr in (0.1, 0.5)])
def gd_step(w, grad, lr):
    """One step of gradient descent."""
    return w - lr * grad


def valley(w):
    return w[0] ** 2 + 3 * w[0] * w[1] ** 3


@task(lambda rng: [(valley, rng.uniform(1, 2, 2), 0.1) for _ in range(2)])
def slopes(f, w, h=1e-4):
    """The gradient of f at w by central differences, one weight after the other."""
    return np.array([(f(w + h * e) - f(w - h * e)) / (2 * h) for e in np.eye(len(w))])


@task([(0.1, 1.0), (0.5, 4.0), (2.0, 3.0)])
def best_rate(lam_min, lam_max):
    """The rate at which a step shrinks the flattest and the steepest direction alike."""
    return 2 / (lam_min + lam_max)
