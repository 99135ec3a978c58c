"""Lesson 04: two rules with a rate for each weight, gradients that stall, a bowl that turns."""

import numpy as np

from ...optimizers import adagrad, rmsprop
from .task import Complaint, task

task(name="my_adagrad")(adagrad)
task(name="my_rmsprop")(rmsprop)


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
        "RMSprop's last step is longer than η/2 (1: yes, 0: no)": float(last[rmsprop] > 1 / 2),
        "Adagrad's last step is shorter than η/1000 (1: yes, 0: no)": float(
            last[adagrad] < 1 / 1000
        ),
    }


@task(trial=stalled)
def stall_adagrad(n):
    """Large slopes first, then small ones for long enough to forget."""
    return np.where(np.arange(n) < 1000, 1.0, 0.01)


def slope(w):
    """The gradient of a bowl that is steeper, and of another shape, along the second axis."""
    return w * [1.0, 10.0] + [0.0, 1.0] * w**3


def corners(rng):
    """A bowl, three points and a rotation, twice."""
    for degrees in (30, 100):
        c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
        yield slope, rng.uniform(1, 3, (3, 2)), np.array([[c, -s], [s, c]])


@task(lambda rng: list(corners(rng)))
def turned_gradient(bowl, w, turn):
    """The chain rule: into the axes of the bowl, and back."""
    return bowl(w @ turn) @ turn.T
