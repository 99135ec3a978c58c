"""A sandbox for learners' code: bubblewrap around a Python that sees the course's package alone.

Inside there is no network, no other process, no home folder, no solution, gradebook, submission
or notebook; nothing outlives the run. What comes out is one file of limited size.
"""

import os
import shutil
import subprocess
import sys
import tempfile

from . import fonts, syscalls
from .bubblewrap import LIMITS, MEGABYTE, PACKAGE, command, exposed
from .watch import watch

__all__ = ["LIMITS", "MEGABYTE", "PACKAGE", "missing", "run"]

SETTING = (
    "Or set c.RunSubmission.sandbox = False in nbgrader_config.py to run learners' code with your "
    "own rights, for a class you trust."
)


def missing(course="."):
    """Why submissions to the course in this folder can't be run in a sandbox here, or None."""
    if not (shutil.which("bwrap") and shutil.which("prlimit")):
        return (
            "Submissions are run under bubblewrap, and there is none here. Install the package "
            f"`bubblewrap` (Linux). {SETTING}"
        )
    if folder := exposed(course):
        return (
            f"Learners' code needs to see {folder}, and this course lies in it, with its solutions "
            f"and grades. Move the course to a folder of its own. {SETTING}"
        )
    trial = subprocess.run(command(["true"], {}), capture_output=True, text=True, env={})
    if trial.returncode:
        return f"bubblewrap does not work here ({trial.stderr.strip()}). {SETTING}"
    return None


def run(arguments, text, seconds, environment, sandbox=True):
    """Run Python with `arguments` on `text`; return what it wrote, and why it was stopped."""
    python = [sys.executable, *arguments]
    with tempfile.TemporaryFile() as report, tempfile.TemporaryFile() as cells:
        cells.write(text.encode())
        cells.seek(0)
        files = {"stdin": cells, "stdout": report, "stderr": subprocess.DEVNULL}
        if sandbox:
            process = start(python, environment, files, fonts.font_list())
        else:
            process = subprocess.Popen(
                python, env=os.environ | environment, start_new_session=True, **files
            )
        ending = watch(process, seconds)
        report.seek(0)
        return report.read(LIMITS["fsize"] + 1), ending


def start(python, environment, files, more):
    """The process of a sandbox. Its own environment is empty: the first process inside keeps it."""
    seccomp = syscalls.as_file()
    kept = () if seccomp is None else (seccomp,)
    try:
        return subprocess.Popen(
            command(python, environment, seccomp, more),
            env={},
            cwd="/",
            pass_fds=kept,
            start_new_session=True,
            **files,
        )
    finally:
        for descriptor in kept:
            os.close(descriptor)
