"""Run the course's own answers in this process: a hundredth of what a sandbox costs.

For solutions and banks, never for a submission.
"""

import contextlib
import copy
import functools
import json
import os
import sys
from unittest import mock

import matplotlib
from banks import answered
from loops import no_loop_around

from course_utils.checks import SESSION
from course_utils.checks.calls import count_of
from course_utils.checks.outcome import PRACTICE, outcome
from course_utils.grading.execution import is_check, learners_names
from course_utils.grading.kernel import Kernel
from course_utils.grading.report import read_report


def run(sources, seed, limits):
    """What `grade` takes in place of the sandbox: ({cell: outputs}, None)."""
    report = []
    with clean_kernel() as kernel, mock.patch.dict(os.environ, {SESSION: seed}):
        for i, source in sources:
            kernel.run(source)
            report.append(json.dumps({"cell": i, "outputs": kernel.outputs.take()}, default=repr))
    return read_report("\n".join(report).encode()), None


@contextlib.contextmanager
def clean_kernel():
    """The sandbox's kernel, in this process, and without the names of earlier cells."""
    before = sys.stdout, sys.stderr, sys.displayhook
    kernel = the_kernel()
    names = dict(kernel.shell.user_ns)
    backend = matplotlib.get_backend()
    try:
        sys.stdout, sys.stderr = kernel.streams
        with matplotlib.rc_context(), no_loop_around():
            yield kernel
    finally:  # shell.reset() collects garbage, which takes longer than all the rest
        sys.stdout, sys.stderr, sys.displayhook = before
        kernel.outputs.take()
        kernel.shell.user_ns.clear()
        kernel.shell.user_ns.update(names)
        if matplotlib.get_backend() != backend:
            matplotlib.use(backend)


@functools.cache
def the_kernel():
    """There can be one only. Making it changes the process: what can be is put back."""
    hook = sys.breakpointhook
    try:
        with no_loop_around():
            return Kernel()
    finally:
        sys.breakpointhook = hook


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
    with clean_kernel() as kernel:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                if is_check(cell):
                    kernel.shell.user_ns["check"] = check
                kernel.run(cell.source)


def graded_part(notebook):
    """The notebook without its ungraded cells: no experiment, no pictures."""
    notebook = copy.copy(notebook)
    notebook.cells = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    return notebook
