"""Fair and kind: right answers get every point, wrong ones what they deserve and a reason why.

Every answer of every bank goes through `grade`, in this process, on inputs that no notebook shows.
"""

import functools

import nbformat
import numpy as np
import pytest
from classroom import EXERCISES, answers, bank, needs_sandbox, notebook, said, session, submission
from in_process import graded_part, outcomes, outcomes_of, run

from course_utils.checks import stored_numbers
from course_utils.checks.difference import TOLERANCE, as_array
from course_utils.grading.execution import is_check
from course_utils.grading.grade import grade

LEAST = {"right": 10, "wrong": 20}  # answers of a bank


@functools.cache
def graded(name, title, kind):
    answer = next(answer for answer in bank(name, kind) if answer.title == title)
    return grade(handed_in(name, answer), session(name), run)


def handed_in(name, answer):
    return nbformat.writes(submission(name, answer, lean=True)).encode()


def points(result):
    return sum(score for score in result.scores.values() if score)


def messages(result):
    cells = filter(is_check, nbformat.reads(result.notebook, as_version=4).cells)
    return [said(cell.outputs) for cell in cells]


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize("kind", LEAST)
def test_the_bank_is_large_enough(name, kind):
    titles = [answer.title for answer in bank(name, kind)]
    assert len(titles) >= LEAST[kind] and len(set(titles)) == len(titles)


@answers("right")
def test_a_right_answer_gets_every_point(name, answer):
    checks = filter(is_check, notebook("exercises", name).cells)
    most = sum(cell.metadata.nbgrader.points for cell in checks)
    assert points(graded(name, answer.title, "right")) == most


@answers("wrong")
def test_a_wrong_answer_gets_what_it_deserves(name, answer):
    assert points(graded(name, answer.title, "wrong")) == answer.points


@answers("wrong")
def test_a_wrong_answer_is_told_why(name, answer):
    told = "\n".join(messages(graded(name, answer.title, "wrong")))
    assert (answer.mistake or answer.facts["says"]) in told


@answers("wrong")
def test_the_message_is_short_and_shows_no_expected_value(name, answer):
    for message in messages(graded(name, answer.title, "wrong")):
        assert len(message.splitlines()) <= 4
        assert "Expected" not in message


@answers("wrong")
def test_a_summary_can_count_the_reasons(name, answer):
    verdicts = graded(name, answer.title, "wrong").verdicts
    causes = {verdict.cause for verdict in verdicts.values() if not verdict.right}
    assert answer.mistake is None or answer.mistake in causes


@needs_sandbox
@pytest.mark.parametrize("name", EXERCISES)
def test_the_sandbox_agrees(name):
    for answer in bank(name, "right")[-2:] + bank(name, "wrong")[::7]:
        text = handed_in(name, answer)
        here, there = grade(text, session(name), run), grade(text, session(name))
        assert here._replace(seconds=0, notebook="") == there._replace(seconds=0, notebook="")
        assert messages(here) == messages(there)


# The tolerance: right answers stay well below it, wrong ones get nowhere near it.


def worst(name, answer, stream):
    """The largest deviation, relative to the largest number of its leaf, over all checks."""
    solution, functions = notebook("solutions", name), stored_numbers(name)["functions"]
    found = outcomes_of(answer, solution, functions, stream)
    right = reference(name, stream)
    return max(deviation(came.get("values", {}), right[check]) for check, came in found.items())


@functools.cache
def reference(name, stream):
    solution, functions = notebook("solutions", name), stored_numbers(name)["functions"]
    found = outcomes(graded_part(solution), functions, stream)
    return {check: came["values"] for check, came in found.items()}


def deviation(came, expected):
    gaps = []
    for path, leaf in expected.items():
        right, mine = as_array(leaf), as_array(came.get(path))
        if mine is None or mine.shape != right.shape:
            return float("inf")
        gap, scale = abs(mine - right).max(), abs(right).max()
        gaps.append(gap and (gap / scale if scale and np.isfinite(gap) else float("inf")))
    return max(gaps)


@answers("right")
def test_right_answers_stay_well_below_the_tolerance(name, answer):
    assert worst(name, answer, "rounding") < TOLERANCE / 10


@answers("wrong")
def test_wrong_formulas_are_far_above_the_tolerance(name, answer):
    if answer.mistake:
        assert worst(name, answer, "formulas") > TOLERANCE * 10
