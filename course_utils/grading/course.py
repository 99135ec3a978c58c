"""Grade what a class has handed in for one exercise: only what is missing or changed."""

import fnmatch
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..checks import stored_numbers
from ..checks.trouble import clip
from .execution import USUAL, in_sandbox
from .grade import grade
from .handed_in import handed_in
from .record import Recorder, key_of
from .session import open_session
from .submission import Refusal


class Course(NamedTuple):
    """The folders of a course, and its gradebook."""

    db_url: str
    solutions: Path
    exercises: Path
    submitted: Path
    autograded: Path
    feedback: Path


def in_folder(root, db_url=None):
    """The course in a folder, with nbgrader's usual names in it."""
    root = Path(root).resolve()
    names = ("solutions", "exercises", "submitted", "autograded", "feedback")
    url = db_url or f"sqlite:///{root}/gradebook.db?timeout=60"
    return Course(url, *(root / name for name in names))


class Job(NamedTuple):
    """What is known of a submission where it is graded."""

    student: str
    content: bytes | Refusal
    key: str


class Done(NamedTuple):
    """What became of a class."""

    graded: list
    unchanged: int
    failed: list

    def __str__(self):
        counts = len(self.graded), self.unchanged, len(self.failed)
        return "{} graded, {} unchanged, {} failed.".format(*counts)


def grade_class(
    course,
    exercise,
    students="*",
    again=False,
    limits=USUAL,
    say=print,
    warn=print,
    map=map,
    progress=lambda results, total: results,
    running=lambda session: in_sandbox,
    **recording,
):
    """Grade and record an exercise's submissions; return who was graded here, as `Done`.

    A submission that can't be graded or recorded is told of and left for the next time; the
    others are not disturbed. Few submissions are in memory at once.

    Parameters
    ----------
    course : Course
    exercise : str
    students : str
        One student, or a pattern.
    again : bool
        Also what is recorded and has not changed.
    limits : Limits
    say, warn : callable
        Get lines for the instructor, on what was done and on what needs a look.
    map : callable
        (function, jobs) -> results in any order; jobs are made as they are asked for. The place
        to spread the work.
    progress : callable
        (results, total) -> the same results; the place to show how far it is.
    running : callable
        session -> what runs the cells of a submission. `forks.forked` is sooner done with many.
    recording
        See `Recorder`.
    """
    released, solution = (read(folder, exercise) for folder in (course.exercises, course.solutions))
    numbers = stored_numbers(exercise)
    rules = key_of(b"", released, solution, numbers, limits)
    found, notes = handed_in(course.submitted, exercise)
    chosen = [one for one in found if one.student == students]
    chosen = chosen or [one for one in found if fnmatch.fnmatchcase(one.student, students)]

    def job(one):
        content = one.content
        return Job(one.student, content, key_of(content, one.beside, rules))

    folders = course.autograded, course.feedback
    done = Done([], 0, [])
    with closing(Recorder(course.db_url, exercise, *folders, released, **recording)) as recorder:
        known = {} if again else recorder.done()
        todo = {
            one.student: one
            for one in chosen
            if one.student not in known or known[one.student] != job(one).key
        }
        for note in [*notes, *(note for one in todo.values() for note in one.notes)]:
            warn(note)
        if todo:
            session = open_session(exercise, released, solution, numbers, limits)
            results = map(
                partial(attempt, session=session, run=running(session)),
                (job(one) for one in todo.values()),
            )
            for student, key, graded in progress(results, total=len(todo)):
                try:
                    if isinstance(graded, Exception):
                        raise graded
                    recorder.record(todo[student], graded, key)
                except Exception as error:
                    done.failed.append(student)
                    warn(f"{clip(student)} was not graded: {type(error).__name__}: {clip(error)}")
                else:
                    done.graded.append(student)
                    refused_here = graded.refused and isinstance(todo[student].file, Path)
                    (warn if refused_here else say)(f"{student}: {told(graded)}")
    return done._replace(unchanged=len(chosen) - len(todo))


def attempt(job, session, run):
    """Whose submission, its key, and what was graded or went wrong."""
    try:
        return job.student, job.key, grade(job.content, session, run)
    except Exception as error:
        return job.student, job.key, error


def told(graded):
    """A line on one submission."""
    if graded.refused:
        return f"0, {graded.refused}"
    points = [score for score in graded.scores.values() if score is not None]
    by_hand = " and what is read by hand" if len(points) < len(graded.scores) else ""
    return f"{sum(points):g}{by_hand}, {graded.seconds:.1f} s"


def read(folder, exercise):
    return (folder / exercise / f"{exercise}.ipynb").read_text(encoding="utf-8")
