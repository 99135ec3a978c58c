"""Lesson 05: Adam, Adam broken, what is left of it, and gradients that mislead it."""

import numpy as np

from ...optimizers import adam
from .task import Complaint, task

task(name="my_adam")(adam)


@task()
def bare_adam(w, grad, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """Adam without its two corrections."""
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * grad**2
    return w - lr * m / (np.sqrt(v) + eps), {"m": m, "v": v}


def _noisy_steps(rule, rng):
    w, points = rng.uniform(-1, 1, 4), {}
    for t in range(1, 4):
        w, _ = rule(w, rng.choice([-1, 1], 4) * rng.uniform(0.01, 50, 4), {}, 0.1)
        points[f"w after step {t}"] = w
    grad = np.array([0.0, 2.0])
    points["w after a step with the gradients 0 and 2"], _ = rule(w[:2], grad, {}, 0.1)
    return points


@task(trial=_noisy_steps)
def sign_descent(w, grad, state, lr):
    """Adam without means and without ε."""
    return w - lr * np.sign(grad), state


def misled(gradients_of, rng):
    """Whether the mean says down and Adam goes up, told so that every such case is as good."""
    gradients = np.asarray(gradients_of(300), float)
    if gradients.shape != (300,) or not np.isfinite(gradients).all():
        raise Complaint("Return n finite numbers, one gradient for each step.")
    w, state = np.zeros(1), {}
    for grad in gradients:
        w, state = adam(w, grad[None], state, 0.01, beta2=0.95)
    return {
        "1 if the mean is above 0, else 0,": float(gradients.mean() > 0),
        "1 if Adam ends above its start, else 0,": float(w[0] > 0),
    }


@task(trial=misled)
def uphill(n):
    """Many small gradients below 0, and few large ones above."""
    return np.where(np.arange(n) % 100 == 0, 150.0, -1.0)
