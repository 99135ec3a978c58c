"""Whatever lies in submitted/ and whatever a file there holds: a score, with a reason."""

import copy
import json
import logging
import os
import random
import time

import nbformat
import pytest
from classroom import session, submission
from hostile_files import RIGHT, WRONG
from in_process import run

from course_utils.grading.grade import grade
from course_utils.grading.handed_in import handed_in
from course_utils.grading.submission import Refusal

NAME = "nesterov"
ROUNDS = int(os.environ.get("RAVINE_FUZZ", "1000"))  # mutations of a notebook
NOTEBOOK = b"a notebook"


# What a student means.


def lay(folder, files):
    """Write {path: content}; None stands for a folder, a str for the target of a link."""
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            place.mkdir()
        elif isinstance(content, str):
            place.symlink_to(content)
        else:
            place.write_bytes(content)


TAKEN = {
    "as it should be": {"nesterov/nesterov.ipynb": NOTEBOOK},
    "capitals": {"nesterov/Nesterov.ipynb": NOTEBOOK},
    "capital ending": {"nesterov/nesterov.IPYNB": NOTEBOOK},
    "folder in capitals": {"Nesterov/nesterov.ipynb": NOTEBOOK},
    "flat": {"nesterov.ipynb": NOTEBOOK},
    "nested once": {"nesterov/nesterov/nesterov.ipynb": NOTEBOOK},
    "downloaded twice": {"nesterov/nesterov (1).ipynb": NOTEBOOK},
    "with a copy": {"nesterov/nesterov.ipynb": NOTEBOOK, "nesterov/nesterov-Copy1.ipynb": b"old"},
    "with Jupyter's copy": {
        "nesterov/nesterov.ipynb": NOTEBOOK,
        "nesterov/.ipynb_checkpoints/nesterov-checkpoint.ipynb": b"old",
    },
    "a Mac's zip": {"nesterov/nesterov.ipynb": NOTEBOOK, "__MACOSX/nesterov.ipynb": b"attributes"},
}
REFUSED = {  # what is found: a word of the reason
    "a document": ({"nesterov/report.docx": b"x"}, "but report.docx"),
    "a program": ({"nesterov/nesterov.py": b"x"}, "but nesterov.py"),
    "an archive": ({"nesterov/nesterov.zip": b"x"}, "but nesterov.zip"),
    "an empty folder": ({"nesterov": None}, "but nothing"),
    "two of other names": (
        {"nesterov/a.ipynb": b"x", "nesterov/b.ipynb": b"x"},
        "a.ipynb, b.ipynb",
    ),
    "nested twice": ({"nesterov/a/b/nesterov.ipynb": NOTEBOOK}, "but a"),
    "a link": ({"nesterov/nesterov.ipynb": "/etc/passwd"}, "a link"),
    "a folder for a file": ({"nesterov/nesterov.ipynb/x": b"x"}, "a folder"),
}


@pytest.mark.parametrize("kind", TAKEN)
def test_where_the_intent_is_clear_the_notebook_is_taken(tmp_path, kind):
    lay(tmp_path / "someone", TAKEN[kind])
    ((one,), notes) = handed_in(tmp_path, NAME)
    assert one.content == NOTEBOOK and one.student == "someone" and not notes
    usual = "nesterov/nesterov.ipynb" in TAKEN[kind]
    assert [("was taken for" in note) for note in one.notes] == [True] * (not usual)


@pytest.mark.parametrize("kind", REFUSED)
def test_else_the_author_and_the_instructor_are_told(tmp_path, kind):
    files, says = REFUSED[kind]
    lay(tmp_path / "someone", files)
    ((one,), _) = handed_in(tmp_path, NAME)
    assert isinstance(one.content, Refusal) and says in str(one.content)
    assert any("someone" in note and says in note for note in one.notes)
    graded = grade(one.content, session(NAME), run)
    assert set(graded.scores.values()) == {0} and graded.refused == str(one.content)


def test_a_student_who_handed_in_something_else_has_no_record(tmp_path):
    lay(tmp_path / "someone", {"warmup/warmup.ipynb": b"x"})
    lay(tmp_path, {"nobody": None})
    found, notes = handed_in(tmp_path, NAME)
    assert found == [] and len(notes) == 1 and "nobody is empty" in notes[0]


@pytest.mark.parametrize("student", ["a b", "ä", "b", "-", "a'b", 'a"b', "a;b", "😀"])
def test_names_of_students_are_only_names(tmp_path, student):
    lay(tmp_path / student, TAKEN["as it should be"])
    lay(tmp_path / "b", TAKEN["as it should be"])
    found, _ = handed_in(tmp_path, NAME)
    assert {one.student for one in found} == {student, "b"}
    assert all(one.content == NOTEBOOK for one in found)


