"""Lesson 07: a schedule that stays and falls, and the rates of a learning-rate finder."""

import numpy as np

from .task import on_inputs, task


@task([(t, 10, 4) for t in (0, 5, 6, 7, 9)] + [(30, 50, 40)])
def stay_then_fall(t, total, decay):
    """1 until the last `decay` updates, then a straight line to 0 at t = total."""
    return np.minimum(1, (total - t) / decay)


def in_arrays(function, rng):
    """What the function gives; a list of rates is as good as an array."""
    given = on_inputs([(0.01, 1.0, 5), (0.5, 4.0, 4)])(function, rng)
    return {call: np.asarray(rates) for call, rates in given.items()}


@task(trial=in_arrays)
def rates_to_try(low, high, steps):
    """Rates from low to high, each the same number of times the one before."""
    return low * (high / low) ** (np.arange(steps) / (steps - 1))
