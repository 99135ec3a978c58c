"""A small class that has handed in, graded: what an instructor sees, in a minute.

`make grade-demo` writes a course of its own into _demo/ and runs there what INSTRUCTORS.md prints.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from classroom import COURSE, Classroom, environment
from real_class import hand_in

NAME, STUDENTS, USUAL = "nesterov", 40, 32
COMMANDS = [
    ["nbgrader", "generate_assignment", NAME, "--force"],
    ["course_utils.grading", NAME],
    ["nbgrader", "generate_feedback", NAME, "--force"],
]


def main(folder=COURSE / "_demo"):
    shutil.rmtree(folder, ignore_errors=True)
    Classroom(folder, NAME)
    expected = hand_in(folder / "submitted", NAME, STUDENTS, seed=12, usual_ones=USUAL)
    print(f"{STUDENTS} students have handed in {NAME}, some of them oddly.")
    for module, *words in COMMANDS:
        shown = ["python -m course_utils.grading" if "." in module else module, *words]
        print(f"\n$ {' '.join(shown)}", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", module, *words],
            cwd=folder,
            env=os.environ | environment(),
            stderr=None if "." in module else subprocess.DEVNULL,
        )
        if done.returncode:
            sys.exit(f"That failed. Run it again in {folder} to see why.")
    wrong = next(student for student, (_, right, _) in expected.items() if not right)
    page = folder / "feedback" / wrong / NAME / f"{NAME}.html"
    print(f"\nFeedback, one of {STUDENTS} pages: {page}")
    print(f"All of it: {folder}. `make grade-demo` makes it anew; delete it when you like.")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
