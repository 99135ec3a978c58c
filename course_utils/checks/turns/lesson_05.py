"""Lesson 05: Adam, and what is left of it when everything is taken away."""

import numpy as np

from ...optimizers import adam
from .task import task

task(name="my_adam")(adam)


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
