"""A course folder of its own, with a class in it: for tests of the real nbgrader commands."""

import copy
import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
from traitlets.config import PyFileConfigLoader

from course_utils.grading.bank import answered

COURSE = Path(__file__).parents[1]
ENVIRONMENT = {
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",  # it calls alembic
    "JUPYTER_NO_CONFIG": "1",
}
EXERCISES = sorted(folder.name for folder in (COURSE / "solutions").iterdir())


def config():
    """nbgrader_config.py as nbgrader reads it."""
    return PyFileConfigLoader("nbgrader_config.py", path=str(COURSE)).load_config()


def notebook(folder, name):
    return nbformat.read(COURSE / folder / name / f"{name}.ipynb", as_version=4)


def submission(name, source):
    """The released exercise with an answer written into it."""
    return answered(copy.deepcopy(notebook("exercises", name)), source)


class Classroom:
    """A copy of the course's solutions and config in `root`; commands run there."""

    def __init__(self, root, name):
        self.root, self.name = root, name
        shutil.copy(COURSE / "nbgrader_config.py", root)
        shutil.copytree(COURSE / "solutions" / name, root / "solutions" / name)

    def nbgrader(self, *command, **settings):
        """Run a command as the README prints it; return all it said."""
        options = [f"--{key.replace('__', '.')}={value}" for key, value in settings.items()]
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command, *options],
            cwd=self.root,
            env=os.environ | ENVIRONMENT,
            capture_output=True,
            text=True,
            timeout=300,
        )
        said = done.stdout + done.stderr
        assert done.returncode == 0, said
        return said

    def hand_in(self, student, what):
        """A notebook, or the bytes of a file that should be one."""
        path = self.root / "submitted" / student / self.name / f"{self.name}.ipynb"
        path.parent.mkdir(parents=True)
        if isinstance(what, bytes):
            path.write_bytes(what)
        else:
            nbformat.write(what, path)

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
