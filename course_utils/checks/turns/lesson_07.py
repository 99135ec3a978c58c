"""Lesson 07: two whole schedules, and the bug that begins one step too late."""

import numpy as np

from .task import Complaint, task


@task([(t, 20, 5, 4) for t in (0, 1, 3, 5, 10, 16, 17, 19)] + [(45, 50, 10, 40)])
def my_wsd(t, total, warm, decay):
    """Up to 1 in `warm` updates, stay, down to 0 in the last `decay`, on straight lines."""
    return min(t / warm, 1, (total - t) / decay)


@task([(t, 20, 5) for t in (0, 1, 4, 5, 6, 10, 15, 19)] + [(30, 50, 10)])
def warm_cosine(t, total, warm):
    """Up to 1 in `warm` updates on a straight line, then half a cosine down to 0 at `total`."""
    if t < warm:
        return t / warm
    return (1 + np.cos(np.pi * (t - warm) / (total - warm))) / 2


def _rates(late, rng):
    """The first rates of a rising schedule and of a falling one, one update too late."""
    found = {}
    for name, schedule in (("t / 10", lambda t: t / 10), ("9 / (t + 10)", lambda t: 9 / (t + 10))):
        bug = late(schedule)
        if not callable(bug):
            raise Complaint("Return a function of t, such as `lambda t: schedule(t)`.")
        found |= {f"with schedule(t) = {name}, the rate at t = {t}": bug(t) for t in range(4)}
    return found


@task(trial=_rates)
def one_late(schedule):
    """The rates of a loop that sets the rate after the step: 1, then schedule(0), …"""
    return lambda t: 1.0 if t == 0 else schedule(t - 1)
