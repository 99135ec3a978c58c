"""A sandbox that is started once, for a class: each submission runs in a fork of it.

Most of the time of a run is the start of Python and its imports. `forking` is the program inside.
Where that does not work, or a run could not begin in it, the plain sandbox does the work.
"""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress

from ..checks import SESSION
from .bubblewrap import LIMITS, command
from .execution import in_sandbox
from .fonts import font_list
from .report import read_report
from .watch import family, watch

START = 120  # seconds until it must be ready, on a busy machine


class Unfit(Exception):
    """It does not start here, or a run could not begin in it."""


class Forks:
    """The process that forks, and a channel to it."""

    def __init__(self):
        self.channel, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        inside = [sys.executable, "-m", "course_utils.grading.forking", str(there.fileno())]
        with there:
            self.process = subprocess.Popen(
                command(inside, {}, more=font_list(), forks=True),
                env={},
                cwd="/",
                pass_fds=[there.fileno()],
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        atexit.register(self.close)
        if self.answer(START) != b"ready":
            self.close()
            raise Unfit
        self.own = len(family(self.process.pid)) + 1  # and the one that waits beside each run

    def answer(self, seconds):
        """What comes on the channel; empty if the other side has ended, None if nothing comes."""
        ready, _, _ = select.select([self.channel], [], [], seconds)
        return self.channel.recv(100) if ready else None

    def run(self, text, cell_seconds, seconds, environment):
        """As `sandbox.run`. To stop a run is to stop it all, so that nothing can be left of it."""
        task = {"cell_seconds": cell_seconds, "environment": environment}
        said = None

        def over(patience):
            nonlocal said
            said = self.answer(patience)
            return said is not None

        with tempfile.TemporaryFile() as report, tempfile.TemporaryFile() as cells:
            cells.write(text.encode())
            cells.seek(0)
            files = [cells.fileno(), report.fileno()]
            try:
                socket.send_fds(self.channel, [json.dumps(task).encode()], files)
            except OSError as error:
                raise Unfit from error
            ending = watch(self.process, seconds, over, lambda pid: family(pid)[self.own :])
            if not ending and said != b"done":
                raise Unfit
            report.seek(0)
            return report.read(LIMITS["fsize"] + 1), ending

    def close(self):
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.channel.close()
        atexit.unregister(self.close)


_here = {}  # "forks": the ones of this process, or None where they do not work


def in_forks(sources, seed, limits):
    """Run cells as `execution.in_sandbox` does, sooner."""
    if limits.sandbox and (forks := here()):
        text = json.dumps(sources)
        with suppress(Unfit):
            report, ending = forks.run(text, limits.cell_seconds, limits.seconds, {SESSION: seed})
            if ending:
                end()
            return read_report(report), ending
        end()
    return in_sandbox(sources, seed, limits)


def here():
    if "forks" not in _here:
        _here["forks"] = None
        with suppress(Unfit):
            _here["forks"] = Forks()
    return _here["forks"]


def end():
    """The next run starts another."""
    _here.pop("forks").close()
