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


def one_cycle(total, rise=0.3, first=0.04, last=4e-6):
    """Rise on half a cosine from ``first`` to 1, then fall on another to ``last``.

    The rise takes the share ``rise`` of all ``total`` updates. These are the numbers and the
    steps of torch's OneCycleLR: update ``rise * total - 1`` has the largest rate and the last
    one the smallest. Momentum, which torch lets fall and rise against it, is left alone.

    Parameters
    ----------
    total : int
    rise, first, last : float

    Returns
    -------
    Schedule

    References
    ----------
    Smith & Topin (2018).
    """
    _require_positive(total=total)
    top = rise * total - 1
    if not 0 < top < total - 1:
        raise ValueError(
            f"rise * total must be between 1 and total, got {rise} of {total} updates."
        )

    def factor(t):
        up = (1 - np.cos(np.pi * np.minimum(t, top) / top)) / 2
        down = (1 + np.cos(np.pi * (np.clip(t, top, total - 1) - top) / (total - 1 - top))) / 2
        return np.where(t < top, first + (1 - first) * up, last + (1 - last) * down)

    return factor


def wsd(total, warm, decay, floor=0.0):
    """Warm up, stay, decay: rise to 1 in ``warm`` updates, fall to ``floor`` in the last ``decay``.

    Both on straight lines; between them the rate stays where it is.

    Parameters
    ----------
    total, warm, decay : int
    floor : float or array, ``(*runs,)``

    Returns
    -------
    Schedule

    References
    ----------
    Hu et al. (2024).
    """
    _require_positive(total=total, decay=decay)
    if warm + decay > total:
        raise ValueError(
            f"warm + decay must be at most total, got {warm} + {decay} of {total} updates."
        )
    fall = linear(decay, floor)
    return warmup(warm, then=lambda t: fall(np.maximum(t - (total - warm - decay), 0)))


def usual_schedules(total, warm=None):
    """Give the schedules that people use, for ``total`` updates, each ready to run.

    Parameters
    ----------
    total : int
    warm : int, optional
        For a fair comparison: all rise in ``warm`` updates; one-cycle rises in its own way. Then
        "warmup" and "warmup + cosine" are missing: they are "constant" and "cosine".

    Returns
    -------
    dict
        Name -> Schedule. Warmup takes a tenth of all updates (a twentieth in WSD), WSD decays in
        the last fifth, step decay falls tenfold after each third.
    """
    left, decay = total - (warm or 0), round(total / 5)
    plans = {"constant": constant(), "step decay": step_decay(-(-left // 3))}
    plans |= {"exponential": exponential(0.01 ** (1 / left))}
    plans |= {"linear": linear(left), "cosine": cosine(left)}
    if warm is None:
        rise = round(total / 10)
        plans |= {"warmup": warmup(rise), "warmup + cosine": warmup(rise, cosine(total - rise))}
        plans |= {"one-cycle": one_cycle(total), "WSD": wsd(total, round(total / 20), decay)}
        return plans
    plans["WSD"] = wsd(left, 0, decay)
    warmed = {name: warmup(warm, then=plan) for name, plan in plans.items()}
    return warmed | {"one-cycle": one_cycle(total)}


def _require_positive(**values):
    for name, value in values.items():
        if not value > 0:
            raise ValueError(f"{name} must be greater than 0, got {value}.")
