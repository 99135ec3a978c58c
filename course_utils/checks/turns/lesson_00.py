"""Lesson 00: the plainest rule, to be seen in a race."""

from ...optimizers import sgd
from .task import task

task(name="my_sgd")(sgd)
