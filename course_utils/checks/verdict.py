"""Right or not, and if not, what a learner can do next."""

import re
from typing import NamedTuple

import numpy as np

from .difference import as_array, below, difference, near
from .outcome import differ
from .trouble import clip

MOST = 4  # numbers of an array that a message shows
HUNDREDTH = 1e-2  # of the largest number: what is nearer than that is nearly right
NEARLY = "Nearly right. Is something rounded, or a small term such as eps wrong?"
WHOLE = "Only whole numbers came: is something cut off, by int, // or an array of whole numbers?"
KEEPS = (
    "Another result the second time, with the same numbers: does your function keep something "
    "between calls, or draw random numbers?"
)


class CheckFailed(AssertionError):
    """Shows its message alone: a traceback through the check would not help a learner."""

    def _render_traceback_(self):
        return str(self).split("\n")


class Verdict(NamedTuple):
    """Of one check: `lines` say why, `cause` is equal for equal mistakes, None if not known."""

    right: bool
    cause: str | None = None
    lines: tuple = ()


def verdict(came, stored, reveal=True, again=None, likely=()):
    """Judge the outcome of a check by {"expected": values, "mistakes": {sentence: [values]}}.

    `reveal` says if the verdict may show the expected numbers. `again` is what came out when the
    check ran once more on the same numbers. Of several mistakes that give what came, the first of
    the `likely` ones is told.
    """
    if "trouble" in came:
        return Verdict(False, came["trouble"], tuple(came["trouble"].split("\n")))
    values, expected = came["values"], stored["expected"]
    place = difference(values, expected)
    if place is None:
        return Verdict(True)
    shown = zip(("Came:    ", "Expected:"), in_words(values, expected, place), strict=True)
    lines = [f"{label} {place} = {text}" for label, text in shown][: 1 + reveal]
    if again and differ(came, again):
        return Verdict(False, KEEPS, (*lines, KEEPS))
    if alike := mistakes_like(came, stored):
        mistake = next((mistake for mistake in likely if mistake in alike), alike[0])
        return Verdict(False, mistake, (*lines, f"This is what you get when {mistake}."))
    if difference(values, expected, HUNDREDTH) is None:
        return Verdict(False, NEARLY, (*lines, NEARLY))
    mine, right = as_array(values.get(place)), as_array(expected.get(place))
    if is_cut(mine, right):
        return Verdict(False, WHOLE, (*lines, WHOLE))
    if right is not None and not reveal:
        if mine is None and below(values, place):
            lines.append(f"It should be an array of shape {right.shape}.")
        elif mine is not None and mine.shape != right.shape:
            lines.append(f"Its shape should be {right.shape}.")
    return Verdict(False, None, tuple(lines))


def is_cut(mine, right):
    """Whether these are whole numbers next to right ones that are not whole."""
    if mine is None or right is None or mine.shape != right.shape:
        return False
    with np.errstate(invalid="ignore"):
        return bool(
            (mine % 1 == 0).all() and (right % 1 != 0).any() and (abs(mine - right) < 1).all()
        )


def mistakes_like(came, stored):
    """The known mistakes that give what came."""
    return [
        mistake
        for mistake, given in stored["mistakes"].items()
        if any(difference(came.get("values", {}), values) is None for values in given)
    ]


def said(name, tried, found, told):
    """The message of a check that failed; a cause that another check has `told` only once."""
    first = f"{name}: not right yet. Tried: {' '.join(tried.split())}"
    if found.cause and found.cause in told:
        return f"{first}\nSame cause as `{told[found.cause]}`."
    if found.cause:
        told[found.cause] = name
    return "\n".join([first, *found.lines])


def in_words(came, expected, place):
    """What both outcomes have at a place, told so that one sees the difference."""
    mine, right = as_array(came.get(place)), as_array(expected.get(place))
    if mine is None or right is None or mine.shape != right.shape:
        return [described(came, place, expected), described(expected, place, {})]
    start = int(near(mine, right).ravel().argmin()) // MOST * MOST
    for digits in (6, 9, 12, 17):
        both = [listed(array, start, digits) for array in (mine, right)]
        if both[0] != both[1]:
            break
    return both


def described(values, place, other):
    """What an outcome has at a place: numbers, another kind of thing, or several parts."""
    if place in values:
        array = as_array(values[place])
        return listed(array) if array is not None else no_numbers(values[place])
    parts = {re.match(r"\[[^\[]*", path[len(place) :])[0] for path in below(values, place)}
    if not parts:
        return "nothing"
    count = f"{len(parts)} value{'s' * (len(parts) > 1)}"
    return f"a list of {count}" if place in other else count


def listed(array, start=0, digits=6):
    numbers = ", ".join(f"{x:.{digits}g}" for x in array.ravel()[start : start + MOST])
    before, after = "…, " * (start > 0), ", …" * (array.size > start + MOST)
    return numbers if array.ndim == 0 else f"[{before}{numbers}{after}], shape {array.shape}"


def no_numbers(leaf):
    kind = leaf.get("type") if isinstance(leaf, dict) else None
    if kind == "NoneType":
        return "None"
    return f"not numbers but {clip(kind, 40)}" if isinstance(kind, str) else "nothing"
