"""The record of a descent, and whether it blew up."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .clipping import squared_norm

_BLOWN = 1000.0  # times the loss at the start, or times 1 for a start below 1


@dataclass(frozen=True)
class Trajectory:
    """The record of a descent of T updates. Row 0 is the start, row T the end.

    Attributes
    ----------
    name : str
        The rule's.
    loss : array, ``(T+1, *runs)``
        On batch t where the objective has batches.
    grad_norm : array, ``(T+1, *runs)``
        Before any clipping.
    lr : array, ``(T+1, …)``
        Schedule included; row T is what the next update would use.
    t : array
        The steps at which w and metrics were kept: every ``every`` steps, and T.
    w : array, ``(len(t), *runs, d)``, or None with ``keep_path=False``
    metrics : dict
        Name -> array ``(len(t), *runs)``.
    last : Step
        Step T. Give it to ``run`` in place of a start to go on from there.
    """

    name: str
    loss: np.ndarray = field(repr=False)
    grad_norm: np.ndarray = field(repr=False)
    lr: np.ndarray = field(repr=False)
    t: np.ndarray = field(repr=False)
    w: np.ndarray | None = field(repr=False)
    metrics: dict = field(repr=False)
    last: Any = field(repr=False)

    @property
    def final(self):
        """Where it ended, ``(*runs, d)``."""
        return self.last.w

    @property
    def diverged(self):
        """Which runs met a number that is not finite, ``(*runs,)``."""
        return ~(np.isfinite(self.final).all(axis=-1) & np.isfinite(self.loss).all(axis=0))

    @property
    def blowup(self):
        """A sentence if runs blew up, such as "The loss grew 10^76-fold."; "" if none did.

        A run blew up if it diverged, or if it ended above 1000 times the loss it began with. A
        start below 1 counts as 1: noise around a minimum is no blow-up.
        """
        size = np.where(np.isfinite(self.loss), np.abs(self.loss), 0.0)
        growth = size / np.maximum(size[0], 1.0)
        blown = self.diverged | (growth[-1] > _BLOWN)
        if not blown.any():
            return ""
        largest = growth[:, blown].max()
        words = f"the loss grew 10^{np.log10(largest):.0f}-fold" if largest > _BLOWN else ""
        if self.diverged.any():
            words += " and then left the range of numbers" if words else "it met inf or NaN"
        runs = f"{blown.sum()} of {blown.size} runs blew up: " if blown.ndim else ""
        sentence = f"{runs}{words}. Try a smaller learning rate."
        return sentence[0].upper() + sentence[1:]


class Recorder:
    """Writes a descent down, step by step."""

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
