"""Run the course's own answers in this process: a hundredth of what a sandbox costs.

For solutions and banks, never for a submission.
"""

import contextlib
import copy
import os
from unittest import mock

from banks import answered
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from nbformat.v4 import new_output
from traitlets.config import Config

from course_utils.checks import SESSION
from course_utils.checks.calls import count_of
from course_utils.checks.outcome import PRACTICE, outcome
from course_utils.grading.execution import is_check, learners_names


def run(sources, seed, limits):
    """What `grade` takes in place of the sandbox: ({cell: outputs}, None)."""
    with clean_shell() as shell, mock.patch.dict(os.environ, {SESSION: seed}):
        return {i: outputs(shell, source) for i, source in sources}, None


def outputs(shell, source):
    with capture_output() as captured:
        result = shell.run_cell(source)
    shown = [new_output("display_data", data=output.data) for output in captured.outputs]
    error = result.error_before_exec or result.error_in_exec
    if error:
        name = type(error).__name__
        shown.append(new_output("error", ename=name, evalue=str(error), traceback=[]))
    return shown


@contextlib.contextmanager
def clean_shell():
    config = Config()
    config.HistoryManager.enabled = False
    shell = InteractiveShell.instance(config=config)
    names = dict(shell.user_ns)
    try:
        yield shell
    finally:  # shell.reset() collects garbage, which takes longer than all the rest
        shell.user_ns.clear()
        shell.user_ns.update(names)


def outcomes(notebook, functions, stream=PRACTICE):
    """{check: outcome} of the answer that is written in a notebook, on a stream of numbers."""
    found = {}
    run_checks(notebook, lambda f: found.update({f.__name__: outcome(f, stream, functions)}))
    return found


def outcomes_of(answer, solution, functions, stream=PRACTICE):
    """{check: outcome} of an answer from a bank."""
    return outcomes(answered(graded_part(solution), answer, solution), functions, stream)


def returns(solution):
    """{learner's function: number of values it returns} of those that checks call."""
    counts, names = {}, learners_names(solution)

    def counted(name, function):
        def call(*args, **kwargs):
            result = function(*args, **kwargs)
            counts[name] = count_of(result)
            return result

        return call

    def check(function):
        room = function.__globals__
        room |= {name: counted(name, room[name]) for name in names if callable(room.get(name))}
        outcome(function, PRACTICE, {})

    run_checks(graded_part(solution), check)
    return dict(sorted(counts.items()))


def run_checks(notebook, check):
    """Run all code cells, graded ones with `check` for the exercise's own."""
    with clean_shell() as shell, capture_output():
        for cell in notebook.cells:
            if cell.cell_type == "code":
                if is_check(cell):
                    shell.user_ns["check"] = check
                shell.run_cell(cell.source)


def graded_part(notebook):
    """The notebook without its ungraded cells: no experiment, no pictures."""
    notebook = copy.copy(notebook)
    notebook.cells = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    return notebook
