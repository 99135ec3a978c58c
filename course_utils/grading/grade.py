"""Grade one submission: a pure function, behind `nbgrader autograde` and whatever else grades."""

import time
from typing import NamedTuple

import nbformat
from nbgrader import utils

from .execution import execute, in_sandbox, is_check, learners_names
from .judge import because, judge, tried, verdict_output
from .session import Session
from .submission import Refusal, read_cells, rebuilt


class Graded(NamedTuple):
    """What becomes of a submission."""

    notebook: str  # as text: the learner's work, with verdicts as outputs of the checks
    scores: dict  # {graded cell: points, or None where a person must read it}
    comments: dict  # {answer cell: what is said of it automatically, or None}
    verdicts: dict  # {check: Verdict}; its `cause` is what a summary of a class counts
    refused: str | None  # why the submission could not be run
    seconds: float


def grade(submission: bytes | Refusal, session: Session, run=in_sandbox) -> Graded:
    """Run a submission on the session's inputs, judge it, count its points.

    It needs no gradebook, no nbgrader converter and no file, and it can be pickled: so it can run
    anywhere. Whatever the bytes are, it returns a score with a reason.

    Parameters
    ----------
    submission : bytes or Refusal
        The file that was handed in, or why there is none.
    session : Session
        Plain data, made once for a class.
    run : callable
        See `execution.execute`. Only the course's own answers may run outside the sandbox.
    """
    start, refused = time.perf_counter(), None
    notebook = nbformat.reads(session.released, as_version=4)
    try:
        learners = learners_names(notebook)
        notebook.cells = rebuilt(notebook.cells, read_cells(submission))
        ending = execute(notebook, learners, session.seed, session.limits, run)
        verdicts = judge(notebook, session, ending)
    except Refusal as reason:
        refused = str(reason)
        verdicts = refuse(notebook, refused)
    return Graded(
        nbformat.writes(notebook),
        {
            name(cell): utils.determine_grade(cell)[0]
            for cell in notebook.cells
            if utils.is_grade(cell)
        },
        {name(cell): comment(cell) for cell in notebook.cells if utils.is_solution(cell)},
        verdicts,
        refused,
        time.perf_counter() - start,
    )


def refuse(notebook, reason):
    """The untouched exercise, with the reason below each check."""
    checks, told = list(filter(is_check, notebook.cells)), {}
    for cell in checks:
        cell.outputs = [verdict_output(name(cell), tried(cell), because(reason), told)]
    return {name(cell): because(reason) for cell in checks}


def name(cell):
    return cell.metadata.nbgrader.grade_id


def comment(cell):
    untouched = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
    return "No response." if untouched else None
