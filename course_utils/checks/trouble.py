"""An exception in a learner's code, in words: the learner's line, and what to do about it."""

import os
import re
import traceback

# What the exercise's own line runs into when the learner's function does not keep its contract.
CONTRACT = [
    (NameError, r"name '(\w+)' is not defined",
     "`{0}` does not exist. Run the cell that defines it; if that cell fails, repair it first."),
    (TypeError, r"cannot unpack non-iterable NoneType|'NoneType' object is not subscriptable",
     "Your function returned None. Is its `return` line missing?"),
    (TypeError, r"cannot unpack non-iterable (\S+)",
     "Your function returned one {0}. Return as many values as the stub says, with commas."),
    (ValueError, r"(too many|not enough) values to unpack",
     "Your function returned {0} values. Return as many as the stub says, in the same order."),
    (TypeError, r"((?:missing|takes|got an unexpected|got multiple).*argument.*)",
     "Your function can't be called as the stub says: {0}. Keep the stub's first line."),
    (TypeError, r"unsupported operand .*'NoneType'",
     "Your function returned None where a number is needed. Is its `return` line complete?"),
]  # fmt: skip


def explain(error, check):
    """At most three short lines about `error`, raised while the function `check` ran."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if is_cell(f)]
    learners = [f for f in frames if f.name != check]
    if isinstance(error, NotImplementedError):
        return "This is still the empty stub. Write the function, run its cell, then this one."
    if not learners and (sentence := broken_contract(error)):
        return sentence
    said = f"{type(error).__name__}: {clip(error)}"
    if not learners:
        return f"The check could not use what your function returned.\n{said}"
    line = learners[-1]
    return f"Your code stopped in `{line.name}`, line {line.lineno}:\n    {clip(line.line)}\n{said}"


def is_cell(frame):
    """A notebook cell has a file name, but there is no such file."""
    return not frame.filename.startswith("<frozen") and not os.path.exists(frame.filename)


def broken_contract(error):
    for kind, pattern, sentence in CONTRACT:
        if isinstance(error, kind) and (match := re.search(pattern, str(error))):
            return sentence.format(*match.groups())
    return None


def clip(text, width=76):
    text = " ".join(str(text).split())
    return text if len(text) <= width else text[: width - 1] + "…"
