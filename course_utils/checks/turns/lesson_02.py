"""Lesson 02: cutting the data into batches, and how noisy their gradients are."""

import numpy as np

from .task import Complaint, task


def epochs(minibatches, rng):
    """A few epochs, told so that every order of the samples is as good."""

    def cut(n, size, rng):
        batches = [np.asarray(batch) for batch in minibatches(n, size, rng)]
        if any(batch.ndim != 1 for batch in batches):
            raise Complaint("Return a list with one array of numbers for each batch.")
        return batches

    ragged, even = cut(50, 8, np.random.default_rng(7)), cut(24, 6, np.random.default_rng(8))
    again, order = cut(50, 8, np.random.default_rng(7)), np.concatenate(ragged)
    going_on = np.random.default_rng(9)
    first, second = (np.concatenate(cut(50, 8, going_on)) for _ in range(2))
    return {
        "how many samples are in the batches, of 50 in batches of 8,": [len(b) for b in ragged],
        "all numbers of samples, sorted,": np.sort(order),
        "how many samples are in the batches, of 24 in batches of 6,": [len(b) for b in even],
        "1 if the samples come as they lie, else 0,": float(np.array_equal(order, np.arange(50))),
        "1 if a batch holds neighbors only, else 0,": float(np.ptp(ragged[0]) == 7),
        "1 if equal generators give equal batches, else 0,": float(
            np.array_equal(order, np.concatenate(again))
        ),
        "1 if two epochs have the same order, else 0,": float(np.array_equal(first, second)),
    }


@task(trial=epochs)
def minibatches(n, size, rng):
    """The numbers 0 … n - 1 in a new order, cut into batches; the last one may be smaller."""
    order = rng.permutation(n)
    return [order[start : start + size] for start in range(0, n, size)]


@task(lambda rng: [(rng.normal(1, 2, shape),) for shape in ((40, 3), (9, 6))])
def noise_scale(grads):
    """Of one gradient a row: the variances, summed, over the squared length of the mean."""
    return grads.var(axis=0).sum() / (grads.mean(axis=0) ** 2).sum()
