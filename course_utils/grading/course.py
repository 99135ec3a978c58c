"""Grade what a class has handed in for one exercise: only what is missing or changed."""

import fnmatch
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..checks import stored_numbers
from ..checks.trouble import clip
from .execution import USUAL
from .grade import grade
from .handed_in import handed_in
from .record import Recorder, key_of
from .session import open_session


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


def grade_class(
    course,
    exercise,
    students="*",
    again=False,
    limits=USUAL,
    say=print,
    warn=print,
    map=map,
    **recording,
):
    """Grade and record an exercise's submissions; return {student: Graded} of those graded here.

    A submission that can't be graded or recorded is told of and left for the next time; the
    others are not disturbed.

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
        (function, jobs) -> results in any order; the place to spread the work.
    recording
        See `Recorder`.
    """
    released, solution = (read(folder, exercise) for folder in (course.exercises, course.solutions))
    numbers = stored_numbers(exercise)
    found, notes = handed_in(course.submitted, exercise)
    chosen = [one for one in found if one.student == students]
    chosen = chosen or [one for one in found if fnmatch.fnmatchcase(one.student, students)]
    decides = released, solution, numbers, limits
    keys = {one.student: key_of(one.content, *decides) for one in chosen}
    folders = course.autograded, course.feedback
    results = {}
    with closing(Recorder(course.db_url, exercise, *folders, released, **recording)) as recorder:
        done = {} if again else recorder.done()
        todo = {one.student: one for one in chosen if done.get(one.student) != keys[one.student]}
        for note in [*notes, *(note for one in todo.values() for note in one.notes)]:
            warn(note)
        if todo:
            session = open_session(exercise, released, solution, numbers, limits)
            for student, graded in map(partial(attempt, session=session), todo.values()):
                try:
                    if isinstance(graded, Exception):
                        raise graded
                    recorder.record(todo[student], graded, keys[student])
                except Exception as error:
                    warn(f"{clip(student)} was not graded: {type(error).__name__}: {clip(error)}")
                else:
                    results[student] = graded
                    say(f"{student}: {told(graded)}")
    rest = len(chosen) - len(todo)
    say(f"{exercise}: {len(results)} graded, {rest} unchanged, {len(todo) - len(results)} failed.")
    return results


def attempt(one, session):
    """A job: the student, and what was graded or went wrong."""
    try:
        return one.student, grade(one.content, session)
    except Exception as error:
        return one.student, error


def told(graded):
    """A line on one submission."""
    if graded.refused:
        return f"0, {graded.refused}"
    points = [score for score in graded.scores.values() if score is not None]
    by_hand = " and what is read by hand" if len(points) < len(graded.scores) else ""
    return f"{sum(points):g}{by_hand}, {graded.seconds:.1f} s"


def read(folder, exercise):
    return (folder / exercise / f"{exercise}.ipynb").read_text(encoding="utf-8")
