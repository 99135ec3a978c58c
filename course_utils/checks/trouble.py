"""An exception in a learner's code, in words: the learner's line, and what to do about it."""

import os
import re
import traceback

# What the exercise's own line runs into when the learner's function does not keep its contract.
CONTRACT = [
    (NameError, r"name '(\w+)' is not defined",
     "`{0}` does not exist. Run the cell that defines it; if it fails, repair it first."),
    (TypeError, r"cannot unpack non-iterable NoneType|after \* must be an iterable, not NoneType",
     "Your function returned None. Is its `return` line missing?"),
    (TypeError, r"cannot unpack non-iterable (\S+)",
     "Your function returned one {0}. Return all that the stub says, with commas."),
    (ValueError, r"(too many|not enough) values to unpack",
     "Your function returned {0} values. Return those the stub says, in its order."),
    (TypeError, r"(.*(?:missing|takes|got an unexpected|got multiple).*argument.*)",
     "Your function can't be called as in the stub. Keep the stub's first line.\nError: {0}"),
    (TypeError, r"unsupported operand .*'NoneType'",
     "Your function returned None where a number is needed. Is its `return` complete?"),
]  # fmt: skip


def explain(error, ours):
    """At most three short lines about `error`; `ours` are functions the exercise brought along."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if is_cell(f.filename)]
    learners = [f for f in frames if f.name not in ours]
    if isinstance(error, NotImplementedError):
        return "This is still the empty stub. Write the function, run its cell, then this one."
    if not learners and (sentence := broken_contract(error)):
        return sentence
    said = f"{type(error).__name__}: {clip(error)}"
    if not learners:
        return f"The check could not use what your function returned.\n{said}"
    line = learners[-1]
    return f"Your code stopped in `{line.name}`, line {line.lineno}:\n    {clip(line.line)}\n{said}"


def is_cell(filename):
    """The code of a notebook cell has a file name, but there is no such file."""
    return not filename.startswith("<frozen") and not os.path.exists(filename)


def broken_contract(error):
    for kind, pattern, sentence in CONTRACT:
        if isinstance(error, kind) and (match := re.search(pattern, str(error))):
            return sentence.format(*match.groups())
    return None


def clip(text, width=76):
    text = " ".join(str(text).split())
    return text if len(text) <= width else text[: width - 1] + "…"
