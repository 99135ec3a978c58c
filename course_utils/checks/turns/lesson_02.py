"""Lesson 02: cutting the data into batches, an epoch of steps, and how noisy gradients are."""

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


def walked(sgd_epoch, rng):
    """Where an epoch ends, on a loss whose gradient at one sample is scale (w - sample)."""
    samples, scale = rng.normal(size=(10, 3)), np.array([1.0, 2.0, 0.5])
    start, cuts = rng.normal(size=3), np.split(rng.permutation(10), [4, 8])
    epochs = {"a batch of 4": cuts[:1], "batches of 4, 4 and 2": cuts}

    def gradients(w, batch):
        if np.shape(w) != (3,):
            raise Complaint(
                "After a step w has another shape than before. gradients(w, batch) has a row for "
                "each sample: take the mean of the rows, `.mean(axis=0)`."
            )
        return scale * (w - samples[batch])

    return {
        f"w after {words}, with lr = 0.3,": sgd_epoch(start.copy(), gradients, batches, 0.3)
        for words, batches in epochs.items()
    }


@task(trial=walked)
def sgd_epoch(w, gradients, batches, lr):
    """One step of SGD with each batch."""
    for batch in batches:
        w = w - lr * gradients(w, batch).mean(axis=0)
    return w


@task(lambda rng: [(rng.normal(1, 2, shape),) for shape in ((40, 3), (9, 6))])
def noise_scale(grads):
    """Of one gradient a row: the variances, summed, over the squared length of the mean."""
    return grads.var(axis=0).sum() / (grads.mean(axis=0) ** 2).sum()
