"""Lesson 00: the plainest rule, to be seen in a race, and the step at which a race is over."""

import numpy as np

from ...optimizers import sgd
from .task import task

task(name="my_sgd")(sgd)

WAYS = (
    [3.0, 0.05, 0.02, 0.4, 0.08, 0.02],
    [9.0, 2.0, 0.06, 0.3, 0.2, 0.01],
    [0.05, 0.3, 0.2, 0.04],
)


@task([(np.array(way),) for way in WAYS])
def there(distance):
    """The step from which on the distance stays below 0.1."""
    outside = np.flatnonzero(distance >= 0.1)
    return outside[-1] + 1
