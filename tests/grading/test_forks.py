"""The sandbox that is started once: no run leaves a thing for the next; what fails is done again.

That it keeps the promises of the plain one is tested beside it: see `either`.
"""

import os
import signal
import time

import pytest
from classroom import EXERCISES, needs_sandbox, notebook

from course_utils.grading import forks
from course_utils.grading.execution import Limits, in_sandbox, is_answer, is_check

pytestmark = needs_sandbox


OPENING = ("import secrets\nonce = secrets.token_hex()\nprint('open')", "n = 2")
BLANK = (), "seed"  # the forks in which nothing was run before


@pytest.fixture(scope="module", autouse=True)
def ended():
    yield
    for key in list(forks._here):
        forks.end(*key)


def run(*sources, **limits):
    """What the last of these cells prints, run as the runner runs it."""
    cells = list(enumerate(sources))
    reported, ending = forks.in_forks(cells, "seed", Limits(**limits), OPENING)
    return "".join(o.get("text", "") for o in reported.get(len(cells) - 1, [])) or ending


def test_the_opening_is_run_once_and_its_outputs_are_in_each_report():
    assert run(OPENING[0]) == "open\n"
    assert run(*OPENING, "n += 1\nprint(n)") == run(*OPENING, "n += 1\nprint(n)") == "3\n"
    assert run(*OPENING, "print(once)") == run(*OPENING, "print(once)")
    reported, _ = forks.in_forks(list(enumerate(OPENING)), "seed", Limits(), OPENING)
    assert reported[0][0]["text"] == "open\n" and list(reported) == [0, 1]


@pytest.mark.parametrize(
    "cells",
    [(OPENING[0], "n = 5"), ("n = 5", *OPENING[:1]), ("n = 5",), ("'mine'", *OPENING, "n = 5")],
)
def test_an_opening_that_the_learner_has_changed_is_run_as_it_is(cells):
    assert run(*cells, "print(n)") == "5\n"


def test_the_opening_holds_no_text_of_a_learners():
    """Whoever runs it has rights that no learner's code may have."""
    for name in EXERCISES:
        released = notebook("exercises", name)
        code = [cell for cell in released.cells if cell.cell_type == "code"]
        judged = [bool(is_answer(cell) or is_check(cell)) for cell in code]
        assert len(forks.opening(released)) == judged.index(True) > 0


@pytest.mark.parametrize(
    "look",
    [
        "print(len(In), Out, get_ipython().execution_count, sorted(globals()))",
        "import os, sys, threading, warnings\n"
        "print(sorted(os.environ.items()), os.listdir('/proc/self/fd'), os.getcwd(), os.getpid())\n"
        "print(threading.active_count(), sys.path, sys.flags, __name__, warnings.filters)",
        "import resource\n"
        "names = [name for name in dir(resource) if name.startswith('RLIMIT')]\n"
        "print([(name, resource.getrlimit(getattr(resource, name))) for name in names])",
        "import signal\nprint([signal.getsignal(n) for n in range(1, 32) if n not in (9, 19)])",
        "import matplotlib.pyplot as plt\nplt.figure()\n"
        "print(plt.isinteractive(), plt.rcParams)\nplt.plot(1)",
    ],
)
def test_a_learners_cell_finds_what_it_finds_in_the_plain_sandbox(look):
    def kept(told):
        reported, ending = told
        return ending, [output.get("text") or len(output["data"]) for output in reported[0]]

    cells, limits = [(0, look)], Limits()
    assert kept(forks.in_forks(cells, "seed", limits, ())) == kept(
        in_sandbox(cells, "seed", limits)
    )


@pytest.mark.parametrize(
    ("leave", "look", "fresh"),
    [
        ("open('/tmp/left', 'w')", "import os; print(os.path.exists('/tmp/left'))", "False"),
        ("open('left', 'w')", "import os; print(os.path.exists('left'))", "False"),
        ("open('/dev/shm/a', 'w')", "import os; print(os.path.exists('/dev/shm/a'))", "False"),
        ("import numpy; numpy.left = 1", "import numpy; print(hasattr(numpy, 'left'))", "False"),
        ("import os; os.environ['LEFT'] = '1'", "import os; print('LEFT' in os.environ)", "False"),
        ("import os; os.fork() or __import__('time').sleep(100)",
         "import os; print([n for n in os.listdir('/proc') if n.isdigit()])", "['1']"),
        ("import matplotlib.pyplot as plt; plt.figure()",
         "import matplotlib.pyplot as plt; print(plt.get_fignums())", "[]"),
    ],
)  # fmt: skip
def test_a_run_leaves_nothing_for_the_next(leave, look, fresh):
    run(leave)
    first = forks.here(*BLANK)
    assert run(look).strip() == fresh
    assert forks.here(*BLANK) is first


@pytest.mark.parametrize(
    "draw",
    ["numpy.random.rand()", "random.random()", "numpy.random.default_rng().random()",
     "uuid.uuid4()"],
)  # fmt: skip
def test_runs_draw_different_numbers(draw):
    source = f"import numpy, random, uuid; print({draw})"
    assert run(source) != run(source)


def test_after_a_run_that_was_stopped_the_next_one_starts_another():
    assert run("print(1)") == "1\n"
    first = forks.here(*BLANK)
    assert "took longer than 4 seconds" in run("import time; time.sleep(100)", seconds=1)
    assert run("print(2)") == "2\n"
    assert forks.here(*BLANK) is not first and first.process.returncode is not None


def test_a_run_that_could_not_begin_is_done_in_the_plain_sandbox():
    os.killpg(forks.here(*BLANK).process.pid, signal.SIGKILL)
    assert run("print(1)") == "1\n"
    assert run("print(2)") == "2\n"


def test_where_it_does_not_start_there_is_the_plain_sandbox(monkeypatch):
    if forks.here(*BLANK):
        forks.end(*BLANK)
    monkeypatch.setattr(forks, "command", lambda *_, **__: ["false"])
    assert run("print(1)") == "1\n"
    assert forks.here(*BLANK) is None
    forks._here.clear()


def test_nothing_is_left_when_it_ends():
    run("print(1)")
    pid = forks.here(*BLANK).process.pid
    forks.end(*BLANK)
    with pytest.raises(ProcessLookupError):
        for _ in range(100):  # the kernel may need a moment for what has been killed
            os.killpg(pid, 0)
            time.sleep(0.1)
