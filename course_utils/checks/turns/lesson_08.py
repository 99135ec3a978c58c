"""Lesson 08: cut a whole gradient, leave out a step, put a batch together from its parts."""

import numpy as np

from .task import Complaint, task


def cut_lists(clip, rng):
    """Gradients in two arrays: too long, just too long, short enough."""
    came = {}
    for size, max_norm in [(6.0, 1.0), (1.0, 2.5), (0.2, 3.0)]:
        grads = [size * rng.uniform(0.9, 1.1, (2, 2)), -2 * size * rng.uniform(0.9, 1.1, 3)]
        before = [grad.copy() for grad in grads]
        cut = clip(grads, max_norm)
        if not isinstance(cut, list | tuple) or [np.shape(g) for g in cut] != [(2, 2), (3,)]:
            raise Complaint("Return a list of the cut arrays, in their order and shapes.")
        if not all(map(np.array_equal, grads, before)):
            raise Complaint("It changes the arrays that it was given. Make new ones: `factor * g`.")
        norm = np.sqrt(sum((grad**2).sum() for grad in grads))
        for n, array in enumerate(cut, 1):
            came[f"array {n} of a gradient of length {norm:.2f} with the limit {max_norm},"] = array
    return came


@task(trial=cut_lists)
def clip_gradients(grads, max_norm):
    """All arrays times one factor, so that together they are at most max_norm long."""
    norm = np.sqrt(sum(np.sum(grad**2) for grad in grads))
    factor = min(1.0, max_norm / norm)
    return [factor * grad for grad in grads]


GRADIENTS = {
    "a gradient": [1.0, -2.0, 3.0],
    "a gradient with a NaN in it": [1.0, np.nan, 2.0],
    "a gradient of NaN": [np.nan, np.nan, np.nan],
    "a gradient with infinity in it": [np.inf, 1.0, -1.0],
    "a gradient with minus infinity in it": [1.0, 1.0, -np.inf],
}


def with_accidents(rule, rng):
    """A step with each gradient, always from the same point."""
    w, came = rng.uniform(1, 3, 3), {}
    for kind, grad in GRADIENTS.items():
        result = rule(w, np.array(grad), {}, 0.1)
        if not isinstance(result, tuple) or len(result) != 2:
            raise Complaint("A rule returns two things, `return w, state`, in any case.")
        came[f"w after {kind}"] = result[0]
    return came


@task(trial=with_accidents)
def guarded_sgd(w, grad, state, lr):
    """SGD that takes no step if a number of the gradient is not finite."""
    if not np.isfinite(grad).all():
        return w, state
    return w - lr * grad, state


def in_parts(accumulate, rng):
    """Batches of which the last part is as large as the others, smaller, or the only one."""
    came = {}
    for count, size in [(8, 4), (10, 4), (3, 5)]:

        def mean_grad(part, size=size):
            if not 1 <= len(part) <= size:
                raise Complaint(
                    f"mean_grad was called with {len(part)} samples; it takes 1 to {size} at once."
                )
            return part.mean(axis=0)

        batch = rng.uniform(1, 3, (count, 2)) * np.arange(1, count + 1)[:, None]
        came[f"{count} samples, {size} at once,"] = accumulate(mean_grad, batch, size)
    return came


@task(trial=in_parts)
def accumulate(mean_grad, batch, size):
    """The mean gradient of a batch, from the mean gradients of its parts."""
    total = 0.0
    for first in range(0, len(batch), size):
        part = batch[first : first + size]
        total = total + len(part) * mean_grad(part)
    return total / len(batch)
