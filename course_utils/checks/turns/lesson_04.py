"""Lesson 04: two rules with a rate for each weight, ε inside the root, gradients that stall."""

import numpy as np

from ...optimizers import adagrad, rmsprop
from .task import Complaint, task

task(name="my_adagrad")(adagrad)
task(name="my_rmsprop")(rmsprop)


@task()
def rmsprop_within(w, grad, state, lr, alpha=0.99, eps=1e-8):
    """RMSprop with ε inside the root."""
    s = alpha * state.get("s", 0.0) + (1 - alpha) * grad**2
    return w - lr * grad / np.sqrt(s + eps), {"s": s}


def stalled(gradients_of, rng):
    """Whether RMSprop still moves at the end, and whether Adagrad doesn't: all such cases alike."""
    n = 4000
    gradients = np.asarray(gradients_of(n), float)
    if gradients.shape != (n,) or not np.isfinite(gradients).all():
        raise Complaint("Return n finite numbers, one gradient for each step.")
    if gradients[-1] == 0:
        raise Complaint("The last gradient is 0, and with it the step of every rule.")
    last = {}
    for rule in (adagrad, rmsprop):
        w, state = np.zeros(1), {}
        for grad in gradients:
            before = w
            w, state = rule(w, grad[None], state, 1.0)
        last[rule] = abs(w - before).item()
    return {
        "1 if RMSprop's last step is longer than η/2, else 0,": float(last[rmsprop] > 1 / 2),
        "1 if Adagrad's is shorter than η/1000, else 0,": float(last[adagrad] < 1 / 1000),
    }


@task(trial=stalled)
def stall_adagrad(n):
    """Large slopes first, then small ones for long enough to forget."""
    return np.where(np.arange(n) < 1000, 1.0, 0.01)
