"""Descend: any objective, any rule, any number of runs at once."""

from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from . import contracts
from .clipping import squared_norm
from .kernels import reuse_freed_memory
from .rules import fresh, name_of
from .schedules import constant
from .shapes import as_start, common_runs, over_points
from .trajectory import Trajectory


class Step(NamedTuple):
    """Where a descent stands before update t.

    t      number of updates made so far
    w      the point, ``(*runs, d)``
    loss   objective(w, t), ``(*runs,)``
    grad   its gradient before any clipping, ``(*runs, d)``
    lr     learning rate that update t will use, schedule included
    state  what the rule carries along
    """

    t: int
    w: np.ndarray
    loss: np.ndarray
    grad: np.ndarray
    lr: Any
    state: dict


_UNCHANGED = constant()


def iterate(objective, optimizer, w, lr, *, schedule=_UNCHANGED, clip=None, **hyper):
    """Descend without end and yield a Step before each update; see ``run`` for the arguments."""
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
    schedule=_UNCHANGED,
    clip=None,
    keep_path=True,
    metrics=None,
    every=1,
    progress=False,
    **hyper,
):
    """Descend for a number of steps and return the Trajectory.

    objective  callable (w, t) -> loss ``(*runs,)``, grad ``(*runs, d)``
    optimizer  a rule (w, grad, state, lr, …) -> (w, state)
    w          the start, ``(*runs, d)``, or a Step to go on from
    lr         a number or an array over runs, as is each of ``hyper``; together with ``w`` and
               the objective they are broadcast to one set of runs, and each array gets the
               shape ``(*runs, 1)`` before the rule sees it
    steps      how many updates
    schedule   t -> factor on lr
    clip       grad -> grad, before the rule sees it
    keep_path  keep the points, not the last one alone
    metrics    name -> function of w ``(*runs, d)`` with a value ``(*runs,)``
    every      keep points and metrics at every so many steps
    progress   print how far it is

    A rule that remembers something outside ``state`` (in a variable of an outer function, in an
    attribute) is copied, so that each descent starts alike.

    A run that meets inf or NaN goes on without a word, beside the others; ``diverged`` tells.
    """
    contracts.require_count("steps", steps)
    contracts.require_count("every", every)
    reuse_freed_memory()
    with np.errstate(all="ignore"):
        first = _first_step(objective, optimizer, w, lr, schedule, clip, hyper)
        descent = _steps(first, objective, optimizer, lr, schedule, clip, hyper)
        record = _Record(first, steps, every, keep_path, metrics or {})
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
    dtype, optimizer = step.w.dtype, fresh(optimizer)
    hyper = {name: over_points(value, dtype) for name, value in hyper.items()}
    while True:
        yield step
        t, w, _, grad, rate, state = step
        grad = grad if clip is None else clip(grad)
        try:
            result = optimizer(w, grad, state, over_points(rate, dtype), **hyper)
        except KeyError as error:
            if state:
                raise
            raise contracts.empty_state(optimizer, error.args[0]) from error
        w, state = contracts.require_update(result, w)
        t += 1
        loss, grad = objective(w, t)
        step = Step(t, w, loss, grad, lr * schedule(t), state)


class _Record:
    def __init__(self, first, steps, every, keep_path, metrics):
        runs, rows = first.grad.shape[:-1], steps + 1
        self.t = np.unique([*range(0, rows, every), steps])
        self.every, self.steps, self.kept = every, steps, 0
        self.loss = np.empty((rows, *runs), np.result_type(first.loss))
        self.squared_norm = np.empty((rows, *runs), first.grad.dtype)
        self.lr = []
        self.w = np.empty((len(self.t), *first.w.shape), first.w.dtype) if keep_path else None
        self.metrics = {name: (function, []) for name, function in metrics.items()}

    def add(self, row, step):
        self.loss[row] = step.loss
        self.squared_norm[row] = squared_norm(step.grad)
        self.lr.append(step.lr)
        if row % self.every == 0 or row == self.steps:
            if self.w is not None:
                self.w[self.kept] = step.w
            for function, values in self.metrics.values():
                values.append(function(step.w))
            self.kept += 1

    def trajectory(self, name, last):
        return Trajectory(
            name=name,
            loss=self.loss,
            grad_norm=np.sqrt(self.squared_norm),
            lr=np.array(self.lr),
            t=last.t - self.steps + self.t,
            w=self.w,
            metrics={key: np.array(values) for key, (_, values) in self.metrics.items()},
            last=last,
        )


def _say(row, steps):
    if row * 100 // steps != (row - 1) * 100 // steps:
        print(f"\r{row * 100 // steps:3d} % of {steps} steps", end="\n" if row == steps else "")
