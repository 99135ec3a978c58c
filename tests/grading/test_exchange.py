"""The exchange, with nbgrader's own commands: out to a learner, back twice, feedback out."""

import getpass
import os
import subprocess
import sys

import nbformat
import pytest
from classroom import Classroom, environment, needs_sandbox, submission
from hostile_files import RIGHT, WRONG

pytestmark = needs_sandbox

NAME = "nesterov"


@pytest.fixture
def exchange(tmp_path):
    """(the course, a learner's command): both reach the same exchange."""
    for folder in ("course", "learner", "exchange", "cache"):
        (tmp_path / folder).mkdir()
    (tmp_path / "exchange").chmod(0o777)
    room = Classroom(tmp_path / "course", NAME)
    where = {"Exchange__root": tmp_path / "exchange", "Exchange__cache": tmp_path / "cache"}

    def instructor(*command, **settings):
        return room.nbgrader(*command, **where, **settings)

    def learner(*command):
        options = [f"--{key.replace('__', '.')}={value}" for key, value in where.items()]
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command, "--course=ravine", *options],
            cwd=tmp_path / "learner",
            env=os.environ | environment(),
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr

    return room, instructor, learner, tmp_path / "learner"


def test_out_and_back_again_with_feedback(exchange):
    room, instructor, learner, home = exchange
    student = getpass.getuser()
    instructor("generate_assignment", NAME)
    instructor("release_assignment", NAME)
    learner("fetch_assignment", NAME)
    fetched = home / NAME / f"{NAME}.ipynb"
    assert fetched.read_bytes() == (room.root / "exercises" / NAME / f"{NAME}.ipynb").read_bytes()

    for answer, points in [(WRONG, 0), (RIGHT, 8)]:
        fetched.chmod(0o644)
        nbformat.write(submission(NAME, answer, lean=True), fetched)
        learner("submit", NAME)
        instructor("collect", NAME, "--update")
        instructor("autograde", NAME)
        assert room.scores() == {student: points}
        instructor("generate_feedback", NAME)
        instructor("release_feedback", NAME)
        learner("fetch_feedback", NAME)
    pages = list((home / NAME / "feedback").rglob("*.html"))
    told = [page.read_text(encoding="utf-8") for page in pages]
    assert any("nesterov_step: right." in page for page in told)
    assert any("nesterov_step: not right yet." in page for page in told)
