"""Where the numbers of a function part from the right ones, and what is right before that."""

import re

from .difference import as_array, near
from .verdict import in_words


def parting(came, expected, place, word):
    """Name the first step or entry that differs: "Step 2: expected 0.5, came 0.6; …".

    ``place`` is the path that ``difference`` gave, ``word`` what an entry is called. None where
    nothing shorter than the whole can be named: one number, another shape, or all entries wrong.
    """
    index = re.search(r"\[(\d+)\]$", place)
    mine, right = as_array(came.get(place)), as_array(expected.get(place))
    if mine is None or right is None or mine.shape != right.shape:
        return None
    if index:
        return said(word, int(index[1]), came, expected, place)
    same = near(mine, right).reshape(len(right), -1).all(axis=1) if right.ndim else ()
    if not any(same):
        return None
    first = list(same).index(False)
    rows = [{place: leaf_of(array[first])} for array in (mine, right)]
    return said(word, first, *rows, place)


def said(word, first, came, expected, place):
    mine, right = (text.partition(", shape")[0] for text in in_words(came, expected, place))
    return f"{word.capitalize()} {first}: expected {right}, came {mine}{before(word, first)}."


def before(word, first):
    """Which entries are right: those before the first that differs."""
    if first < 2:
        return f"; {word} 0 is right" if first else ""
    many = {"entry": "entries"}.get(word, f"{word}s")
    return f"; {many} 0 {'and' if first == 2 else 'to'} {first - 1} are right"


def leaf_of(array):
    return {"shape": list(array.shape), "values": array.ravel().tolist()}


def root(place):
    """What a trial had asked, without the entries of what came back."""
    return re.sub(r"(\[\d+\])*$", "", place).rstrip(",")


def right_before(expected, place):
    """What a trial had asked before, in words: "its first 2 steps are right", or ""."""
    kind, asked = re.search(r"\b(step|call) \d", place), list(dict.fromkeys(map(root, expected)))
    count = asked.index(root(place)) if kind else 0
    if count < 2:
        return f"its first {kind[1]} is right" if count else ""
    return f"its first {count} {kind[1]}s are right"
