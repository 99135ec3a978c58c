"""The only writer of grades: one transaction for a submission, so that a kill loses nothing.

The gradebook gets one table more, with a key for each submission: a hash of all that decides its
grade. A submission is done when its key is the recorded one and its graded notebook is there.
Beside the key stands what a summary counts.
"""

import contextlib
import functools
import hashlib
import json
import os
import shutil
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import SaveCells
from sqlalchemy import JSON, Column, Float, MetaData, String, Table, Text, delete, insert, select

from ..checks.trouble import clip

PACKAGE = Path(__file__).parents[1]
RESULTS = Table(
    "ravine_outcomes",  # a new name whenever the columns change: then all is graded once more
    MetaData(),
    Column("assignment", String(128), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("key", String(64), nullable=False),
    Column("seconds", Float, nullable=False),
    Column("refused", Text),  # why it could not be run
    Column("causes", JSON, nullable=False),  # else {check that failed: why, or None if not known}
)
MOST_CAUSE = 200  # characters


def key_of(submission, *decides):
    """A hash of a submission and of what else decides its grade: texts, numbers, this program."""
    parts = [str(submission).encode() if isinstance(submission, Exception) else submission]
    parts += [str(part).encode() for part in decides] + [grader()]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


@functools.cache
def grader():
    """The text of what grades: when it changes, all is graded again."""
    files = sorted(
        path for room in ("checks", "grading") for path in (PACKAGE / room).rglob("*.py")
    )
    return b"".join(path.read_bytes() for path in files)


class Recorder:
    """Writes what `grade` returns into a gradebook and below autograded/.

    Scores and comments given by hand are never touched. What has been read by hand stays read as
    long as the answers and the score beside it are the same.

    Parameters
    ----------
    db_url : str
        The gradebook.
    exercise : str
    autograded, feedback : Path
        Folders. Feedback on an earlier submission is removed.
    released : str
        The exercise's notebook: from it the gradebook learns an exercise that it does not know.
    penalty : callable
        (student, score, seconds late) -> points to take off, or None.
    new_students : bool
        Whether a student who is not in the gradebook is added to it.
    """

    def __init__(
        self, db_url, exercise, autograded, feedback, released, penalty=None, new_students=True
    ):
        self.exercise, self.autograded, self.feedback = exercise, autograded, feedback
        self.penalty, self.new_students = penalty, new_students
        self.book = Gradebook(db_url)
        RESULTS.create(self.book.engine, checkfirst=True)
        self.know(released, db_url)

    def know(self, released, db_url):
        try:
            self.book.find_notebook(self.exercise, self.exercise)
        except MissingEntry:
            self.book.update_or_create_assignment(self.exercise)
            names = {"notebook": self.exercise, "assignment": self.exercise, "db_url": db_url}
            SaveCells().preprocess(nbformat.reads(released, as_version=4), {"nbgrader": names})
            self.book.db.expire_all()

    def close(self):
        self.book.close()

    def done(self):
        """{student: key} of what is recorded and has its notebook."""
        mine = RESULTS.c.assignment == self.exercise
        rows = self.book.db.execute(select(RESULTS.c.student, RESULTS.c.key).where(mine))
        return {student: key for student, key in rows if self.place(student).exists()}

    def place(self, student):
        return self.autograded / student / self.exercise / f"{self.exercise}.ipynb"

    def record(self, handed_in, graded, key):
        """Scores, comments and key at once; then the files, of which the notebook comes last."""
        student, place = handed_in.student, self.place(handed_in.student)
        same = answers(graded.notebook) == answers_in(place)
        place.unlink(missing_ok=True)
        # The whole folder: where there is one, nbgrader makes no new page.
        shutil.rmtree(self.feedback / student / self.exercise, ignore_errors=True)
        with self.transaction():
            self.write(student, handed_in.timestamp, graded, same)
            row = {"assignment": self.exercise, "student": student}
            self.book.db.execute(delete(RESULTS).filter_by(**row))
            row |= {"key": key, "seconds": graded.seconds, "refused": graded.refused}
            row |= {"causes": {} if graded.refused else causes(graded)}
            self.book.db.execute(insert(RESULTS).values(row))
        place.parent.mkdir(parents=True, exist_ok=True)
        for name, content in handed_in.beside.items():
            replace(place.with_name(name), content)
        replace(place, graded.notebook.encode())

    @contextlib.contextmanager
    def transaction(self):
        """nbgrader's gradebook commits at every small step; here all steps are one."""
        self.book.db.commit = self.book.db.flush
        try:
            with self.book.db.no_autoflush:
                yield
        except BaseException:
            self.book.db.rollback()
            raise
        finally:
            del self.book.db.commit
        self.commit()
        self.book.db.expunge_all()

    def commit(self):
        self.book.db.commit()

    def write(self, student, timestamp, graded, same):
        (self.book.update_or_create_student if self.new_students else self.book.find_student)(
            student
        )
        submission = self.book.update_or_create_submission(
            self.exercise, student, timestamp=timestamp
        )
        (notebook,) = submission.notebooks
        for grade in notebook.grades:
            score, by_hand = graded.scores[grade.cell.name], grade.manual_score is not None
            read = by_hand and not grade.needs_manual_grade
            still = same and grade.auto_score == score
            grade.auto_score = score
            grade.needs_manual_grade = (by_hand or score is None) and not (read and still)
        for comment in notebook.comments:
            comment.auto_comment = graded.comments.get(comment.cell.name, "No response.")
        notebook.late_submission_penalty = None
        self.book.db.flush()
        self.book.db.refresh(notebook)
        late = submission.total_seconds_late
        if late > 0 and self.penalty:
            taken = self.penalty(student, notebook.score, late)
            if taken is not None:
                notebook.late_submission_penalty = min(max(taken, 0), notebook.score)


def causes(graded):
    failed = {name: found.cause for name, found in graded.verdicts.items() if not found.right}
    return {name: cause and clip(cause, MOST_CAUSE) for name, cause in failed.items()}


def answers(notebook):
    """The texts in which the author of a graded notebook may have changed something."""
    cells = (cell for cell in json.loads(notebook)["cells"] if "nbgrader" in cell["metadata"])
    return [(cell["source"], cell.get("attachments")) for cell in cells]


def answers_in(place):
    with contextlib.suppress(OSError, ValueError, KeyError):  # it may be missing, or spoiled
        return answers(place.read_bytes())


def replace(path, content):
    """Write a file that is whole or not there, read-only as nbgrader leaves it."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    part.write_bytes(content)
    part.chmod(0o444)
    os.replace(part, path)
