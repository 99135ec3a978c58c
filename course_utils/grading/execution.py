"""Run the cells of a notebook and write down what they put out."""

import ast
import json
from typing import NamedTuple

from nbformat.v4 import new_output

from ..checks import SESSION
from . import sandbox
from .report import read_report


class Limits(NamedTuple):
    """Of one submission; under bubblewrap or with your rights; all its cells or the graded part."""

    cell_seconds: int = 10
    seconds: int = 60
    sandbox: bool = True
    to_last_check: bool = False


USUAL = Limits()
NOT_RUN = "Not run here: it comes after the last check.\n"


def execute(notebook, learners, seed, limits, run):
    """Fill in the outputs of all code cells; say why some have none, or return None.

    `run(sources, seed, limits)` -> ({cell: outputs}, ending) runs pairs of a cell's number and
    its text; `in_sandbox` for what others wrote. `learners` are the names that checks take from
    the learner's cells.
    """
    code = [(i, cell) for i, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    helpers = [cell.source for _, cell in code if is_helper(cell)]
    if limits.to_last_check:
        last = max(i for i, cell in code if is_check(cell))
        for _, cell in code:
            cell.outputs, cell.execution_count = [new_output("stream", text=NOT_RUN)], None
        code = [(i, cell) for i, cell in code if i <= last]
    sources = [(i, to_run(cell, helpers, learners)) for i, cell in code]
    reported, ending = run(sources, seed, limits)
    for count, (i, cell) in enumerate(code, start=1):
        cell.outputs = reported.get(i, [])
        cell.execution_count = count if i in reported else None
    if not ending and any(i not in reported for i, _ in code):
        return "Your notebook ended the Python it ran in before this cell."
    return ending


def in_sandbox(sources, seed, limits):
    report, ending = sandbox.run(
        ["-m", "course_utils.grading.inside", str(limits.cell_seconds)],
        json.dumps(sources),
        limits.seconds,
        {SESSION: seed},
        limits.sandbox,
    )
    return read_report(report), ending


def to_run(cell, helpers, learners):
    """A cell's text; a check runs apart from what the learner's cells have made of its helpers."""
    if not is_check(cell):
        return cell.source
    run_apart = "__import__('course_utils.checks.apart', fromlist=['*']).run_apart"
    return f"{run_apart}({[*helpers, cell.source]!r}, globals(), {learners!r})"


def learners_names(exercise):
    """What the cells define that are a learner's to fill."""
    return [name for cell in exercise.cells if is_answer(cell) for name in defined(cell.source)]


def kind(cell):
    return cell.metadata.get("nbgrader", {})


def is_check(cell):
    """A graded cell that a machine judges."""
    return cell.cell_type == "code" and kind(cell).get("grade") and not kind(cell).get("solution")


def is_helper(cell):
    """A cell of the exercise's own that checks need."""
    return cell.cell_type == "code" and kind(cell).get("locked") and not kind(cell).get("grade")


def is_answer(cell):
    """A code cell that is a learner's to fill."""
    return cell.cell_type == "code" and kind(cell).get("solution")


def defined(source):
    """The functions, classes and constants that a cell defines."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
