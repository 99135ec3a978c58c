"""Whether an outcome is as expected, and if not, where."""

import re

import numpy as np

# Relative to the largest number of a leaf. Right answers, in any order of operations and also in
# float32, stay below a tenth of it; a wrong formula is at least ten times above it in some check
# (tests/exercises/test_answers.py measures both).
TOLERANCE = 1e-4


def difference(came, expected, tolerance=TOLERANCE):
    """The path of the first part that is not as expected, or None. A part may hold several leaves.

    All leaves count: one too many is as wrong as one that lacks. Where nothing is expected,
    nothing is right.
    """
    for path in expected:
        if not close(came.get(path), expected[path], tolerance):
            return path if path in came else shared(path, came)
    extra = next((path for path in came if path not in expected), None)
    return next(iter(came), "result") if not expected else extra and shared(extra, expected)


def shared(path, other):
    """The longest beginning of `path` at which another outcome has something too."""
    steps = [path[: match.start()] for match in re.finditer(r"\[", path)]
    return next((step for step in [path, *reversed(steps)] if below(other, step)), path)


def below(values, path):
    """The paths of leaves at `path`: itself, or its parts."""
    return [found for found in values if found == path or found.startswith(f"{path}[")]


def close(came, expected, tolerance=TOLERANCE):
    """Whether two leaves are equal within the tolerance, in shape and in every number."""
    came, expected = as_array(came), as_array(expected)
    if came is None or expected is None or came.shape != expected.shape:
        return False
    return bool(near(came, expected, tolerance).all())


def near(came, expected, tolerance=TOLERANCE):
    """For each number. Infinity and NaN are right where they are expected, and only there."""
    finite = np.isfinite(expected)
    slack = tolerance * np.abs(expected[finite]).max(initial=0)
    with np.errstate(invalid="ignore", over="ignore"):
        same = np.where(finite, np.abs(came - expected) <= slack, came == expected)
    return same | (np.isnan(came) & np.isnan(expected))


def as_array(leaf):
    """The numbers of a leaf; None if there are none. A leaf may have been written by anyone."""
    try:
        if any(type(value) not in (int, float) for value in leaf["values"]):
            return None
        return np.array(leaf["values"], dtype=float).reshape(leaf["shape"])
    except (TypeError, ValueError, KeyError, OverflowError):
        return None
