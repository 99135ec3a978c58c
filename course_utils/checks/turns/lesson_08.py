"""Lesson 08: shorten a gradient, notice NaN, put micro-batches together."""

import numpy as np

from .task import task


def gradients(rng):
    """Gradients that are too long, just too long, and short enough."""
    for size, max_norm in [(6.0, 1.0), (2.0, 1.5), (0.2, 3.0)]:
        yield size * np.array([1.0, -2.0, 2.0]) * rng.uniform(0.9, 1.1, 3), max_norm


@task(lambda rng: list(gradients(rng)))
def clip_by_norm(grad, max_norm):
    """The gradient, shortened to max_norm if it is longer."""
    return grad * min(1.0, max_norm / np.linalg.norm(grad))


LOSSES = [
    [0.7, 0.5, np.nan, np.nan],
    [0.7, 3.1, 8e9, np.inf, np.nan],
    [0.7, 0.6, 0.5, 0.4],
    [np.nan, 0.3],
    [2.0, -np.inf, 1.0],
]


@task([(np.array(losses),) for losses in LOSSES])
def first_bad_step(losses):
    """The first step with a loss that is not finite; -1 if there is none."""
    bad = ~np.isfinite(losses)
    return int(np.argmax(bad)) if bad.any() else -1


def micro_batches(rng):
    for sizes in ([32, 32, 32, 4], [8, 8], [5, 1]):
        yield rng.uniform(1, 3, (len(sizes), 2)), np.array(sizes)


@task(lambda rng: list(micro_batches(rng)))
def whole_batch(means, sizes):
    """The mean gradient of a batch, from those of its parts."""
    return (means * sizes[:, None]).sum(axis=0) / sizes.sum()
