"""Lesson 04: a rate for each weight, and two changes to it."""

from ...optimizers import adagrad, rmsprop
from .task import task

task(name="my_adagrad")(adagrad)
task(name="my_rmsprop")(rmsprop)


@task([(0.99,), (0.9,), (0.75,)])
def first_step(alpha):
    """RMSprop's first step in units of lr, for any gradient but 0."""
    return 1 / (1 - alpha) ** 0.5
