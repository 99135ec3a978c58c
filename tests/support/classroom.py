"""A course folder of its own, with a class in it: for tests of the real nbgrader commands."""

import csv
import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from banks import Answer, answered, read_bank
from in_process import graded_part, run
from traitlets.config import PyFileConfigLoader

from course_utils.checks import stored_numbers
from course_utils.grading import sandbox
from course_utils.grading.session import open_session

COURSE = Path(__file__).parents[2]
EXERCISES = sorted(folder.name for folder in (COURSE / "solutions").iterdir())

WITHOUT = None if "CI" in os.environ else sandbox.missing()
needs_sandbox = pytest.mark.skipif(WITHOUT is not None, reason=str(WITHOUT))


def config():
    """nbgrader_config.py as nbgrader reads it."""
    return PyFileConfigLoader("nbgrader_config.py", path=str(COURSE)).load_config()


def notebook(folder, name):
    return nbformat.read(COURSE / folder / name / f"{name}.ipynb", as_version=4)


@functools.cache
def session(name):
    """A grading session of an exercise, always on the same inputs."""
    texts = [nbformat.writes(notebook(folder, name)) for folder in ("exercises", "solutions")]
    return open_session(name, *texts, stored_numbers(name), seed="a test's inputs", run=run)


@functools.cache
def bank(name, kind):
    return read_bank(COURSE / "tests" / "answers" / name / f"{kind}.txt")


def answers(kind):
    """Parameters: every answer of a kind, of every exercise."""
    return pytest.mark.parametrize(
        ("name", "answer"),
        [pytest.param(n, a, id=f"{n}: {a.title}") for n in EXERCISES for a in bank(n, kind)],
    )


def submission(name, answer, lean=False):
    """The released exercise with an answer, or one text, in it; lean, without ungraded cells."""
    if isinstance(answer, str):
        answer = Answer("", [(None, answer)], {})
    released, solution = notebook("exercises", name), notebook("solutions", name)
    return answered(graded_part(released) if lean else released, answer, solution)


def environment():
    programs = str(Path(sys.executable).parent)  # nbgrader calls alembic
    return {"PATH": os.pathsep.join([programs, os.environ["PATH"]]), "JUPYTER_NO_CONFIG": "1"}


class Classroom:
    """A copy of the course's solutions and config in `root`; commands run there."""

    def __init__(self, root, name):
        self.root, self.name = root, name
        self.become, self.environment = [], environment()  # who runs the commands, and how
        root.mkdir(parents=True, exist_ok=True)
        shutil.copy(COURSE / "nbgrader_config.py", root)
        shutil.copytree(COURSE / "solutions" / name, root / "solutions" / name)

    def nbgrader(self, *command, **settings):
        """Run a command as the README prints it; return all it said."""
        options = [f"--{key.replace('__', '.')}={value}" for key, value in settings.items()]
        return self.run("nbgrader", *command, *options)

    def run(self, *module):
        """Run a module with its arguments; return all it said."""
        done = subprocess.run(
            [*self.become, sys.executable, "-m", *module],
            cwd=self.root,
            env=os.environ | self.environment,
            capture_output=True,
            text=True,
            timeout=900,
        )
        said = done.stdout + done.stderr
        assert done.returncode == 0, said
        return said

    def hand_in(self, student, what):
        """A notebook, or the bytes of a file that should be one."""
        path = self.place(student)
        if isinstance(what, bytes):
            path.write_bytes(what)
        else:
            nbformat.write(what, path)

    def place(self, student):
        """Where a student's notebook belongs; the folder is made."""
        path = self.root / "submitted" / student / self.name / f"{self.name}.ipynb"
        path.parent.mkdir(parents=True)
        return path

    def grade(self, submissions):
        """Release, take in {student: notebook or bytes}, autograde."""
        self.nbgrader("generate_assignment", self.name)
        for student, what in submissions.items():
            self.hand_in(student, what)
        self.nbgrader("autograde", self.name)

    def verdicts(self, student):
        """{graded cell: what its author is told}."""
        return {
            cell.metadata.nbgrader.grade_id: said(cell.outputs)
            for cell in self.autograded(student).cells
            if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade")
        }

    def autograded(self, student):
        folder = self.root / "autograded" / student / self.name
        return nbformat.read(folder / f"{self.name}.ipynb", as_version=4)

    def feedback(self, student):
        page = self.root / "feedback" / student / self.name / f"{self.name}.html"
        return page.read_text(encoding="utf-8")

    def scores(self):
        """{student: score} as `nbgrader export` writes them."""
        self.nbgrader("export", "--to=grades.csv")
        with open(self.root / "grades.csv", newline="", encoding="utf-8") as file:
            return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


def said(outputs):
    texts = (o.text if o.output_type == "stream" else "\n".join(o.traceback) for o in outputs)
    return "\n".join(texts)
