"""Descend: any objective, any rule, any number of runs at once."""

from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from . import contracts
from .apart import for_runs
from .kernels import reuse_freed_memory
from .rules import name_of
from .schedules import constant
from .shapes import as_start, common_runs, over_points
from .trajectory import Recorder


class Step(NamedTuple):
    """Where a descent stands before update t.

    Attributes
    ----------
    t : int
        Number of updates made so far.
    w : array, ``(*runs, d)``
    loss : array, ``(*runs,)``
        objective(w, t).
    grad : array, ``(*runs, d)``
        Its gradient before any clipping.
    lr : float or array
        Learning rate that update t will use, schedule included, in the shape it was given.
    state : dict
        What the rule carries along.
    """

    t: int
    w: np.ndarray
    loss: np.ndarray
    grad: np.ndarray
    lr: Any
    state: dict


def iterate(objective, optimizer, w, lr, *, schedule=None, clip=None, **hyper):
    """Descend without end.

    Parameters
    ----------
    objective, optimizer, w, lr, schedule, clip, **hyper
        As for ``run``.

    Yields
    ------
    Step
        Before each update.
    """
    schedule = schedule or constant()
    first = _first_step(objective, optimizer, w, lr, schedule, clip, hyper)
    steps = _steps(first, objective, optimizer, lr, schedule, clip, hyper)

    def quietly():
        while True:
            with np.errstate(all="ignore"):
                step = next(steps)
            yield step

    return quietly()


def run(
    objective,
    optimizer,
    w,
    lr,
    *,
    steps,
    schedule=None,
    clip=None,
    keep_path=True,
    metrics=None,
    every=1,
    progress=False,
    **hyper,
):
    """Descend for a number of steps.

    Parameters
    ----------
    objective : Objective
    optimizer : Rule
        What it remembers outside ``state``, in a variable of an outer function or an attribute,
        is copied, so that each descent starts alike.
    w : array, ``(*runs, d)``, or Step
        The start, or where to go on from.
    lr : float or array
        Over runs, as is each of ``hyper``. Together with ``w`` and the objective they are
        broadcast to one set of runs; each array has the shape ``(*runs, 1)`` when the rule sees it.
    steps : int
    schedule : Schedule
        Factor on lr, by default constant.
    clip : Clip
        Applied before the rule sees the gradient.
    keep_path : bool
        Keep the points, not the last one alone.
    metrics : dict
        Name -> function of w ``(*runs, d)`` with a value ``(*runs,)``.
    every : int
        Keep points and metrics at every so many steps.
    progress : bool
        Print how far it is.
    **hyper
        Hyperparameters of the rule.

    Returns
    -------
    Trajectory
        A run that meets inf or NaN goes on beside the others; ``diverged`` and ``blowup`` tell.
    """
    contracts.require_count("steps", steps)
    contracts.require_count("every", every)
    schedule = schedule or constant()
    reuse_freed_memory()
    with np.errstate(all="ignore"):
        first = _first_step(objective, optimizer, w, lr, schedule, clip, hyper)
        descent = _steps(first, objective, optimizer, lr, schedule, clip, hyper)
        record = Recorder(first, steps, every, keep_path, metrics or {})
        for row, step in enumerate(islice(descent, steps + 1)):
            record.add(row, step)
            if progress:
                _say(row, steps)
    return record.trajectory(name_of(optimizer), step)


def _first_step(objective, optimizer, w, lr, schedule, clip, hyper):
    contracts.require_objective(objective)
    contracts.require_rule(optimizer, hyper)
    contracts.require_rate(lr)
    if isinstance(w, Step):
        t, w, state = w.t, w.w, w.state
    else:
        t, w, state = 0, as_start(w), {}
    rate = lr * schedule(t)
    settings = {"lr": rate, **hyper}
    shapes = {name: x.shape for name, x in settings.items() if isinstance(x, np.ndarray)}
    runs = common_runs(start=w.shape[:-1], **shapes)
    w = np.broadcast_to(w, (*runs, w.shape[-1]))
    loss, grad = contracts.require_gradient(objective(w, t), w)
    # Every array takes over the memory order that suits the objective. Another order can sum in
    # another order, so the first step is computed in that order too: replay is exact.
    shape = grad.shape if clip is None else np.shape(contracts.require_clipped(clip(grad), grad))
    point = np.empty_like(grad, dtype=w.dtype, shape=shape)
    point[...] = w
    if point.strides != w.strides:
        loss, grad = objective(point, t)
    return Step(t, point, loss, grad, rate, state)


def _steps(step, objective, optimizer, lr, schedule, clip, hyper):
    dtype = step.w.dtype
    hyper = {name: over_points(value, dtype) for name, value in hyper.items()}
    rule = for_runs(optimizer, step.w, over_points(step.lr, dtype), hyper)
    while True:
        yield step
        t, w, _, grad, rate, state = step
        grad = grad if clip is None else clip(grad)
        try:
            result = rule(w, grad, state, over_points(rate, dtype), **hyper)
        except KeyError as error:
            if state:
                raise
            raise contracts.empty_state(optimizer, error.args[0]) from error
        w, state = contracts.require_update(result, w)
        t += 1
        loss, grad = objective(w, t)
        step = Step(t, w, loss, grad, lr * schedule(t), state)


def _say(row, steps):
    if row * 100 // steps != (row - 1) * 100 // steps:
        print(f"\r{row * 100 // steps:3d} % of {steps} steps", end="\n" if row == steps else "")
