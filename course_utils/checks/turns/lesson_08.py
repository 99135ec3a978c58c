"""Lesson 08: cut a whole gradient, leave out a step, mend a loop over the parts of a batch."""

from functools import partial

import numpy as np

from ...clipping import clip_by_global_norm
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


def in_parts(step, rng):
    """Batches of which the last part is full, smaller, the only one, and not finite.

    The gradients of the parts point apart, and but for one batch the limit is below their length.
    """
    came = {}
    for count, size, max_norm, broken in [
        (8, 4, 2, 0),
        (10, 4, 2, 0),
        (10, 4, 99, 0),
        (10, 4, 2, 1),
    ]:

        def mean_grad(w, part, size=size):
            if not 1 <= len(part) <= size:
                raise Complaint(
                    f"mean_grad was called with {len(part)} samples; it takes 1 to {size} at once."
                )
            return part.mean(axis=0) + 0.1 * w

        w = rng.uniform(1, 3, 2)
        batch = rng.uniform(1, 3, (count, 2)) * np.linspace((5, 1), (1, 5), count)
        batch[-1, 0] = np.nan if broken else batch[-1, 0]
        told = f"{count} samples, {size} at once, limit {max_norm}{', one sample NaN' * broken}"
        clip = partial(clip_by_global_norm, max_norm=max_norm)
        came[f"w after a batch of {told},"] = step(w, mean_grad, clip, batch, size, 0.1)
    return came


@task(trial=in_parts)
def one_step(w, mean_grad, clip, batch, size, lr):
    """A step of SGD along the cut gradient of a batch, put together from its parts; or none."""
    total = 0.0
    for first in range(0, len(batch), size):
        part = batch[first : first + size]
        total = total + len(part) * mean_grad(w, part)
    grad = total / len(batch)
    if not np.isfinite(grad).all():
        return w
    return w - lr * clip(grad)
