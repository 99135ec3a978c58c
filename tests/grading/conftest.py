"""Fixtures of several files here."""

import shutil

import pytest
from classroom import COURSE, environment, session
from in_process import run
from nbgrader.api import Gradebook
from quick_class import NAME

from course_utils.grading import course as grading
from course_utils.grading.grade import grade


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory):
    """Made once: nbgrader starts a program for each new gradebook."""
    path = tmp_path_factory.mktemp("empty") / "gradebook.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", environment()["PATH"])
        Gradebook(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def room(tmp_path, monkeypatch, empty_gradebook):
    """A course in a folder; submissions run in this process on fixed inputs."""
    shutil.copy(empty_gradebook, tmp_path)
    for folder in ("solutions", "exercises"):
        (tmp_path / folder).symlink_to(COURSE / folder)
    monkeypatch.setattr(grading, "open_session", lambda *_: session(NAME))
    monkeypatch.setattr(grading, "grade", lambda *given: grade(*given[:2], run))
    return tmp_path
