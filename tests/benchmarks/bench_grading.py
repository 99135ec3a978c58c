"""Grading a class: the runner beside `nbgrader autograde`, and what grows with the class.

    make bench-grading ARGS="--students 50 --rounds 2 --sizes 50 1000 5000"

Ratios within one run mean something on any machine: the three ways take turns, on the same class.
The second part leaves the learners' code out: what is left is the grader's own cost.
"""

import argparse
import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from classroom import COURSE, Classroom, bank, environment, session, submission
from in_process import run
from tqdm import tqdm

from course_utils.grading import course as grading
from course_utils.grading.grade import grade
from course_utils.grading.summary import summarize

NAME = "nesterov"
RUNNER = ["-m", "course_utils.grading", NAME, "--regrade"]
WAYS = {
    "nbgrader autograde": ["-m", "nbgrader", "autograde", NAME, "--force"],
    "runner, every cell": RUNNER,
    "runner, to the last check": [*RUNNER, "--to-last-check"],
}


def notebooks(count):
    answers = [*bank(NAME, "right"), *bank(NAME, "wrong")]
    return [
        json.dumps(submission(NAME, answer)).encode() for answer in islice(cycle(answers), count)
    ]


def throughput(root, students, rounds):
    """Print wall and computing seconds a submission, beside those of `nbgrader autograde`."""
    room = Classroom(root, NAME)
    room.nbgrader("generate_assignment", NAME)
    for i, raw in enumerate(notebooks(students)):
        room.hand_in(f"student{i}", raw)
    taken = {way: [0.0, 0.0] for way in WAYS}
    for _ in range(rounds):
        for way, command in WAYS.items():
            for i, seconds in enumerate(timed(command, root)):
                taken[way][i] += seconds / (rounds * students)
    print(f"\n{students} students, {rounds} rounds, {os.cpu_count()} cores; seconds a submission")
    theirs = taken["nbgrader autograde"]
    for way, (wall, cpu) in taken.items():
        ratios = f"{theirs[0] / wall:5.2f}x   cpu {cpu:6.3f} {theirs[1] / cpu:5.2f}x"
        print(f"{way:28} wall {wall:6.3f} {ratios}", flush=True)


def timed(command, root):
    """Seconds on the clock, and computed by it and by all that it started."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.run(
        [sys.executable, *command],
        cwd=root,
        env=os.environ | environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wall = time.perf_counter() - start
    assert process.returncode == 0, command
    with suppress(ChildProcessError):
        while os.wait():  # for those that outlived who had started them: see main
            pass
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def own_cost(root, sizes):
    """Print computing milliseconds a submission, with ever more students in the gradebook."""
    for folder in ("solutions", "exercises"):
        (root / folder).symlink_to(COURSE / folder)
    raw = notebooks(1)[0]
    graded = grade(raw, session(NAME), run)
    grading.open_session = lambda *_: None
    grading.grade = lambda content, session, run: graded
    course = grading.in_folder(root)
    quiet = {"say": lambda line: None, "progress": partial(tqdm, disable=None, leave=False)}
    print("\nstudents   first grading   nothing to do   summary: ms a submission   memory: MB")
    there = 0
    for size in sizes:
        for i in range(there, size):
            path = course.submitted / f"student{i}" / NAME / f"{NAME}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_bytes(raw)
        costs = [
            computing(lambda: grading.grade_class(course, NAME, **quiet)) / (size - there),
            computing(lambda: grading.grade_class(course, NAME, **quiet)) / size,
            computing(lambda: summarize(course, NAME, root / "grades")) / size,
        ]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size:8} {costs[0]:13.2f} {costs[1]:15.2f} {costs[2]:12.2f} {memory:27.0f}",
            flush=True,
        )
        there = size


def computing(work):
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--students", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--sizes", type=int, nargs="*", default=[50, 1000, 5000])
    chosen = parser.parse_args()
    os.environ |= environment()
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # orphans become this process's, and are counted
    for part in (
        lambda root: throughput(root, chosen.students, chosen.rounds),
        lambda root: own_cost(root, chosen.sizes),
    ):
        folder = Path(tempfile.mkdtemp(prefix="ravine-bench-"))
        try:
            part(folder)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
