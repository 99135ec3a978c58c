"""Learning-rate schedules: each call returns a function t -> factor on ``lr``.

``t`` counts updates from 0 and may be an integer or an array of them. Past its end a schedule
keeps its last value.
"""

import numpy as np


def constant():
    """Leave the learning rate as it is: 1.

    Returns
    -------
    Schedule
    """
    return lambda t: 1.0 + 0.0 * t


def step_decay(every, factor=0.1):
    """Multiply by ``factor`` after each ``every`` updates: factor^⌊t / every⌋.

    Parameters
    ----------
    every : int
    factor : float

    Returns
    -------
    Schedule
    """
    _require_positive(every=every, factor=factor)
    return lambda t: float(factor) ** (t // every)


def exponential(rate):
    """Multiply by ``rate`` after each update: rate^t.

    Parameters
    ----------
    rate : float

    Returns
    -------
    Schedule
    """
    _require_positive(rate=rate)
    return lambda t: float(rate) ** t


def linear(total, floor=0.0):
    """Fall on a straight line from 1 to ``floor`` in ``total`` updates.

    Parameters
    ----------
    total : int
    floor : float or array, ``(*runs,)``

    Returns
    -------
    Schedule
    """
    _require_positive(total=total)
    return lambda t: 1 - (1 - floor) * np.minimum(t, total) / total


def cosine(total, floor=0.0, cycles=1):
    """Fall on half a cosine from 1 to ``floor`` in ``total`` updates.

    floor + (1 - floor) (1 + cos(π p)) / 2 with p = t / total

    Parameters
    ----------
    total : int
    floor : float or array, ``(*runs,)``
    cycles : int
        Repeat the fall so many times within ``total``, each time from 1 again.

    Returns
    -------
    Schedule

    References
    ----------
    Loshchilov & Hutter (2017).
    """
    _require_positive(total=total, cycles=cycles)

    def factor(t):
        turns = np.minimum(t, total) / total * cycles
        progress = np.where(turns < cycles, turns % 1.0, 1.0)
        return floor + (1 - floor) * (1 + np.cos(np.pi * progress)) / 2

    return factor


def warmup(steps, then=None):
    """Rise on a straight line from 0 to 1 in ``steps`` updates, then follow ``then``.

    t / steps for t < steps, then ``then(t - steps)``: the very first update has rate 0.

    Parameters
    ----------
    steps : int
    then : Schedule
        By default constant.

    Returns
    -------
    Schedule

    References
    ----------
    Goyal et al. (2017).
    """
    if steps < 0:
        raise ValueError(f"warmup needs steps of 0 or more, got {steps}.")
    then = constant() if then is None else then
    if steps == 0:
        return then
    return lambda t: np.where(t < steps, t / steps, then(np.maximum(t - steps, 0)))


def _require_positive(**values):
    for name, value in values.items():
        if not value > 0:
            raise ValueError(f"{name} must be greater than 0, got {value}.")
