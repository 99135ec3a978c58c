"""Grade a class: ``python -m course_utils.grading ASSIGNMENT``, in the course's folder.

It reads nbgrader_config.py, gives the same grades as ``nbgrader autograde``, and does the work in
parallel. Only what is missing or changed is graded.
"""

import argparse
import importlib.util
import os
import sys
from functools import partial
from pathlib import Path

from nbgrader.apps import NbGrader
from tqdm import tqdm

from .autograde import RunSubmission, course_of, late_penalty
from .course import grade_class
from .forks import forked
from .summary import summarize

ALONE = (
    "Grading in this process, one after the other. `pip install -e '.[class]'` brings what grades "
    "in parallel."
)


def options():
    parser = argparse.ArgumentParser(
        prog="python -m course_utils.grading",
        description="Grade what a class has handed in for an assignment, in parallel.",
        epilog="Run it in the course's folder, where nbgrader_config.py lies.",
    )
    parser.add_argument("assignment", metavar="ASSIGNMENT", help="its name, as in submitted/*/NAME")
    parser.add_argument("--students", default="*", help="one student, or a pattern")
    parser.add_argument("--regrade", action="store_true", help="grade all, also what is unchanged")
    parser.add_argument("--workers", type=int, help="processes on this machine (one a core)")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="a Dask cluster that exists")
    parser.add_argument("--db", metavar="URL", help="the gradebook, instead of the config's")
    parser.add_argument(
        "--to-last-check", action="store_true", help="run no cell after the last check: faster"
    )
    return parser.parse_args()


def main():
    chosen = options()
    # nbgrader calls alembic, which lies beside this Python.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    app = NbGrader()
    app.initialize([])
    if chosen.db:
        app.coursedir.db_url = chosen.db
    run = RunSubmission(parent=app)
    run.to_last_check |= chosen.to_last_check
    if reason := run.missing(app.coursedir.root):
        sys.exit(reason)
    course, name = course_of(app.coursedir), chosen.assignment
    for folder in (course.solutions / name, course.exercises / name, course.submitted):
        if not folder.is_dir():
            sys.exit(f"There is no folder {folder}. Is {name} the assignment's name?")
    done = grade_class(
        course,
        name,
        students=chosen.students,
        again=chosen.regrade,
        limits=run.limits(),
        say=lambda line: None,
        warn=show,
        map=spreading(chosen, run.sandbox),
        progress=partial(tqdm, desc=name, smoothing=0.05, disable=None),
        running=forked,
        penalty=late_penalty(app),
    )
    show(f"{name}: {done}")
    show(summarize(course, name, Path(app.coursedir.root, "grades")))
    sys.exit(bool(done.failed))


def show(text):
    """Print around the progress bar; what a learner wrote can't steer the terminal."""
    tqdm.write("".join(c if c.isprintable() or c == "\n" else "�" for c in text))


def spreading(chosen, sandboxed):
    """What grades in parallel, or the plain `map` with a sentence."""
    if importlib.util.find_spec("distributed") is None:
        if chosen.scheduler or chosen.workers:
            sys.exit("That takes `pip install -e '.[class]'`.")
        print(ALONE)
        return map
    if chosen.workers == 1 and not chosen.scheduler:
        return map
    from .workers import over

    return over(chosen.scheduler, chosen.workers, sandboxed)


if __name__ == "__main__":
    main()