@pytest.mark.parametrize("student", ["[ab]", "*", "b?", "a]"])
def test_a_name_that_nbgrader_takes_for_a_pattern_is_told_and_left(tmp_path, student):
    lay(tmp_path / student, TAKEN["as it should be"])
    lay(tmp_path / "b", TAKEN["as it should be"])
    found, notes = handed_in(tmp_path, NAME)
    assert [one.student for one in found] == ["b"]
    assert any(student in note and "Rename the folder" in note for note in notes)


@pytest.mark.parametrize("text", [b"", b"right", b"\xff", b"9" * 1000, b"2026-13-45 00:00:00 UTC"])
def test_a_timestamp_that_is_no_time_is_told_and_left_out(tmp_path, text):
    lay(tmp_path / "a", TAKEN["as it should be"] | {"nesterov/timestamp.txt": text})
    ((one,), _) = handed_in(tmp_path, NAME)
    assert one.timestamp is None and one.content == NOTEBOOK and "timestamp.txt" not in one.beside
    assert any("holds no time" in note for note in one.notes)


def test_the_exchanges_files_come_along(tmp_path):
    beside = {"timestamp.txt": b"2026-01-02 03:04:05 UTC", "submission_secret.txt": b"s"}
    files = {f"nesterov/{name}": text for name, text in beside.items()}
    lay(tmp_path / "a", TAKEN["as it should be"] | files)
    ((one,), _) = handed_in(tmp_path, NAME)
    assert one.beside == beside and one.timestamp.year == 2026 and one.notes == ()


# What a file may hold.


def replayed(source):
    """(the notebook as bytes, a `run` that puts out what its cells put out, by their text)."""
    notebook = submission(NAME, source, lean=True)
    seen = {}

    def recording(sources, seed, limits):
        reported, ending = run(sources, seed, limits)
        seen.update({text: reported[i] for i, text in sources})
        return reported, ending

    def replaying(sources, seed, limits):
        return {i: copy.deepcopy(seen.get(text, [])) for i, text in sources}, None

    raw = nbformat.writes(notebook).encode()
    points = total(grade(raw, session(NAME), recording))
    return raw, points, replaying


def total(graded):
    return sum(score for score in graded.scores.values() if score)


JUNK = [
    None,
    True,
    -1,
    1e400,
    "",
    "x" * 10**5,
    [],
    {},
    [[]],
    {"nbgrader": {}},
    "\ud800",
    "</script>",
]


def mutated(raw, rng):
    """A notebook's JSON with one change: of its bytes, or of one of its values."""
    if rng.random() < 0.3:
        return mutated_bytes(raw, rng)
    tree = json.loads(raw)
    places = list(walk(tree))
    for _ in range(rng.choice([1, 1, 1, 5])):
        parent, key = rng.choice(places)
        change(parent, key, rng)
    return json.dumps(tree).encode()


def mutated_bytes(raw, rng):
    at, length = rng.randrange(len(raw)), rng.choice([1, 1, 10, 1000])
    new = bytes(rng.randrange(256) for _ in range(rng.choice([0, 1, 10])))
    return raw[:at] + new + raw[at + length :]


def walk(tree):
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield tree, key
        if isinstance(value, dict | list):
            yield from walk(value)


def change(parent, key, rng):
    try:
        what = rng.randrange(4)
        if what == 0:
            del parent[key]
        elif what == 1:
            parent[key] = rng.choice(JUNK)
        elif what == 2 and isinstance(parent, list):
            parent.insert(key, parent[key])
        else:
            other = rng.choice(list(parent) if isinstance(parent, dict) else range(len(parent)))
            parent[key], parent[other] = parent[other], parent[key]
    except (IndexError, KeyError):  # an earlier change took it away
        pass


@pytest.fixture
def unlogged():
    """What nbformat logs of a bad notebook holds its characters, and not all can be reported."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("unlogged")
@pytest.mark.parametrize("source", [RIGHT, WRONG], ids=["right", "wrong"])
def test_mutated_notebooks_get_a_score_and_no_point_more(source):
    raw, points, replaying = replayed(source)
    rng = random.Random(0)
    refused = 0
    for _ in range(ROUNDS // 2):
        handed = mutated(raw, rng)
        start = time.process_time()
        graded = grade(handed, session(NAME), replaying)
        assert time.process_time() - start < 5
        assert total(graded) <= points, handed[-2000:]
        nbformat.validate(nbformat.reads(graded.notebook, as_version=4))
        assert set(graded.scores) == set(grade(b"", session(NAME), replaying).scores)
        refused += graded.refused is not None
    assert 0.02 < refused / (ROUNDS // 2) < 0.9  # of both kinds there are enough
