"""Run the checks of a notebook in this process: a hundredth of what a sandbox costs.

For the course's own answers only, never for a submission.
"""

import contextlib
import copy

from banks import answered
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from course_utils.checks.outcome import PRACTICE, outcome


def outcomes(notebook, stream=PRACTICE):
    """{check: outcome} of the answer that is written in the notebook, on a stream of numbers."""
    found = {}

    def check(run):
        found[run.__name__] = outcome(run, stream)

    with clean_shell() as shell, capture_output():
        for cell in notebook.cells:
            if cell.cell_type == "code":
                if is_check(cell):
                    shell.user_ns["check"] = check
                shell.run_cell(cell.source)
    return found


@contextlib.contextmanager
def clean_shell():
    config = Config()
    config.HistoryManager.enabled = False
    shell = InteractiveShell.instance(config=config)
    try:
        yield shell
    finally:
        shell.reset(new_session=True)


def is_check(cell):
    """A graded cell that a machine judges."""
    kind = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and kind.get("grade") and not kind.get("solution")


def without_experiment(notebook):
    """The notebook without its ungraded cells: no experiment, no pictures."""
    notebook = copy.copy(notebook)
    notebook.cells = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    return notebook


def outcomes_of(answer, solution, stream=PRACTICE):
    """{check: outcome} of an answer from a bank."""
    return outcomes(answered(without_experiment(solution), answer, solution), stream)
