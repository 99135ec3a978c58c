"""Lesson 06: what a penalty does, the one moved line, decay as a memory, and whom to leave out."""

from ...optimizers import adamw
from .task import task


@task([(0.1, 0.5), (0.25, 0.3), (0.5, 0.2)])
def shrink_factor(lr, c):
    """By which factor SGD shrinks a weight with the penalty c w² and no gradient."""
    return 1 - 2 * lr * c


def _decaying(rule, rng):
    """Steps of one run, and of another λ, with large weights so that λ w counts."""
    points = {}
    for weight_decay in (0.2, 0.7):
        w, state = rng.uniform(2, 5, 4) * [1, -1, 1, -1], {}
        for t in range(1, 5):
            w, state = rule(w, rng.uniform(0.5, 3, 4) * [1, 1, -1, -1], state, 0.3, weight_decay)
            points[f"w after step {t}, with weight_decay {weight_decay},"] = w
    return points


@task(trial=_decaying)
def my_adamw(w, grad, state, lr, weight_decay=0.01):
    """AdamW, by way of Adam."""
    return adamw(w, grad, state, lr, weight_decay=weight_decay)


@task([(0.01, 0.1, 0.005), (0.002, 0.3, 0.01)])
def same_memory(lr, weight_decay, new_lr):
    """The weight decay with which a new rate keeps the memory of 1/(lr weight_decay) steps."""
    return weight_decay * lr / new_lr


@task([((8, 2), 0.3), ((8,), 0.2), ((1, 5), 0.4), ((1,), 0.1), ((4, 3, 3, 3), 0.05)])
def decay_for(shape, weight_decay):
    """Weight decay for an array of weights: none for biases and other rows of numbers."""
    return weight_decay if len(shape) > 1 else 0.0
