"""Lesson 09: patience that stops, best weights that stay, a rule beside one that is right."""

import numpy as np

from .task import task

LOSSES = [
    ([0.9, 0.7, 0.5, 0.6, 0.55], 2),
    ([0.9, 0.7, 0.5, 0.6], 2),
    ([0.9, 0.7, 0.8, 0.75, 0.72, 0.4], 4),
    ([0.9, 0.7, 0.7, 0.7], 2),
    ([0.9], 1),
    ([0.5, 0.6], 3),
    ([0.9, 0.7, np.nan], 2),
    ([1.0, 0.4, 0.6, 0.5, 0.45], 3),
    ([0.9, 0.95, 0.7, 0.8], 2),
    ([0.5, 0.6, 0.8, 0.7], 2),
    ([0.9, 0.5, 0.3, 0.6], 2),
    ([0.5, 0.9, 0.8, 0.7], 2),
]


def told(should_stop, rng):
    """What comes for each history of losses; True and False are numbers to the check."""
    return {
        f"should_stop({losses}, {patience}), where 1 is True and 0 is False,":
            should_stop(list(losses), patience)
        for losses, patience in LOSSES
    }  # fmt: skip


@task(trial=told)
def should_stop(losses, patience):
    """Whether the last `patience` losses brought nothing below all before, or one is NaN."""
    if not np.isfinite(losses[-1]):
        return True
    return len(losses) - 1 - int(np.argmin(losses)) >= patience


def in_place(keep_best, rng):
    """The weights go on changing in place after they were shown, as those of a model do."""
    kept, w = {}, rng.uniform(1, 3, 2)
    best = None
    for n, loss in enumerate([0.6, 0.8, 0.5, 0.4, 0.4, np.nan], 1):
        w += 1.0
        best = keep_best(best, loss, w)
        if not isinstance(best, tuple) or len(best) != 2:
            return {f"loss and weights after call {n}": best}
        kept[f"loss after call {n}, with loss = {loss},"] = best[0]
        w += 0.125
        kept[f"weights after call {n}, when w has moved on,"] = np.array(best[1])
    return kept


@task(trial=in_place)
def keep_best(best, loss, w):
    """The pair (loss, copy of the weights) with the lowest loss so far; best is None at first."""
    if best is None or loss < best[0]:
        return loss, w.copy()
    return best


def sum_of_all(w, grad, state, lr):
    """Momentum without friction, so that what a state holds shows."""
    v = state.get("v", 0.0) + grad
    return w - lr * v, {"v": v}


def counted(w, grad, state, lr):
    """SGD whose steps grow by a count."""
    n = state.get("n", 0) + 1
    return w - lr * n * grad, {"n": n}


def plain(w, grad, state, lr):
    """SGD."""
    return w - lr * grad, state


def double(w, grad, state, lr):
    """SGD with twice the rate."""
    return w - 2 * lr * grad, state


def pairs(rng):
    """Two rules, a point, three gradients, a rate; the first rule goes further down."""
    for rule, known in ((sum_of_all, plain), (double, plain), (sum_of_all, counted)):
        yield rule, known, rng.uniform(1, 3, 4), rng.uniform(1, 3, (3, 4)), 0.1
    yield counted, counted, rng.uniform(1, 3, 4), rng.uniform(-3, 3, (3, 4)), 0.1


@task(lambda rng: list(pairs(rng)))
def apart(rule, known, w, grads, lr):
    """The largest distance of a weight after both rules walked from w with the same gradients."""
    ends = []
    for step in (rule, known):
        point, state = w, {}
        for grad in grads:
            point, state = step(point, grad, state, lr)
        ends.append(point)
    return np.abs(ends[0] - ends[1]).max()
