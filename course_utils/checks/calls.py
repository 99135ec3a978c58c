"""The learner's functions as a check calls them: what they return is looked at first."""

import numpy as np


class BrokenContract(Exception):
    """What a learner's function does otherwise than its stub says, in a sentence."""


def watched(functions, names):
    """{name: the learner's function, watched} of `functions`, {name: number of values}."""
    return {name: watch(name, names[name], n) for name, n in functions.items() if name in names}


def watch(name, function, count):
    def learners_function(*args, **kwargs):
        if not callable(function):
            raise BrokenContract(f"`{name}` is not a function but {a(function)}. Define it again.")
        result = function(*args, **kwargs)
        if complaint := wrong_count(result, count, args):
            raise BrokenContract(f"`{name}` returned {complaint}")
        return result

    learners_function.__name__ = name
    return learners_function


CODE = watch("", None, 1).__code__  # tells, in a traceback, where the learner's code begins


def wrong_count(result, count, args=()):
    """What is wrong with the number of values that came back, or None."""
    if result is None:
        return "None. Is its `return` line missing?"
    several = isinstance(result, tuple | list) or is_stack(result, args)
    if count == 1 or (several and len(result) == count):
        return None
    if isinstance(result, tuple | list):
        came = f"{len(result)} value{'s' * (len(result) != 1)}"
        return f"{came}. Return {count}, in the stub's order."
    return f"one value, {a(result)}. Return {count}, as the stub says, with commas between."


def is_stack(result, args):
    """Whether an array can be several values: one in the shape of an argument is but a new one."""
    shapes = [arg.shape for arg in args if isinstance(arg, np.ndarray)]
    return isinstance(result, np.ndarray) and result.ndim and result.shape not in shapes


def count_of(result):
    """How many values a function of the solution returns."""
    return len(result) if isinstance(result, tuple) else 1


def a(value):
    """A value's kind in words: "an array of shape (3,)", "a float", "a list"."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else "a number"
    if isinstance(value, int | float | np.number):
        return "a number"
    kind = type(value).__name__
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
