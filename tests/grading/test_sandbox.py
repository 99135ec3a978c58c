"""The bounds of the sandbox, and what happens where there is none."""

import sys
from pathlib import Path

import pytest
from classroom import Classroom, needs_sandbox, submission
from hostile_files import RIGHT, WRONG
from sandboxed import either, output, run  # noqa: F401

from course_utils.grading import bubblewrap, sandbox

pytestmark = needs_sandbox
on_either = pytest.mark.usefixtures("either")


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("bytearray(3 * 10**9)", "MemoryError"),
        ("[threading.Thread(target=time.sleep, args=(3,)).start() for _ in range(100)]",
         "RuntimeError"),
        ("[open(f'/tmp/{i}', 'wb').write(bytes(10**7)) for i in range(100)]", "OSError"),
        ("[open(f'/dev/shm/{i}', 'wb').write(bytes(10**7)) for i in range(100)]", "OSError"),
        ("open('/dev/new', 'w')", "OSError"),
        ("open('/new', 'w')", "OSError"),
        ("open('big', 'wb').write(bytes(10**8))", "OSError"),
        ("[os.dup(0) for _ in range(1000)]", "OSError"),
        ("[os.pipe() and os.dup(0) for _ in range(1000)]", "OSError"),
    ],
)  # fmt: skip
@on_either
def test_every_resource_has_a_limit(code, error):
    tried = f"try:\n    {code}\nexcept {error}:\n    print('limit')"
    assert output("import os, threading, time", tried) == "limit\n"


CHILDREN = (
    "for _ in range({}):\n"
    "    if os.fork() == 0:\n"
    "        {}\n"
    "        time.sleep(100)\n"
    "        os._exit(0)\n"
    "time.sleep(100)"
)


@pytest.mark.parametrize(
    ("seconds", "code", "says"),
    [
        (20, CHILDREN.format(60, "pass"), "started more than 32 processes"),
        (20, CHILDREN.format(4, "hog = np.ones(10**8 - 10**7)"), "used more than 2 GB of memory"),
        (20, CHILDREN.format(4, "m = mmap.mmap(-1, 8 * 10**8); [m.write(part) for _ in range(8)]"),
         "used more than 2 GB of memory"),
        (3, CHILDREN.format(4, "while True: pass"), "computed for longer than 3 seconds"),
        (20, "[open(f'/tmp/{i}', 'w').close() for i in itertools.count()]", "20,000 files"),
        (20, "[os.mkdir(f'/dev/shm/{i}') for i in itertools.count()]", "20,000 files"),
        (3, "time.sleep(100)", "took longer than 12 seconds"),
    ],
)  # fmt: skip
@on_either
def test_all_processes_together_have_limits(seconds, code, says):
    """Watched from outside, so that the code inside has no say in it."""
    load = "import itertools, mmap, os, time\nimport numpy as np\npart = bytes(10**8)"
    _, ending = run(load, code, seconds=seconds, cell_seconds=100)
    assert says in ending


@on_either
def test_what_is_stopped_leaves_the_results_of_earlier_cells():
    reported, ending = run("print('first')", "import os; os._exit(0)", "print('last')")
    assert list(reported) == [0] and ending is None


# Without bubblewrap.


@pytest.fixture
def classroom(tmp_path):
    room = Classroom(tmp_path, "nesterov")
    room.nbgrader("generate_assignment", "nesterov")
    room.hand_in("right", submission("nesterov", RIGHT, lean=True))
    room.hand_in("wrong", submission("nesterov", WRONG, lean=True))
    return room


@pytest.fixture
def without_bubblewrap(classroom):
    classroom.environment["PATH"] = str(Path(sys.executable).parent)


def test_grading_refuses_without_bubblewrap(classroom, without_bubblewrap):
    with pytest.raises(AssertionError, match="Install the package `bubblewrap`") as refused:
        classroom.nbgrader("autograde", "nesterov")
    assert "c.RunSubmission.sandbox = False" in str(refused.value)
    assert not (classroom.root / "autograded").exists()


def test_grading_refuses_where_bubblewrap_does_not_work(monkeypatch):
    monkeypatch.setattr(bubblewrap, "view", lambda files: ["--ro-bind", "/nowhere", "/usr"])
    assert "bubblewrap does not work here (bwrap: Can't find source path" in sandbox.missing()


def test_an_explicit_setting_grades_without_it(classroom, without_bubblewrap):
    classroom.nbgrader("autograde", "nesterov", RunSubmission__sandbox=False)
    assert classroom.scores() == {"right": 8, "wrong": 0}


def test_a_class_graded_twice_gets_other_inputs(classroom):
    """Two sessions draw different numbers, and score the same."""
    classroom.nbgrader("autograde", "nesterov")
    first = classroom.scores()
    classroom.nbgrader("autograde", "nesterov", "--force")
    assert classroom.scores() == first == {"right": 8, "wrong": 0}
