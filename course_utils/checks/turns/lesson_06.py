"""Lesson 06: noise that turns an order round, AdamW in full, and which weights decay."""

import numpy as np

from ...optimizers import adam, adamw
from .task import Complaint, task, walk


def _turns(gradients_of, rng):
    """Which weight ends larger, told so that every noise that turns the order is as good."""
    grads = np.asarray(gradients_of(2000), float)
    if grads.shape != (2000, 2) or not np.isfinite(grads).all():
        raise Complaint("Return an array of shape (n, 2): n gradients for each of the two weights.")
    if (np.abs(grads.sum(axis=0)) > 1e-3 * np.abs(grads).sum(axis=0)).any():
        raise Complaint(
            "The gradients of a weight have to balance: the sum of each column is 0. Else it is "
            "the loss that moves the weight, not the penalty."
        )
    w, state = np.array([1.0, 2.0]), {}
    for grad in grads:
        w, state = adam(w, grad + 0.1 * w, state, 0.001)
    return {
        "1 if the weight from 2 ends below the other, else 0,": float(w[1] < w[0]),
        "1 if Adam with L2 leaves both alike, else 0,": float(abs(w[0] - w[1] / 2) < 0.05),
    }


@task(trial=_turns)
def turned_round(n):
    """Loud noise for the weight that starts at 1, quiet noise for the one that starts at 2."""
    sign = np.where(np.arange(n) % 2 == 0, 1.0, -1.0)
    return sign[:, None] * [10.0, 0.001]


def _decaying(rule, rng):
    """Steps of one run, then of two with another λ, with large weights so that λ w counts."""
    points = {}
    for shape, decay, beta2 in (((4,), 0.2, 0.999), ((2, 4), 0.7, 0.99)):
        start = rng.uniform(2, 5, shape) * [1, -1, 1, -1]
        grads = rng.uniform(0.5, 3, (4, *shape)) * [1, 1, -1, -1]
        settings = {"beta2": beta2, "weight_decay": decay}
        for t, w in enumerate(walk(rule, start, grads, 0.3, settings), 1):
            points[f"w after step {t}, with weight_decay {decay},"] = w
    return points


task(trial=_decaying, name="my_adamw")(adamw)


def _in_arrays(function, rng):
    """What the function gives; a list of decays is as good as an array."""
    some = [((4, 2), (4,), (1, 4), (1,)), ((3,), (1, 5), (2, 2, 2)), ((1, 1), (1,))]
    return {f"shapes {of}": np.asarray(function(of, 0.1 * n)) for n, of in enumerate(some, 1)}


@task(trial=_in_arrays)
def decays(shapes, weight_decay):
    """A weight decay for each number: none for biases and other rows of numbers."""
    parts = []
    for shape in shapes:
        parts.append(np.full(np.prod(shape), weight_decay if len(shape) > 1 else 0.0))
    return np.concatenate(parts)
