"""Lesson 05: Adam, its correction, and what is left when everything is taken away."""

import numpy as np

from ...optimizers import adam
from .task import task

task(name="my_adam")(adam)


@task([(1, 0.9, 0.999), (12, 0.8, 0.99), (np.array([2.0, 50.0]), 0.9, 0.95)])
def too_large(t, beta1, beta2):
    """By which factor Adam's step on a steady gradient is too large without corrections."""
    return (1 - beta1**t) / np.sqrt(1 - beta2**t)


def _noisy_steps(rule, rng):
    w, points = rng.uniform(-1, 1, 4), {}
    for t in range(1, 4):
        w, _ = rule(w, rng.choice([-1, 1], 4) * rng.uniform(0.01, 50, 4), {}, 0.1)
        points[f"w after step {t}"] = w
    return points


@task(trial=_noisy_steps)
def sign_descent(w, grad, state, lr):
    """Adam without means and without ε."""
    return w - lr * np.sign(grad), state
