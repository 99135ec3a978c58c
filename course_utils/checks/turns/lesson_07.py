"""Lesson 07: two whole schedules, and the factors that a loop with a bug uses instead."""

import numpy as np

from .task import task


def _by_name(*names):
    """A trial on tuples of arguments, which its messages tell by their names."""

    def on(calls):
        def trial(function, rng):
            found = {}
            for call in calls:
                told = [f"{name} = {value}" for name, value in zip(names, call, strict=True)]
                found[f"{', '.join(told)}: the factor"] = function(*call)
            return found

        return trial

    return on


_WSD = [(t, 20, 5, 4) for t in (0, 1, 3, 5, 10, 16, 17, 19)] + [(45, 50, 10, 40)]
_COSINE = [(t, 20, 5) for t in (0, 1, 4, 5, 6, 10, 15, 19)] + [(30, 50, 10)]


@task(trial=_by_name("t", "total", "warm", "decay")(_WSD))
def my_wsd(t, total, warm, decay):
    """Up to 1 in `warm` updates, stay, down to 0 in the last `decay`, on straight lines."""
    return min(t / warm, 1, (total - t) / decay)


@task(trial=_by_name("t", "total", "warm")(_COSINE))
def warm_cosine(t, total, warm):
    """Up to 1 in `warm` updates on a straight line, then half a cosine down to 0 at `total`."""
    if t < warm:
        return t / warm
    return (1 + np.cos(np.pi * (t - warm) / (total - warm))) / 2


def _factors(function, rng):
    """The first factors for a schedule that rises and for one that falls."""
    schedules = {"t / 10": lambda t: t / 10, "9 / (t + 10)": lambda t: 9 / (t + 10)}
    return {
        f"schedule(t) = {name}, t = {t}: the factor": function(schedule, t)
        for name, schedule in schedules.items()
        for t in range(4)
    }


@task(trial=_factors)
def factor_in_loop(schedule, t):
    """The factors of a loop that sets the rate after the step: 1, then schedule(0), …"""
    return 1.0 if t == 0 else schedule(t - 1)
