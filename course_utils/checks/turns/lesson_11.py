"""Lesson 11: Lion, one step of Newton and Schulz, and a rule without a schedule."""

import numpy as np

from .task import task, walk


def both_ways(rule, rng):
    """Eight steps with gradients of both signs, long ones and short ones; then other betas."""
    points = {}
    for kind, settings in (("", {}), ("other betas, ", {"beta1": 0.5, "beta2": 0.8})):
        grads = (
            rng.uniform(1, 3, (8, 6)) * rng.choice([-1, 1], (8, 6)) * rng.choice([0.1, 1], (8, 6))
        )
        for t, w in enumerate(walk(rule, rng.uniform(1, 3, 6), grads, 0.2, settings), 1):
            points[f"{kind}w after step {t}"] = w
    return points


@task(trial=both_ways)
def lion(w, grad, state, lr, beta1=0.9, beta2=0.99):
    """Step by the sign of a mean that leans to the new gradient; keep a slower mean."""
    m = state.get("m", 0.0)
    step = np.sign(beta1 * m + (1 - beta1) * grad)
    return w - lr * step, {"m": beta2 * m + (1 - beta2) * grad}


def matrices(rng):
    """A square matrix, a wide one, and a stack of two, with singular values below 1."""
    for shape in ((3, 3), (2, 4), (2, 3, 2)):
        matrix = rng.uniform(0.2, 1, shape)
        yield (matrix / np.linalg.norm(matrix),)


@task(lambda rng: list(matrices(rng)))
def newton_schulz(X):
    """X with each singular value s made a s + b s³ + c s⁵."""
    a, b, c = 3.4445, -4.7750, 2.0315
    A = X @ X.mT
    return a * X + (b * A + c * A @ A) @ X


@task()
def schedule_free(w, grad, state, lr, beta=0.9):
    """SGD on z, whose mean is x; the gradient is taken between them."""
    z, x, t = state.get("z", w), state.get("x", w), state.get("t", 0) + 1
    z = z - lr * grad
    x = x + (z - x) / t
    return (1 - beta) * z + beta * x, {"z": z, "x": x, "t": t}
