"""What learners' code finds in the sandbox, and what happens where there is none."""

import json
import sys
from pathlib import Path

import pytest
from classroom import Classroom, needs_sandbox, submission
from hostile_files import RIGHT, WRONG

from course_utils.grading import sandbox
from course_utils.grading.records import read_report
from course_utils.grading.session import Session

pytestmark = needs_sandbox


def output(*sources, seconds=20):
    """What the last of these cells prints in the sandbox."""
    cells = json.dumps(list(enumerate(sources)))
    arguments = ["-m", "course_utils.grading.inside", "10"]
    report, _ = sandbox.run(arguments, cells, seconds, {"RAVINE_SESSION": "seed"})
    return "".join(o.get("text", "") for o in read_report(report).get(len(sources) - 1, []))


def test_only_programs_and_the_package_are_in_sight():
    walk = (
        "import os\n"
        "for folder in ['/home', '/root', '/etc', '/tmp', '/var', '/mnt', '/srv', '/opt']:\n"
        "    if os.path.exists(folder):\n"
        "        print(folder, sorted(os.listdir(folder)))\n"
        f"print(sorted(os.listdir({str(sandbox.PACKAGE.parent)!r})))"
    )
    *folders, course = output(walk).splitlines()
    ways = {part for p in (sys.base_prefix, sys.prefix, sandbox.PACKAGE) for part in Path(p).parts}
    for line in folders:
        folder, names = line.split(" ", 1)
        seen = set(eval(names)) - {"learner"}
        assert seen <= ways, f"{folder} shows {seen}"
    assert set(eval(course)) <= {"course_utils", ".venv"}


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("import os; print(os.getuid(), os.getgid())", "65534 65534"),
        ("import os; print(sorted(p for p in os.listdir('/proc') if p.isdigit()))", "['1', '2']"),
        ("import os; print(os.path.exists('/proc/1/root/etc/shadow'))", "False"),
        ("import socket; print([n for _, n in socket.if_nameindex()])", "['lo']"),
        ("import os; print([k for k in os.environ if 'TOKEN' in k or 'SECRET' in k])", "[]"),
        ("import subprocess; print(subprocess.run(['unshare', '-U', 'true']).returncode)", "1"),
        ("import subprocess; print(subprocess.run('bwrap --bind / / id'.split()).returncode)", "1"),
    ],
)
def test_inside_there_are_no_rights(code, printed, monkeypatch):
    monkeypatch.setenv("MY_SECRET", "gradebook password")
    assert output(code).strip() == printed


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("bytearray(3 * 10**9)", "MemoryError"),
        ("[os.fork() or time.sleep(3) or os._exit(0) for _ in range(100)]", "BlockingIOError"),
        ("[open(f'/tmp/{i}', 'wb').write(bytes(10**7)) for i in range(100)]", "OSError"),
        ("[open(f'/dev/shm/{i}', 'wb').write(bytes(10**7)) for i in range(100)]", "OSError"),
        ("open('/dev/new', 'w')", "OSError"),
        ("open('/new', 'w')", "OSError"),
        ("open('big', 'wb').write(bytes(10**8))", "OSError"),
        (
            "[open('/dev/null') for _ in range(1000)] and [os.dup(0) for _ in range(1000)]",
            "OSError",
        ),
    ],
)
def test_every_resource_has_a_limit(code, error):
    tried = f"try:\n    {code}\nexcept {error}:\n    print('limit')"
    assert output("import os, time", tried) == "limit\n"


def test_what_is_stopped_leaves_the_results_of_earlier_cells():
    arguments = ["-m", "course_utils.grading.inside", "10"]
    cells = json.dumps([[0, "print('first')"], [1, "import os; os._exit(0)"], [2, "print('last')"]])
    report, ending = sandbox.run(arguments, cells, 20, {"RAVINE_SESSION": "seed"})
    assert list(read_report(report)) == [0] and ending is None


# Without bubblewrap.


@pytest.fixture
def classroom(tmp_path):
    room = Classroom(tmp_path, "nesterov")
    room.nbgrader("generate_assignment", "nesterov")
    room.hand_in("right", submission("nesterov", RIGHT, lean=True))
    room.hand_in("wrong", submission("nesterov", WRONG, lean=True))
    return room


@pytest.fixture
def without_bubblewrap(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")


def test_grading_refuses_without_bubblewrap(classroom, without_bubblewrap):
    with pytest.raises(AssertionError, match="Install the package `bubblewrap`") as refused:
        classroom.nbgrader("autograde", "nesterov")
    assert "c.RunSubmission.sandbox = False" in str(refused.value)
    assert not (classroom.root / "autograded").exists()


def test_grading_refuses_where_bubblewrap_does_not_work(monkeypatch):
    monkeypatch.setattr(sandbox, "view", lambda: ["--ro-bind", "/nowhere", "/usr"])
    assert "bubblewrap does not work here (bwrap: Can't find source path" in sandbox.missing()


def test_an_explicit_setting_grades_without_it(classroom, without_bubblewrap):
    classroom.nbgrader("autograde", "nesterov", RunSubmission__sandbox=False)
    assert classroom.scores() == {"right": 8, "wrong": 0}


def test_a_class_graded_twice_gets_other_inputs(classroom):
    """Two sessions draw different numbers, and score the same."""
    assert Session().seed != Session().seed
    classroom.nbgrader("autograde", "nesterov")
    first = classroom.scores()
    classroom.nbgrader("autograde", "nesterov", "--force")
    assert classroom.scores() == first == {"right": 8, "wrong": 0}
