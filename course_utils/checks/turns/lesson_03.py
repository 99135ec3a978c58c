"""Lesson 03: momentum, its rate where velocity is an average, and the beta of no swing."""

import numpy as np

from ...optimizers import momentum
from .task import task

task(name="my_momentum")(momentum)


@task([(0.1, 0.9), (0.02, 0.99), (0.5, 0.0)])
def same_rate(lr, beta):
    """The lr with which averaged momentum does what momentum does with this lr."""
    return lr / (1 - beta)


@task([(0.01, 1.0), (0.1, 0.4), (np.array([0.5, 0.02]), 0.5)])
def critical_beta(lr, curvature):
    """The beta of critical damping: lr * curvature is (1 - sqrt(beta))²."""
    return (1 - (lr * curvature) ** 0.5) ** 2
