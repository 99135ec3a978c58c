"""Why a function of the learner's is not there when a check calls it."""

import re

import nbformat

from ..checks.trouble import clip, not_there
from .execution import defined, is_answer

BINDS = re.compile(r"^(?:async +)?(?:def|class) +(\w+)|^(\w+) *=(?!=)", re.MULTILINE)
PLACE = re.compile(r"\([^()]*, line (\d+)\)$")  # the name of a cell's file means nothing to anyone


def why_missing(cause, notebook, session, check):
    """A sentence on the function that the cell `check` did not find, if that is the cause."""
    name = next((one for one in session.numbers["functions"] if cause == not_there(one)), None)
    if name is None:
        return None
    stubs = filter(is_answer, nbformat.reads(session.released, as_version=4).cells)
    place = next(cell.id for cell in stubs if name in defined(cell.source))
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
    if place not in ids:
        return (
            f"`{name}` does not exist, and the cell for it is not in your notebook. Open the "
            "exercise anew\nand write your answer into its own cell."
        )
    if ids.index(place) > notebook.cells.index(check):
        return f"`{name}` does not exist yet: its cell comes after this one. Put it back in front."
    cell = notebook.cells[ids.index(place)]
    for output in cell.outputs:
        if output.output_type == "error":
            error = PLACE.sub(r"(line \1)", clip(f"{output.ename}: {output.evalue}", 160))
            return f"`{name}` does not exist: its cell stopped with an error.\n    {error}"
    names = [one or other for one, other in BINDS.findall(cell.source)]
    if name in names:
        return f"`{name}` does not exist any more: another cell deletes it."
    if names:
        other = clip(names[-1], 40)
        return f"`{name}` does not exist. Its cell defines `{other}`: use the stub's name."
    return f"`{name}` does not exist. Its cell does not define it: keep the stub's first line."
