"""Real kills (-9) at 28 moments; whatever was killed, the next run makes the grades whole.

Killed are `nbgrader autograde`, the Jupyter server in which formgrader's button grades, the class
runner, and a worker of it.
"""

import datetime
import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from classroom import COURSE, Classroom, environment, needs_sandbox, submission
from hostile_files import RIGHT, WRONG
from nbgrader.api import Comment, Grade, Gradebook
from quick_class import NAME
from test_runner import needs_dask

pytestmark = [needs_sandbox, needs_dask]

CELLS = 9  # graded cells of the exercise
TWO = ["--workers=2"]
STEPS = [
    {"door": door, "here": True, "step": {"place": place, "when": when, "count": count}}
    for door, count in [("autograde", 2), ("button", 2), ("runner", 3)]
    for place in ("write", "commit", "replace")
    for when in ("before", "after")
]
RUNNER = [{"door": "runner", "words": TWO, "when": when} for when in ("workers", "busy", 1, 3)]
WORKER = [{"door": "runner", "words": TWO, "when": "busy", "worker": True}] * 2
COMMAND = [
    {"door": door, "when": when} for door in ("autograde", "button") for when in ("sandbox", 1)
]
MOMENTS = [*STEPS, *RUNNER, *WORKER, *COMMAND]
NEXT = {"door": "runner", "here": True}
AGAIN = NEXT | {"door": "button"}


class School:
    """A class with one late student and one graded by hand, and the program that gets killed."""

    def __init__(self, root, killed):
        self.room, self.killed = Classroom(root, NAME), killed
        self.rights = itertools.cycle([True, False])  # so that all is graded anew each time
        with open(root / "nbgrader_config.py", "a", encoding="utf-8") as config:
            config.write("\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
        self.room.nbgrader("generate_assignment", NAME)
        self.hand_in(dict.fromkeys(["ann", "bob", "late", "zoe"], WRONG))
        (root / "submitted" / "late" / NAME / "timestamp.txt").write_text("2026-01-02 00:00:00 UTC")
        assert self.open_door(NEXT) == {"status": 0, "left": 0}, self.log()
        with self.book() as book:
            book.find_assignment(NAME).duedate = datetime.datetime(2026, 1, 1)
            book.find_grade("nesterov_step", NAME, NAME, "ann").manual_score = 0.5
            book.find_comment("nesterov", NAME, NAME, "ann").manual_comment = "Nearly."
            book.db.commit()

    def hand_in(self, answers):
        for student, source in answers.items():
            path = self.room.root / "submitted" / student / NAME / f"{NAME}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(submission(NAME, source, lean=True)))

    def open_door(self, task):
        print(json.dumps(task | {"root": str(self.room.root)}), file=self.killed.stdin, flush=True)
        return json.loads(self.killed.stdout.readline())

    def book(self):
        return Gradebook(f"sqlite:///{self.room.root}/gradebook.db")

    def log(self):
        return (self.room.root / "log").read_text()[-3000:]


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    paths = [COURSE / "tests" / name for name in ("support", "authoring")]
    with subprocess.Popen(
        [sys.executable, Path(__file__).with_name("killed.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | environment() | {"PYTHONPATH": os.pathsep.join(map(str, paths))},
    ) as killed:
        yield School(tmp_path_factory.mktemp("course"), killed)
        killed.stdin.close()


@pytest.mark.parametrize("number", range(len(MOMENTS)))
def test_a_kill_loses_nothing(school, number):
    task, right = MOMENTS[number], next(school.rights)
    school.hand_in(dict.fromkeys(["ann", "late", "zoe"], RIGHT if right else WRONG))
    (school.room.root / "submitted" / "bob" / NAME / f"{NAME}.ipynb").write_text(f"{{ {number}")
    ended = school.open_door(task)
    assert ended == {"status": 0 if "worker" in task else -9, "left": 0}, school.log()
    again = AGAIN if task["door"] == "button" else NEXT
    assert school.open_door(again) == {"status": 0, "left": 0}, school.log()

    points = 8 * right
    with school.book() as book:
        of = {one.student.id: one for one in book.notebook_submissions(NAME, NAME)}
        scores = {student: one.score for student, one in of.items()}
        by_hand = 0.5 - right  # in place of the check's point
        assert scores == {"ann": points + by_hand, "bob": 0, "late": points, "zoe": points}
        assert of["late"].late_submission_penalty == points
        assert of["ann"].late_submission_penalty is None
        assert book.find_comment("nesterov", NAME, NAME, "ann").comment == "Nearly."
        assert book.db.query(Grade).count() == CELLS * len(of)
        assert book.db.query(Grade).filter(Grade.auto_score.is_(None)).count() == 0
        assert book.db.query(Comment).count() == book.db.query(Comment.id).distinct().count()
    for student in scores:
        told = school.room.verdicts(student)["nesterov_step"]
        good = right and student != "bob"
        assert told.startswith("nesterov_step: right." if good else "nesterov_step: not right yet.")


def test_no_moment_is_left_out():
    assert len(MOMENTS) == 28
