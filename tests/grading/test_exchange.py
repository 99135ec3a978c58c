"""The exchange, with nbgrader's own commands: out to a learner, back twice, feedback out.

Where root runs this, as in CI, there are three ordinary users: an instructor, a learner, and
another who is curious. Else all is done by whoever runs it.
"""

import getpass
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest
from classroom import Classroom, environment, needs_sandbox, submission
from hostile_files import RIGHT, WRONG
from sandboxed import ordinary

pytestmark = needs_sandbox

NAME = "nesterov"
ROOT = not os.geteuid()
USERS = {"instructor": "4331", "learner": "4332", "curious": "4333"}


class User:
    """An ordinary user with a home that others can't enter, or the one who runs the test."""

    def __init__(self, name, top, passwd):
        self.name = name if ROOT else getpass.getuser()
        self.home = top / name
        self.home.mkdir()
        self.become = ordinary(USERS[name], passwd)
        self.environment = environment() | {"HOME": str(self.home), "LOGNAME": self.name}
        self.own()

    def own(self):
        self.home.chmod(0o700)
        if ROOT:
            number = int(USERS[self.home.name])
            for path in [self.home, *self.home.rglob("*")]:
                os.chown(path, number, number)

    def run(self, *command, check=True):
        done = subprocess.run(
            [*self.become, *command],
            cwd=self.home,
            env=os.environ | self.environment,
            capture_output=True,
            text=True,
            timeout=200,
        )
        assert done.returncode == 0 or not check, done.stderr
        return done


@pytest.fixture
def top():
    """A folder that all users can enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="ravine-exchange-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def exchange(top):
    """(the course, the instructor's command, the learner's command, the users)"""
    passwd = top / "passwd"
    lines = Path("/etc/passwd").read_text().splitlines()
    lines += [f"{name}:x:{number}:{number}::/:/bin/sh" for name, number in USERS.items()]
    passwd.write_text("\n".join(lines) + "\n")
    users = {name: User(name, top, passwd) for name in USERS}
    (top / "exchange").mkdir()
    (top / "exchange").chmod(0o777)
    room = Classroom(users["instructor"].home / "course", NAME)
    users["instructor"].own()
    room.become = users["instructor"].become
    room.environment = users["instructor"].environment

    def instructor(*command, **settings):
        where = {"Exchange__root": top / "exchange"}
        return room.nbgrader(*command, **where, **settings)

    def learner(*command):
        where = ["--course=ravine", f"--Exchange.root={top / 'exchange'}"]
        users["learner"].run(sys.executable, "-m", "nbgrader", *command, *where)

    return room, instructor, learner, users


def test_out_and_back_again_with_feedback(exchange):
    room, instructor, learner, users = exchange
    student, home = users["learner"].name, users["learner"].home
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
    if ROOT:
        owners = {path.stat().st_uid for path in (home / NAME).rglob("*")}
        assert owners == {int(USERS["learner"])}
        for folder in (
            "exchange/ravine/inbound",
            "exchange/ravine/feedback",
            "instructor",
            "learner",
        ):
            listed = users["curious"].run("ls", home.parent / folder, check=False)
            assert "Permission denied" in listed.stderr, folder
