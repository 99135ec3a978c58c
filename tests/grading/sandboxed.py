"""Code in the sandbox, for tests: what it prints, and the same as an ordinary user."""

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from course_utils.grading import forks, sandbox
from course_utils.grading.bubblewrap import parents
from course_utils.grading.execution import Limits, in_sandbox

ORDINARY = "4321"  # a user without rights, and without an entry anywhere
KIND = "SANDBOX_OF_A_TEST"  # a variable, so that it reaches programs that tests start
KINDS = ["plain", "forked"]


def run(*sources, seconds=20, cell_seconds=10):
    """({cell: outputs}, why it was stopped) of cells in the sandbox."""
    limits, run = Limits(cell_seconds, seconds), in_sandbox
    if os.environ.get(KIND) == "forked":
        assert forks.here((), "seed")
        run = partial(forks.in_forks, opening=())
    return run(list(enumerate(sources)), "seed", limits)


@pytest.fixture(params=KINDS)
def either(request, monkeypatch):
    """The sandbox of `nbgrader autograde`, and the one that the class runner starts once."""
    monkeypatch.setenv(KIND, request.param)


def output(*sources, **settings):
    """What the last of these cells prints in the sandbox, or the error that it ends in."""
    reported, _ = run(*sources, **settings)
    outputs = reported.get(len(sources) - 1, [])
    return "".join(o.get("text") or f"{o.get('ename')}: {o.get('evalue')}" for o in outputs)


def output_as_ordinary_user(source):
    """The same of one cell, started by a user without rights."""
    return subprocess.run(
        [*ordinary(), sys.executable, __file__],
        input=source,
        capture_output=True,
        text=True,
        cwd="/",
        timeout=100,
        check=True,
        env=os.environ | {"PYTHONPATH": str(sandbox.PACKAGE.parent)},
    ).stdout


def ordinary(user=ORDINARY, passwd=None):
    """Words before a command that make root an ordinary user who can read this Python.

    `passwd` is a file to be seen as /etc/passwd, with the names of users.
    """
    if os.geteuid():
        return []
    shown = ["--dev-bind", "/", "/"]
    if passwd:
        shown += ["--ro-bind", passwd, "/etc/passwd"]
    if Path(sys.base_prefix).is_relative_to("/root"):  # closed to others, so show it anew
        shown += ["--perms", "0755", "--tmpfs", "/root"]
        shown += [*parents(sys.base_prefix), "--ro-bind", sys.base_prefix, sys.base_prefix]
    ids = ["--reuid", user, "--regid", user, "--clear-groups", "--"]
    rights = ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--"]
    return [shutil.which("bwrap"), *shown, *rights, shutil.which("setpriv"), *ids]


if __name__ == "__main__":
    print(output(sys.stdin.read(), seconds=60, cell_seconds=50), end="")
