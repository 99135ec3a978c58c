"""300 notebooks as a real class hands them in: none stops the others, each has score and reason."""

import copy
import functools
import os

import nbformat
from classroom import said
from in_process import run
from nbgrader.api import SubmittedNotebook
from quick_class import NAME, book, grade_class
from real_class import hand_in

from course_utils.grading import course as grading
from course_utils.grading.execution import is_check
from course_utils.grading.grade import grade

STUDENTS = 300
MOST = 8


@functools.cache
def outputs(sources, seed, limits):
    return run(sources, seed, limits)


def remembered(sources, seed, limits):
    return copy.deepcopy(outputs(tuple(sources), seed, limits))


def test_300_notebooks(room, monkeypatch):
    monkeypatch.setattr(grading, "grade", lambda *given: grade(*given[:2], remembered))
    submitted = room / "submitted"
    expected = hand_in(submitted, NAME, STUDENTS, seed=0)
    latin = os.fsdecode(b"caf\xe9")  # as zip programs of old leave it
    os.rename(submitted / next(iter(expected)), submitted / latin)
    expected["café"] = expected.pop(next(iter(expected)))
    (submitted / "a file beside the folders.ipynb").write_text("{")
    (submitted / "nothing in here").mkdir()
    (submitted / "the same again").symlink_to(next(iter(expected)))

    graded, said_ = grade_class(room)
    assert graded == {*expected, "the same again"}, said_
    assert sum("was not graded" in line for line in said_) == 0
    assert any("a file beside the folders.ipynb is in no student's folder" in x for x in said_)
    assert any("nothing in here is empty" in line for line in said_)

    with book(room) as gradebook:
        scores = {one.student.id: one.score for one in gradebook.db.query(SubmittedNotebook)}
        assert len(scores) == STUDENTS + 1 and scores.pop("the same again") == 0
    for student, (kind, right, points) in expected.items():
        score = scores[student]
        if points == "lost":
            assert score == 0, (student, kind)
        if points == "stay":
            assert (score == MOST) == right, (student, kind, score)
        reasons = told(room, student)
        assert len(reasons) == MOST
        assert sum(reason.endswith(": right.\n") for reason in reasons) == score, (kind, reasons)
        assert all(
            len(reason.split("Tried: ")[-1]) > 30 for reason in reasons if "right." not in reason
        )
    assert grade_class(room)[0] == set()


def told(room, student):
    path = room / "autograded" / student / NAME / f"{NAME}.ipynb"
    return [
        said(cell.outputs) for cell in nbformat.read(path, as_version=4).cells if is_check(cell)
    ]
