"""What lies in submitted/: for each student the file that is meant, or what was found instead."""

import os
import stat
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from nbgrader.utils import parse_utc

from ..checks.trouble import clip
from .submission import MOST_BYTES, TOO_LARGE, Refusal

SKIPPED = {".ipynb_checkpoints", "__MACOSX", ".DS_Store"}
PATTERN = set("[]*?")  # characters that mean other names to nbgrader's commands
TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"  # nbgrader's exchange needs them


class HandedIn(NamedTuple):
    """By one student. `notes` are for the instructor."""

    student: str
    file: Path | Refusal
    timestamp: datetime | None = None
    beside: dict = {}  # noqa: RUF012 {name: bytes} of the exchange's two small files
    notes: tuple = ()

    @property
    def content(self):
        """The bytes of the file, or why it can't be graded; read anew: a class may be large."""
        if isinstance(self.file, Refusal):
            return self.file
        try:
            return content_of(self.file)
        except Refusal as reason:
            return reason


def handed_in(submitted, exercise):
    """What each student has handed in for an exercise, in order; what nobody can use, as notes.

    Returns ([HandedIn], [str]).
    """
    found, notes = {}, []
    for folder in entries(submitted):
        if not folder.is_dir():
            notes.append(f"{shown(folder)} is in no student's folder. It was left out.")
            continue
        student = name_of(folder)
        one = of_student(student, folder, exercise)
        if one and set(student) & PATTERN:
            notes.append(
                f"{shown(folder)} is not graded: nbgrader takes a name with [ ] * or ? for a "
                "pattern and would make no feedback page. Rename the folder and grade again."
            )
        elif student in found:
            notes.append(f"There are two folders for {student}. One was left out.")
        elif one:
            found[student] = one
        elif not any(entries(folder)):
            notes.append(f"{shown(folder)} is empty.")
    return list(found.values()), notes


def name_of(folder):
    """A student's name: the folder's, in which old zip programs leave letters that are no UTF-8."""
    try:
        folder.name.encode()
    except UnicodeEncodeError:
        return os.fsencode(folder.name).decode("latin-1")
    return folder.name


def of_student(student, folder, exercise):
    """What a student has handed in, or None."""
    try:
        if folder.is_symlink():
            raise Refusal("Your folder is a link to another one. Hand in the notebook itself.")
        place = place_of(folder, exercise)
        return place and read(student, place, exercise)
    except Refusal as reason:
        return HandedIn(student, reason, notes=(f"{shown(folder)}: {reason}",))
    except OSError as error:
        reason = Refusal(f"Your folder can't be opened ({error.strerror}).")
        return HandedIn(student, reason, notes=(f"{shown(folder)}: {reason}",))


def entries(folder):
    return sorted(path for path in folder.iterdir() if path.name not in SKIPPED)


def place_of(student, exercise):
    """The folder of an exercise, or a notebook that lies where the folder should; or None."""
    same = [p for p in entries(student) if p.name.lower() in (exercise, f"{exercise}.ipynb")]
    return min(same, key=lambda path: (path.name != exercise, path.suffix != ""), default=None)


def read(student, place, exercise):
    name = f"{exercise}.ipynb"
    notes = []
    folder = place if place.suffix == "" else place.parent
    try:
        path = place if place.suffix else notebook_in(place, name)
        content_of(path)
        if (path.parent, path.name) != (folder, name) or folder.name != exercise:
            notes.append(f"{shown(path)} was taken for {name}.")
    except Refusal as reason:
        path = reason
        notes.append(f"{shown(place)}: {reason}")
    beside = {file: text for file in (TIMESTAMP, SECRET) if (text := small_file(folder / file))}
    timestamp = time_in(beside.get(TIMESTAMP))
    if timestamp is None and os.path.lexists(folder / TIMESTAMP):
        notes.append(f"{shown(folder / TIMESTAMP)} holds no time. Graded as handed in in time.")
        beside.pop(TIMESTAMP, None)
    return HandedIn(student, path, timestamp, beside, tuple(notes))


def notebook_in(folder, name):
    """The notebook of that name, in any capitals, once nested; or the only notebook there is."""
    if folder.is_symlink():
        raise Refusal("Your folder is a link to another one. Hand in the notebook itself.")
    here = entries(folder)
    nested = [path for sub in here if is_folder(sub) for path in entries(sub)]
    notebooks = [path for path in here if path.suffix.lower() == ".ipynb"]
    for candidates in (
        [path for path in here if path.name == name],
        [path for path in notebooks if path.name.lower() == name],
        notebooks,
        [path for path in nested if path.name.lower() == name],
    ):
        if len(candidates) == 1:
            return candidates[0]
    there = (
        ", ".join(clip(path.name, 40) for path in here[:5] if path.name != TIMESTAMP) or "nothing"
    )
    raise Refusal(f"There is no notebook with the name {name}, but {there}. Hand in {name}.")


def is_folder(path):
    return path.is_dir() and not path.is_symlink()


def content_of(path):
    if path.is_symlink():
        raise Refusal("Your notebook is a link to another file. Hand in the notebook itself.")
    if path.is_dir():
        raise Refusal(f"There is no notebook with the name {path.name}, but a folder.")
    try:
        content = regular_file(path, MOST_BYTES + 1)
    except OSError as error:
        raise Refusal(f"Your notebook can't be opened ({error.strerror}).") from error
    if len(content) > MOST_BYTES:
        raise Refusal(TOO_LARGE)
    return content


def regular_file(path, most):
    """The first bytes of a file that is no link, no device, no pipe."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, "it is not a file")
        return file.read(most)


def small_file(path):
    try:
        return regular_file(path, 200)
    except OSError:
        return None


def time_in(text):
    try:
        return parse_utc(text.decode().strip())
    except (AttributeError, ValueError, OverflowError):
        return None


def shown(path):
    """The end of a path, as far as it can be printed."""
    text = "/".join(path.parts[-3:])
    return clip(text.encode(errors="replace").decode(), 120)
