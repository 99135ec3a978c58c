"""Run one check on one stream of numbers and put what came out in plain, comparable form."""

import contextlib
import types
import warnings

import numpy as np

from .calls import watched
from .difference import difference
from .trouble import explain

PRACTICE = "practice"  # the stream a learner sees
MOST_NUMBERS = 1000  # of one leaf; a check needs a handful
MOST_LEAVES = 200  # of one outcome
RESULT = "result"  # the path of what a check returns, if it gives it no name


def outcome(run, stream, functions=None):
    """{"values": {path: leaf}} of what `run` returned, or {"trouble": sentence} if it stopped.

    `functions` are the learner's that `run` calls by name, {name: number of values they return}.
    """
    rng = np.random.default_rng(list(f"{stream} {run.__name__}".encode()))
    try:
        with quiet():
            return {"values": dict(leaves(watching(run, functions or {})(rng)))}
    except Exception as error:
        return {"trouble": explain(error, run, functions or {})}


def differ(one, other):
    """Whether two outcomes of the same check are not the same, up to rounding."""
    if "trouble" in one and "trouble" in other:  # the text may name a place in memory
        return False
    if str(one) == str(other):
        return False
    return difference(one.get("values", {}), other.get("values", {})) is not None


def watching(run, functions):
    """The same check, calling the learner's functions watched."""
    names = run.__globals__ | watched(functions, run.__globals__)
    return types.FunctionType(run.__code__, names, run.__name__, None, run.__closure__)


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
            yield from leaves(part, f"{path or RESULT}[{i}]")
    else:
        yield path or RESULT, leaf(value)


def leaf(value):
    """Numbers as {"shape", "values"}; anything else as the name of its type."""
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        return {"type": type(value).__name__}
    if array.size > MOST_NUMBERS:
        return {"type": f"{type(value).__name__} of {array.size} numbers"}
    return {"shape": list(array.shape), "values": [float(x) for x in array.ravel()]}
