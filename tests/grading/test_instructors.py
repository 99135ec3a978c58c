"""INSTRUCTORS.md: its commands run as they are printed, and its table says what the cards say."""

import csv
import os
import re
import shutil
import subprocess

import nbformat
import pytest
from classroom import COURSE, Classroom, environment, needs_sandbox, submission
from hostile_files import RIGHT, WRONG
from quick_class import NAME
from test_runner import needs_dask

from course_utils.checks import stored_numbers


@pytest.fixture(scope="module")
def text():
    return (COURSE / "INSTRUCTORS.md").read_text(encoding="utf-8")


@needs_sandbox
@needs_dask
def test_the_commands_of_a_term(tmp_path, text):
    room = Classroom(tmp_path / "course", NAME)
    with open(room.root / "nbgrader_config.py", "a", encoding="utf-8") as config:
        config.write(f'\nc.Exchange.root = "{tmp_path / "exchange"}"\n')
    (tmp_path / "exchange").mkdir()
    (tmp_path / "exchange").chmod(0o777)
    (room.root / "students.csv").write_text("id,first_name,last_name,email\nann,Ann,A.,a@b.c\n")
    downloads = room.root / "downloaded" / NAME / "archive"
    downloads.mkdir(parents=True)
    for student, answer in {"ann": RIGHT, "bob": WRONG}.items():
        nbformat.write(submission(NAME, answer, lean=True), downloads / f"{student}_{NAME}.ipynb")
    commands = "".join(re.findall(r"^```sh\n(.*?)^```$", text, flags=re.M | re.S))
    assert commands.count("\n") == 11
    done = subprocess.run(
        ["bash", "-ex", "-c", commands],
        cwd=room.root,
        env=os.environ | environment(),
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "exchange" / "ravine" / "outbound" / NAME).is_dir()
    for path in ("grades.csv", f"grades/{NAME}.csv"):
        with open(room.root / path, newline="", encoding="utf-8") as file:
            rows = {row["student_id"]: row for row in csv.DictReader(file)}
        assert {student: float(row["score"]) for student, row in rows.items()} == {
            "ann": 8,
            "bob": 0,
        }
        assert rows["ann"]["first_name"] == "Ann"
    assert "nesterov_step: right." in room.feedback("ann")


def test_programs_it_names_are_there(text):
    with_extra = ["dask"] if shutil.which("dask", path=environment()["PATH"]) else []
    for program in ["nbgrader", *with_extra]:
        assert shutil.which(program, path=environment()["PATH"])
    makefile = (COURSE / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?:`|^)make ([a-z-]+)", text, flags=re.M))
    assert targets >= {"grade", "grade-demo", "formgrader"}
    assert all(re.search(rf"^{target}:", makefile, flags=re.M) for target in targets)


def test_the_table_of_exercises_says_what_cards_and_checks_say(text):
    rows = re.findall(r"^\| `(\w+)` \| (\d\d) \| (\d+) \| (.+?) \| (.+) \|$", text, flags=re.M)
    assert {row[0] for row in rows} == {path.name for path in (COURSE / "solutions").iterdir()}
    for name, lesson, minutes, difficulty, mistakes in rows:
        path = COURSE / "solutions" / name / f"{name}.ipynb"
        card = nbformat.read(path, as_version=4).cells[0].source
        assert f"**Minutes** {minutes} · **Difficulty** {difficulty}" in card
        assert f"**Before this** lesson {lesson}" in card
        known = {m for check in stored_numbers(name)["checks"].values() for m in check["mistakes"]}
        assert set(mistakes.split("; ")) <= known


def test_options_are_those_of_the_command(text):
    options = set(re.findall(r"^\| `(--[a-z-]+)", text, flags=re.M))
    source = (COURSE / "course_utils/grading/__main__.py").read_text(encoding="utf-8")
    assert options == set(re.findall(r'"(--[a-z-]+)"', source))
