"""Lesson 03: momentum, and two ways to change it."""

from ...optimizers import momentum
from .task import task

task(name="my_momentum")(momentum)


@task()
def averaged_momentum(w, grad, state, lr, beta=0.9):
    """Velocity as an average of gradients instead of a sum."""
    v = beta * state.get("v", 0.0) + (1 - beta) * grad
    return w - lr * v, {"v": v}


@task([(0.1, 0.9), (0.02, 0.99), (0.5, 0.0)])
def same_rate(lr, beta):
    """The lr with which averaged momentum does what momentum does with this lr."""
    return lr / (1 - beta)
