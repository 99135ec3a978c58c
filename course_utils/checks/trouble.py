"""An exception on the way through a check: the learner's line, and what to do about it."""

import os
import re
import traceback
import types

from .calls import CODE, BrokenContract

# What NumPy says to beginners without helping them, and what helps.
PLAIN = {
    r"Cannot cast ufunc .* output from dtype\('float64'\) to dtype\('u?int\d+'\)": (
        "an array of whole numbers can't be changed in place to decimals. Make a new array."
    ),
    r"(\w+ )*by zero": "something is divided by 0 here.",
    "The truth value of an array with more than one element is ambiguous": (
        "`if`, `and` and `or` need one truth value, an array has many. Try np.where."
    ),
}
MOST_SAID = 1_000  # characters of an error that are looked at
HARMLESS = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, type)


def explain(error, run, functions):
    """At most three short lines about `error`, which stopped the check `run`."""
    if isinstance(error, NotImplementedError):
        return "This is still the empty stub. Write the function, run its cell, then this one."
    if isinstance(error, BrokenContract):
        return str(error)
    reason = re.sub(r"\S*<locals>\S*\(\)", "a function of the check", str(error)[:MOST_SAID])
    plain = (words for pattern, words in PLAIN.items() if re.match(pattern, reason))
    said = f"{type(error).__name__}: {next(plain, clip(reason, 120))}"
    if isinstance(error, KeyError) and begins_empty(error):
        said += f". The state is {{}} before the first step: try `state.get({error}, 0)`."
    called, frames = learners_part(error, run, functions)
    if frames:
        names = [frame.name for frame in frames if not frame.name.startswith("<")]
        where, line = (names or [frames[-1].name])[-1], frames[-1].lineno
        return f"Your code stopped in `{where}`, line {line}:\n    {clip(frames[-1].line)}\n{said}"
    if called:
        return f"Your function can't be called as in the stub. Keep the stub's first line.\n{said}"
    return without_a_call(error, run, functions) or (
        f"The check could not use what your function returned.\n{said}"
    )


def learners_part(error, run, functions):
    """Whether the learner's function was being called, and the frames of the learner's code.

    A check's own lambda, called by the learner, is not the learner's: it lies in a cell that
    comes before the call. Where no functions are named, all cells but the check's are the
    learner's.
    """
    walked = list(traceback.walk_tb(error.__traceback__))
    calls = [i for i, (frame, _) in enumerate(walked) if frame.f_code is CODE]
    if functions and not calls:
        return False, []
    first = calls[0] if calls else 0
    ours = {frame.f_code.co_filename for frame, _ in walked[:first]} | {run.__code__.co_filename}
    inside = traceback.StackSummary.extract(iter(walked[first:]))
    return bool(calls), [f for f in inside if is_cell(f.filename) and f.filename not in ours]


def begins_empty(error):
    """Whether the code that looks for a key was given an empty state."""
    walked = traceback.walk_tb(error.__traceback__)
    states = (frame.f_locals.get("state") for frame, _ in walked)
    return any(isinstance(state, dict) and not state for state in states)


def is_cell(filename):
    """The code of a notebook cell has a file name, but there is no such file."""
    return not filename.startswith("<frozen") and not os.path.exists(filename)


def without_a_call(error, run, functions):
    """The check stopped before or after a call: a name is missing, or means something else."""
    names = run.__globals__
    if isinstance(error, NameError) and error.name in functions:
        return not_there(error.name)
    if isinstance(error, NameError):
        return (
            f"The check needs `{error.name}`, which a cell of this notebook defines. Run all "
            "cells from the top."
        )
    used = [name for name in run.__code__.co_names if name in names and name not in functions]
    if changed := [name for name in used if not isinstance(names[name], HARMLESS)]:
        return (
            f"`{changed[0]}` no longer means what the check needs. Give your variable another "
            "name, restart the kernel and run all cells."
        )
    return None


def not_there(name):
    """For a notebook; who grades has run all cells and can say more (`grading.missing`)."""
    return f"`{name}` does not exist. Run the cell that defines it; if it fails, repair it first."


def clip(text, width=76):
    text = " ".join(str(text).split())
    return text if len(text) <= width else text[: width - 1] + "…"
