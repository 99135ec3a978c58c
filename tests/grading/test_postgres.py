"""A gradebook on a real PostgreSQL server: all doors, and what test_record says of kills."""

import csv
import itertools
import os

import postgres
import pytest
from classroom import Classroom, environment, needs_sandbox, submission
from hostile_files import RIGHT, WRONG
from nbgrader.api import Gradebook
from quick_class import NAME
from test_record import (  # noqa: F401 run here once more, with the `room` below
    test_a_kill_at_any_step_loses_nothing,
    test_grades_and_comments_by_hand_survive,
)
from test_runner import needs_dask, runs

from course_utils.grading import course as grading

pytestmark = [
    needs_dask,
    pytest.mark.skipif(
        postgres.programs() is None and "CI" not in os.environ,
        reason="There is no PostgreSQL server.",
    ),
]
NUMBERS = itertools.count()
in_folder = grading.in_folder


@pytest.fixture(scope="module")
def server():
    with postgres.server() as database:
        yield database


@pytest.fixture(scope="module")
def empty(server):
    """The name of a database with nbgrader's tables, made once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", environment()["PATH"])
        Gradebook(server("empty")).close()
    return "empty"


@pytest.fixture
def room(room, server, empty, monkeypatch):
    """The class of test_record, with its gradebook on the server."""
    url = server(f"room_{next(NUMBERS)}", empty)
    monkeypatch.setattr(grading, "in_folder", lambda root: in_folder(root, url))
    return room


@needs_sandbox
def test_a_class_from_release_to_feedback(tmp_path, server):
    room, url = Classroom(tmp_path / "course", NAME), server("whole_way")
    there = {"CourseDirectory__db_url": url}
    room.nbgrader("generate_assignment", NAME, **there)
    handed_in = {
        "Łukasz Ω": submission(NAME, RIGHT, lean=True),
        "o'brien": submission(NAME, WRONG, lean=True),
        "nothing": b"",
    }
    for student, what in handed_in.items():
        room.hand_in(student, what)
    done = runs(room.root, "--workers=2", f"--db={url}")
    assert f"{NAME}: 3 graded, 0 unchanged, 0 failed." in done.stdout, done.stdout + done.stderr
    assert "0 graded, 3 unchanged" in room.nbgrader("autograde", NAME, **there)
    room.nbgrader("generate_feedback", NAME, **there)
    assert "nesterov_step: right." in room.feedback("Łukasz Ω")
    room.nbgrader("export", "--to=grades.csv", **there)
    points = {"Łukasz Ω": 8, "o'brien": 0, "nothing": 0}
    for path in ("grades.csv", f"grades/{NAME}.csv"):
        with open(room.root / path, newline="", encoding="utf-8") as file:
            assert {r["student_id"]: float(r["score"]) for r in csv.DictReader(file)} == points
    assert not (room.root / "gradebook.db").exists()
