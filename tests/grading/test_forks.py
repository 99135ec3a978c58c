"""The sandbox that is started once: a run leaves nothing for the next, and what fails is done again.

That it keeps the promises of the plain one is tested beside it: see `either`.
"""

import os
import signal

import pytest
from classroom import needs_sandbox

from course_utils.grading import forks
from course_utils.grading.execution import Limits

pytestmark = needs_sandbox


@pytest.fixture
def run():
    """What one cell prints, run as the runner runs it."""

    def run(source, **limits):
        reported, ending = forks.in_forks([(0, source)], "seed", Limits(**limits))
        return "".join(o["text"] for o in reported.get(0, [])) or ending

    yield run
    if forks.here():
        forks.end()


@pytest.mark.parametrize(
    ("leave", "look", "fresh"),
    [
        ("open('/tmp/left', 'w')", "import os; print(os.listdir('/tmp'))", "[]"),
        ("open('left', 'w')", "import os; print(os.path.exists('left'))", "False"),
        ("open('/dev/shm/left', 'w')", "import os; print(os.listdir('/dev/shm'))", "[]"),
        ("import numpy; numpy.left = 1", "import numpy; print(hasattr(numpy, 'left'))", "False"),
        ("import os; os.environ['LEFT'] = '1'", "import os; print('LEFT' in os.environ)", "False"),
        ("import os; os.fork() or __import__('time').sleep(100)",
         "import os; print([n for n in os.listdir('/proc') if n.isdigit()])", "['1']"),
        ("import matplotlib.pyplot as plt; plt.figure()",
         "import matplotlib.pyplot as plt; print(plt.get_fignums())", "[]"),
    ],
)  # fmt: skip
def test_a_run_leaves_nothing_for_the_next(run, leave, look, fresh):
    run(leave)
    first = forks.here()
    assert run(look).strip() == fresh
    assert forks.here() is first


@pytest.mark.parametrize(
    "draw",
    ["numpy.random.rand()", "random.random()", "numpy.random.default_rng().random()",
     "uuid.uuid4()"],
)  # fmt: skip
def test_runs_draw_different_numbers(run, draw):
    source = f"import numpy, random, uuid; print({draw})"
    assert run(source) != run(source)


def test_after_a_run_that_was_stopped_the_next_one_starts_another(run):
    assert run("print(1)") == "1\n"
    first = forks.here()
    assert "took longer than 4 seconds" in run("import time; time.sleep(100)", seconds=1)
    assert run("print(2)") == "2\n"
    assert forks.here() is not first and first.process.returncode is not None


def test_a_run_that_could_not_begin_is_done_in_the_plain_sandbox(run):
    os.killpg(forks.here().process.pid, signal.SIGKILL)
    assert run("print(1)") == "1\n"
    assert run("print(2)") == "2\n"


def test_where_it_does_not_start_there_is_the_plain_sandbox(run, monkeypatch):
    if forks.here():
        forks.end()
    monkeypatch.setattr(forks, "command", lambda *_, **__: ["false"])
    assert run("print(1)") == "1\n"
    assert forks.here() is None
    forks._here.clear()


def test_nothing_is_left_when_it_ends(run):
    run("print(1)")
    pid = forks.here().process.pid
    forks.end()
    with pytest.raises(ProcessLookupError):
        os.killpg(pid, 0)
