"""One grading session as plain data: inputs that nobody knew before, and what is right on them."""

import secrets
from typing import NamedTuple

import nbformat
from nbgrader.converters.base import NbGraderException

from .execution import USUAL, Limits, execute, in_sandbox, is_check, learners_names
from .report import Malformed, read_record


class Session(NamedTuple):
    """All that grading a submission needs besides the submission."""

    exercise: str
    released: str  # the exercise's notebook, as text
    numbers: dict  # the practice numbers
    seed: str  # of the inputs
    right: dict  # {check: values} that the solution gives on them
    limits: Limits


def open_session(exercise, released, solution, numbers, limits=USUAL, seed=None, run=in_sandbox):
    """Draw a seed and let the solution run on it, as submissions will.

    Parameters
    ----------
    exercise : str
        The name.
    released, solution : str
        Notebooks, as text.
    numbers : dict
        The practice numbers, as `course_utils.checks.stored_numbers` reads them.
    """
    seed = seed or secrets.token_hex(16)
    notebook = nbformat.reads(solution, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    execute(notebook, learners_names(notebook), seed, limits, run)
    checks = filter(is_check, notebook.cells)
    right = {cell.metadata.nbgrader.grade_id: right_values(cell) for cell in checks}
    return Session(exercise, released, numbers, seed, right, limits)


def right_values(cell):
    try:
        return read_record(cell)["graded"]["values"]
    except (Malformed, KeyError) as error:
        name = cell.metadata.nbgrader.grade_id
        raise NbGraderException(f"The solution does not pass its own check {name}.") from error
