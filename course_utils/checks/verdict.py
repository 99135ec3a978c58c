"""Right or not, and if not, what a learner can do next."""

import numpy as np

from .trouble import clip

# Relative to the largest number of a leaf. Right answers, in any order of operations and also in
# float32, stay below a tenth of it; a wrong formula is at least ten times above it in some check
# (tests/exercises/test_answers.py measures both).
TOLERANCE = 1e-4


class CheckFailed(AssertionError):
    """Shows its message alone: a traceback through the check would not help a learner."""

    def _render_traceback_(self):
        return str(self).split("\n")


def verdict(name, tried, came, stored, reveal=True):
    """None if the outcome is right; else the message. `reveal` says if it may show numbers."""
    if "values" in came and not (path := difference(came["values"], stored["expected"])):
        return None
    lines = [f"{name}: not right yet. Tried: {tried}"]
    if "trouble" in came:
        return "\n".join([*lines, came["trouble"]])
    return "\n".join(lines + mismatch(path, came["values"], stored, reveal))


def mismatch(path, came, stored, reveal):
    expected = stored["expected"]
    whole = path.split("[")[0]  # where (w, velocity) should be there may be one thing
    lines = [f"Came:     {path} = {show(came.get(path) or came.get(whole))}"]
    if reveal:
        lines.append(f"Expected: {path} = {show(expected[path])}")
    looks_like = (m for m, values in stored["mistakes"].items() if not difference(came, values))
    return lines + [f"This is what you get when {mistake}." for mistake in looks_like][:1]


def difference(came, expected):
    """The path of the first leaf that differs, or None."""
    return next((path for path in expected if not close(came.get(path), expected[path])), None)


def close(came, expected):
    came, expected = as_array(came), as_array(expected)
    if came is None or expected is None or came.shape != expected.shape:
        return False
    slack = TOLERANCE * np.abs(expected).max(initial=0)
    with np.errstate(invalid="ignore"):
        same = (came == expected) | (np.abs(came - expected) <= slack)
    return bool(same.all())


def as_array(leaf):
    """The numbers of a leaf; None if there are none. A leaf may have been written by anyone."""
    try:
        return np.array(leaf["values"], dtype=float).reshape(leaf["shape"])
    except (TypeError, ValueError, KeyError, OverflowError):
        return None


def show(leaf, most=4):
    array = as_array(leaf)
    if array is None:
        return NO_NUMBERS.get(kind(leaf), f"not numbers but {kind(leaf)}")
    numbers = ", ".join(f"{x:.6g}" for x in array.ravel()[:most])
    more = ", …" if array.size > most else ""
    return numbers if array.ndim == 0 else f"[{numbers}{more}], shape {array.shape}"


NO_NUMBERS = {"nothing": "nothing", "NoneType": "None. Is a `return` line missing?"}


def kind(leaf):
    named = leaf.get("type") if isinstance(leaf, dict) else None
    return clip(named, 40) if isinstance(named, str) else "nothing"
