"""A sandbox for learners' code: bubblewrap around a Python that sees the course's package alone.

Inside there is no network, no other process, no home folder, no solution, gradebook, submission
or notebook; nothing outlives the run. What comes out is one file of limited size.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

MEGABYTE = 2**20
LIMITS = {  # of each process inside; prlimit's names
    "as": 1024 * MEGABYTE,  # memory; 8 GB in all, with as many processes as there may be
    "cpu": 120,  # seconds
    "nproc": 8,  # processes and threads in the sandbox
    "fsize": 16 * MEGABYTE,  # of a file, and of the report that comes out
    "nofile": 256,
    "core": 0,
}
HOME = "/home/learner"
NOBODY = "65534"
PACKAGE = Path(__file__).parents[1]
SETTING = (
    "Or set c.RunSubmission.sandbox = False in nbgrader_config.py to run learners' code with your "
    "own rights, for a class you trust."
)


def missing():
    """Why there can be no sandbox here, or None."""
    if not (shutil.which("bwrap") and shutil.which("prlimit")):
        return (
            "Submissions are run under bubblewrap, and there is none here. Install the package "
            f"`bubblewrap` (Linux). {SETTING}"
        )
    trial = subprocess.run(wrapped(["true"], {}), capture_output=True, text=True)
    if trial.returncode:
        return f"bubblewrap does not work here ({trial.stderr.strip()}). {SETTING}"
    return None


def run(arguments, text, seconds, environment, sandbox=True):
    """Run Python with `arguments` on `text`; return what it wrote, and why it was stopped."""
    python = [sys.executable, *arguments]
    command = wrapped(python, environment) if sandbox else python
    with tempfile.TemporaryFile() as report:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=report,
            stderr=subprocess.DEVNULL,
            env=None if sandbox else os.environ | environment,
            start_new_session=True,
        )
        try:
            process.communicate(text.encode(), timeout=seconds)
            ending = None
        except subprocess.TimeoutExpired:
            ending = f"Your notebook ran longer than {seconds} seconds and was stopped."
            os.killpg(process.pid, signal.SIGKILL)  # bubblewrap takes all inside with it
            process.wait()
        report.seek(0)
        return report.read(LIMITS["fsize"] + 1), ending


def wrapped(python, environment):
    """The command that runs `python` in the sandbox, as a user without rights."""
    everything = ["bwrap", "--unshare-user", "--unshare-all", "--disable-userns", "--new-session"]
    user = ["--uid", NOBODY, "--gid", NOBODY, "--cap-drop", "ALL", "--clearenv"]
    for name, value in (environment_inside() | environment).items():
        user += ["--setenv", name, value]
    limits = ["prlimit", *(f"--{name}={value}" for name, value in LIMITS.items()), "--"]
    last = ["--proc", "/proc", "--chdir", HOME, "--remount-ro", "/dev", "--remount-ro", "/", "--"]
    command = [*everything, *user, *view(), *last, *limits, *python]
    return command if os.geteuid() else [*as_nobody(), *command]


def as_nobody():
    """Root first becomes nobody: no limit on processes binds root, not even in a namespace.

    The files stay readable on the way because a first bubblewrap, with root's rights, shows them.
    """
    rights = ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    ids = ["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"]
    return ["bwrap", *view(), "--bind", "/proc", "/proc", *rights, "--", "setpriv", *ids, "--"]


def view():
    """The files inside: the system's programs, this Python, the course's package; empty folders."""
    arguments = ["--die-with-parent", "--ro-bind", "/usr", "/usr", "--dev", "/dev"]
    for name in ["bin", "lib", "lib64", "sbin"]:
        if Path("/", name).is_symlink():
            arguments += ["--symlink", f"usr/{name}", f"/{name}"]
        else:
            arguments += ["--ro-bind-try", f"/{name}", f"/{name}"]
    for folder in ["/tmp", "/dev/shm", HOME]:
        arguments += [*parents(folder), "--size", str(64 * MEGABYTE), "--tmpfs", folder]
    for folder in [sys.base_prefix, sys.prefix, str(PACKAGE)]:  # they may lie in /tmp, so last
        if not folder.startswith("/usr"):
            arguments += [*parents(folder), "--ro-bind", folder, folder]
    return arguments


def parents(path):
    """Folders on the way to `path`, open to every user."""
    above = reversed(Path(path).parents[:-1])
    return [word for folder in above for word in ("--perms", "0755", "--dir", str(folder))]


def environment_inside():
    return {
        "HOME": HOME,
        "LANG": "C.UTF-8",
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(PACKAGE.parent),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "OPENBLAS_NUM_THREADS": "1",
    }
