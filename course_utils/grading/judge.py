"""Give the points, in the grader's process: compare what came with what the solution gives."""

import ast

from nbformat.v4 import new_output

from ..checks.difference import difference
from ..checks.verdict import Verdict, said, verdict
from .execution import is_check
from .report import Malformed, read_record, scrubbed

ELSEWHERE = "Right on the numbers in your notebook, wrong on others.\n"
BY_HEART = ELSEWHERE + (
    "Does your function keep something between calls, or hold a number from the notebook?\n"
    "Or does it treat some numbers, as 0 or negative ones, in a way of their own?"
)


def judge(notebook, session, ending):
    """Replace the outputs of each check by its verdict; an error output means no points.

    Returns {check: Verdict}.
    """
    verdicts, told = {}, {}
    for cell in filter(is_check, notebook.cells):
        name = cell.metadata.nbgrader.grade_id
        found = why_wrong(cell, session.right[name], session.numbers["checks"][name], ending)
        cell.outputs = [verdict_output(name, tried(cell), found, told)]
        verdicts[name] = found
    return verdicts


def why_wrong(cell, right, stored, ending):
    """The verdict on what a check reported."""
    if ending and not cell.outputs:
        return because(ending)
    try:
        record = read_record(cell)
    except Malformed as reason:
        return because(str(reason))
    graded = record["graded"]
    if "values" in graded and difference(graded["values"], right) is None:
        return Verdict(True)
    found = verdict(record["practice"], stored, reveal=False)
    if not found.right:
        return found
    return because(f"{ELSEWHERE}{graded['trouble']}" if "trouble" in graded else BY_HEART)


def because(reason):
    return Verdict(False, reason, tuple(reason.split("\n")))


def tried(cell):
    """What a check says it tries."""
    return ast.get_docstring(ast.parse(cell.source).body[0])


def verdict_output(name, what, found, told):
    if found.right:
        return new_output("stream", text=f"{name}: right.\n")
    lines = scrubbed(said(name, what, found, told)).split("\n")
    return new_output("error", ename="NotRight", evalue=lines[0], traceback=lines)
