"""Run one check on one stream of numbers and put what came out in plain, comparable form."""

import contextlib
import warnings

import numpy as np

from .trouble import explain

PRACTICE = "practice"  # the stream a learner sees
MOST_NUMBERS = 1000  # of one leaf; a check needs a handful


def outcome(run, stream, helpers=()):
    """{"values": {path: leaf}} of what `run` returned, or {"trouble": sentence} if it stopped.

    `helpers` are the functions of the exercise that `run` may call, besides the learner's.
    """
    rng = np.random.default_rng(list(f"{stream} {run.__name__}".encode()))
    try:
        with quiet():
            return {"values": dict(leaves(run(rng)))}
    except Exception as error:
        return {"trouble": explain(error, {run.__name__, *helpers})}


@contextlib.contextmanager
def quiet():
    """A warning is not a mistake: nbgrader gives no points to a cell that warns."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def leaves(value, path=""):
    """Pairs of path and leaf, as `first[0]`, of nested dicts, tuples and lists."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, f"{path} {name}".strip())
    elif isinstance(value, tuple | list):
        for i, part in enumerate(value):
            yield from leaves(part, f"{path}[{i}]")
    else:
        yield path, leaf(value)


def leaf(value):
    """Numbers as {"shape", "values"}; anything else as the name of its type."""
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        return {"type": type(value).__name__}
    if array.size > MOST_NUMBERS:
        return {"type": f"{type(value).__name__} of {array.size} numbers"}
    return {"shape": list(array.shape), "values": [float(x) for x in array.ravel()]}
