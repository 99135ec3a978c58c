"""Lesson 01: a walk downhill, the best rate of a ravine, and the curvature along a direction."""

import numpy as np

from .task import task


def slope(w):
    return w + w**3


@task(lambda rng: [(slope, rng.uniform(1, 2, 2), lr, steps) for lr, steps in ((0.1, 3), (0.2, 2))])
def descend(grad, w, lr, steps):
    """The points of gradient descent, the start among them."""
    path = [w]
    for _ in range(steps):
        w = w - lr * grad(w)
        path.append(w)
    return np.array(path)


@task([(0.1, 1.0), (0.5, 4.0), (2.0, 3.0)])
def best_rate(lam_min, lam_max):
    """The rate at which a step shrinks the flattest and the steepest direction alike."""
    return 2 / (lam_min + lam_max)


def hill(w):
    return w[0] ** 4 + 3 * w[0] * w[1] ** 3


@task(lambda rng: [(hill, rng.uniform(1, 2, 2), rng.uniform(1, 2, 2), h) for h in (0.1, 0.3)])
def curvature(f, w, direction, h=0.1):
    """How fast the slope of f changes along a direction, from three heights."""
    ahead, behind = f(w + h * direction), f(w - h * direction)
    return (ahead - 2 * f(w) + behind) / h**2
