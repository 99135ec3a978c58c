"""Fair and kind: right answers get every point, wrong ones what they deserve and a reason why.

All answers of a bank are graded as one class, through nbgrader, on inputs drawn for this test.
"""

import re

import numpy as np
import pytest
from classroom import EXERCISES, Classroom, answers, bank, needs_sandbox, notebook, submission
from in_process import outcomes, outcomes_of, without_experiment
from nbgrader.api import Gradebook

from course_utils.checks.verdict import TOLERANCE, as_array

pytestmark = needs_sandbox

LEAST = {"right": 10, "wrong": 20}  # answers of a bank


def student(answer):
    return re.sub(r"\W+", "_", answer.title)


@pytest.fixture(scope="module")
def classrooms(tmp_path_factory):
    """{exercise: the whole bank, graded}, each answer in words with 2 points by hand."""
    rooms = {}
    for name in EXERCISES:
        rooms[name] = room = Classroom(tmp_path_factory.mktemp(name), name)
        both = bank(name, "right") + bank(name, "wrong")
        room.grade({student(a): in_words(submission(name, a, lean=True)) for a in both})
        mark_the_words(room)
        room.score = room.scores()
    return rooms


def in_words(handed_in):
    for cell in questions(handed_in):
        cell.source = "It brakes where the walls are steep."
    return handed_in


def questions(exercise):
    """The cells that a person grades."""
    kinds = [(cell, cell.metadata.get("nbgrader", {})) for cell in exercise.cells]
    return [cell for cell, kind in kinds if kind.get("grade") and kind["solution"]]


def mark_the_words(room):
    by_hand = [cell.metadata.nbgrader.grade_id for cell in questions(notebook("exercises", room.name))]
    with Gradebook(f"sqlite:///{room.root}/gradebook.db") as book:
        for submitted in book.assignment_submissions(room.name):
            waiting = [g for g in submitted.notebooks[0].grades if g.needs_manual_grade]
            assert [grade.name for grade in waiting] == by_hand
            for grade in waiting:
                grade.manual_score, grade.needs_manual_grade = grade.max_score, False
        book.db.commit()


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize("kind", LEAST)
def test_the_bank_is_large_enough(name, kind):
    assert len(bank(name, kind)) >= LEAST[kind]


@answers("right")
def test_a_right_answer_gets_every_point(classrooms, name, answer):
    assert classrooms[name].score[student(answer)] == 10


@answers("wrong")
def test_a_wrong_answer_gets_what_it_deserves(classrooms, name, answer):
    words = sum(cell.metadata.nbgrader.points for cell in questions(notebook("exercises", name)))
    assert classrooms[name].score[student(answer)] == answer.points + words


@answers("wrong")
def test_a_wrong_answer_is_told_why(classrooms, name, answer):
    told = "\n".join(classrooms[name].verdicts(student(answer)).values())
    assert (answer.mistake or answer.facts["says"]) in told


@answers("wrong")
def test_the_message_is_short_and_shows_no_expected_value(classrooms, name, answer):
    for message in classrooms[name].verdicts(student(answer)).values():
        assert len(message.splitlines()) <= 4
        assert "Expected" not in message


# The tolerance: right answers stay well below it, wrong ones get nowhere near it.


def worst(solution, answer, stream):
    """The largest deviation, relative to the largest number of its leaf, over all checks."""
    reference = outcomes(without_experiment(solution), stream)
    found = outcomes_of(answer, solution, stream)
    return max(
        deviation(came.get("values", {}), reference[check]["values"])
        for check, came in found.items()
    )


def deviation(came, expected):
    gaps = []
    for path, leaf in expected.items():
        right, mine = as_array(leaf), as_array(came.get(path))
        if mine is None or mine.shape != right.shape:
            return float("inf")
        gap = abs(mine - right).max() / abs(right).max()
        gaps.append(float("inf") if np.isnan(gap) else gap)
    return max(gaps)


@answers("right")
def test_right_answers_stay_well_below_the_tolerance(name, answer):
    assert worst(notebook("solutions", name), answer, "rounding") < TOLERANCE / 10


@answers("wrong")
def test_wrong_formulas_are_far_above_the_tolerance(name, answer):
    if answer.mistake:
        assert worst(notebook("solutions", name), answer, "formulas") > TOLERANCE * 10
