"""Lesson 02: cutting the data into batches, and how noisy their gradients are."""

import numpy as np

from .task import task


def epochs(minibatches, rng):
    """Two epochs of 50 samples in batches of 8, told so that every order of them is as good."""
    first, second = (minibatches(50, 8, np.random.default_rng(7)) for _ in range(2))
    third = [np.asarray(part) for part in minibatches(24, 6, np.random.default_rng(8))]
    again = np.random.default_rng(9)
    one, two = (np.concatenate(list(minibatches(50, 8, again))) for _ in range(2))
    joined = np.concatenate(list(first))
    return {
        "how many samples are in the batches, of 50 in batches of 8,": [len(p) for p in first],
        "all numbers of samples, sorted,": np.sort(joined),
        "how many samples are in the batches, of 24 in batches of 6,": [len(p) for p in third],
        "1 if the samples come as they lie, else 0,": float(np.array_equal(joined, np.arange(50))),
        "1 if a batch holds neighbors only, else 0,": float(np.ptp(first[0]) == 7),
        "1 if equal generators give equal batches, else 0,": float(
            np.array_equal(joined, np.concatenate(list(second)))
        ),
        "1 if two epochs have the same order, else 0,": float(np.array_equal(one, two)),
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
