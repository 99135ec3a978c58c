"""`python killed.py` opens a door to grading in one fork after another, and kills it.

Each line of input is a task as JSON; each line of output says how the fork ended and how many of
its processes were left after ten seconds. Modules are imported once.
"""

import ctypes
import json
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import formgrader

from course_utils.grading import __main__ as runner
from course_utils.grading import course as grading
from course_utils.grading import record
from course_utils.grading.watch import family

PR_SET_CHILD_SUBREAPER = 36
NAME = "nesterov"


def main():
    # Whoever loses its parent becomes a child of this process, which so sees who is left.
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    for line in sys.stdin:
        task, start = json.loads(line), time.time()
        child = os.fork()
        if not child:
            door(task)
        if "when" in task:
            wait_until(task["when"], child, Path(task["root"]), start)
            os.kill(busy(child)[0] if task.get("worker") else child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        told = {"status": os.waitstatus_to_exitcode(status), "left": left()}
        print(json.dumps(told), flush=True)


def door(task):
    """In the fork: what nbgrader or the runner does, with a kill at a step of recording."""
    os.chdir(task["root"])
    log = os.open("log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream, new in enumerate([os.open(os.devnull, os.O_RDONLY), log, log]):
        os.dup2(new, stream)
    if task.get("here"):
        in_this_process()
    if "step" in task:
        kill_at(**task["step"])
    with suppress(SystemExit):
        if task["door"] == "button":
            formgrader.serve_and_press(NAME)
        elif task["door"] == "autograde":
            from nbgrader.apps import NbGraderApp

            NbGraderApp.launch_instance(["autograde", NAME])
        else:
            sys.argv = ["grading", NAME, *task.get("words", [])]
            runner.main()
    os._exit(0)


def in_this_process():
    """Neither sandbox nor Dask: for kills that have to do with neither."""
    from classroom import session
    from in_process import run, the_kernel
    from ipykernel.kernelapp import IPKernelApp

    the_kernel()
    IPKernelApp.clear_instance()  # nbgrader, too, wants to be the only application
    grade = grading.grade
    grading.open_session = lambda *_: session(NAME)
    grading.grade = lambda *given: grade(*given[:2], run)
    runner.spreading = lambda *_: map


def kill_at(place, when, count):
    owner = record if place == "replace" else record.Recorder
    whole, calls = getattr(owner, place), []

    def dies(*arguments):
        calls.append(1)
        if len(calls) < count:
            return whole(*arguments)
        if when == "after":
            whole(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, place, dies)


def wait_until(when, child, root, start):
    """Until workers are there, one is busy, a sandbox runs, so many are graded; or the end."""
    while os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if when == "workers" and len(workers(child)) == 2:
            return
        if when == "sandbox" and in_sandbox(child):
            return
        if when == "busy" and busy(child):
            return
        if isinstance(when, int) and when <= graded(root, start):
            return
        time.sleep(0.01)


def workers(pid):
    return [each for each in family(pid) if "spawn_main" in command(each)]


def busy(pid):
    return list(filter(in_sandbox, workers(pid)))


def in_sandbox(pid):
    """Whether a process has started a sandbox."""
    return any("bwrap" in command(each) for each in family(pid)[1:])


def command(pid):
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""


def graded(root, start):
    notebooks = root.glob(f"autograded/*/{NAME}/{NAME}.ipynb")
    return sum(path.stat().st_mtime > start for path in notebooks)


def left():
    """How many processes are left after ten seconds at most; they are ended."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.02)
        except ChildProcessError:
            return 0
    remaining = family(os.getpid())[1:]
    for pid in remaining:
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
    return len(remaining)


if __name__ == "__main__":
    main()
