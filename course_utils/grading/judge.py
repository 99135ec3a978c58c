"""Give the points, in the grader's process: compare what came with what the solution gives."""

import ast
from collections import Counter
from itertools import chain

from nbformat.v4 import new_output

from ..checks.difference import difference
from ..checks.verdict import KEEPS, Verdict, mistakes_like, said, verdict
from .execution import is_check
from .missing import why_missing
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
    stored = session.numbers["checks"]
    checks = {cell.metadata.nbgrader.grade_id: cell for cell in filter(is_check, notebook.cells)}
    records = {name: record_or_reason(cell, ending) for name, cell in checks.items()}
    likely, told = commonest(records, stored), {}
    verdicts = {
        name: why_wrong(records[name], session.right[name], stored[name], likely) for name in checks
    }
    keeps = any(found.cause == KEEPS for found in verdicts.values())
    for name, cell in checks.items():
        if reason := why_missing(verdicts[name].cause, notebook, session, cell):
            verdicts[name] = because(reason)
        elif keeps and came_wrong(records[name], verdicts[name]):
            verdicts[name] = because(KEEPS)  # whatever came, it came of what was kept
        cell.outputs = [verdict_output(name, tried(cell), verdicts[name], told)]
    return verdicts


def record_or_reason(cell, ending):
    """What a check reported, or why there is nothing to judge."""
    if ending and not cell.outputs:
        return ending
    try:
        return read_record(cell)
    except Malformed as reason:
        return str(reason)


def commonest(records, stored):
    """Mistakes that explain what came, those that explain most checks first."""
    told = [(name, record) for name, record in records.items() if isinstance(record, dict)]
    alike = (mistakes_like(record["practice"], stored[name]) for name, record in told)
    return [mistake for mistake, _ in Counter(chain.from_iterable(alike)).most_common()]


def came_wrong(record, found):
    """Whether a check came to its end, with numbers that are not right."""
    return not found.right and isinstance(record, dict) and "values" in record["practice"]


def why_wrong(record, right, stored, likely):
    """The verdict on what a check reported."""
    if isinstance(record, str):
        return because(record)
    graded = record["graded"]
    if "values" in graded and difference(graded["values"], right) is None:
        return Verdict(True)
    found = verdict(record["practice"], stored, False, record["again"], likely)
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
