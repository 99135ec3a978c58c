"""A sandbox that is started once, for a class: each submission runs in a fork of it.

Most of the time of a run goes to the start of Python, to imports, and to the cells that come with
the exercise: all the same for each submission. `forking` is the program inside. Where that does
not work, or a run could not begin in it, the plain sandbox does the work.
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
from contextlib import contextmanager, suppress
from functools import partial
from itertools import takewhile

import nbformat

from ..checks import SESSION
from .bubblewrap import LIMITS, command
from .execution import in_sandbox, is_answer, is_check
from .fonts import font_list
from .report import read_report
from .watch import family, watch

START = 120  # seconds until it must be ready, on a busy machine
PATIENCE = 2  # seconds that it has to end by itself


class Unfit(Exception):
    """It does not start here, or a run could not begin in it."""


class Forks:
    """The process that forks, and a channel to it."""

    def __init__(self, opening, seed):
        self.channel, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        inside = [sys.executable, "-m", "course_utils.grading.forking", str(there.fileno())]
        with there, as_file(opening) as text:
            self.process = subprocess.Popen(
                command(inside, {SESSION: seed}, more=font_list(), forks=True),
                env={},
                cwd="/",
                pass_fds=[there.fileno()],
                start_new_session=True,
                stdin=text,
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
        with suppress(ConnectionResetError):
            return self.channel.recv(100) if ready else None
        return b""

    def run(self, sources, cell_seconds, seconds):
        """As `sandbox.run`. To stop a run is to stop it all, so that nothing can be left of it."""
        said = None

        def over(patience):
            nonlocal said
            said = self.answer(patience)
            return said is not None

        with tempfile.TemporaryFile() as report, as_file(sources) as cells:
            files = [cells.fileno(), report.fileno()]
            try:
                socket.send_fds(self.channel, [str(cell_seconds).encode()], files)
            except OSError as error:
                raise Unfit from error
            ending = watch(self.process, seconds, over, lambda pid: family(pid)[self.own :])
            if not ending and said != b"done":
                raise Unfit
            report.seek(0)
            return report.read(LIMITS["fsize"] + 1), ending

    def close(self):
        """Let it end by itself, so that what it has computed is counted; else end it."""
        self.channel.close()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        atexit.unregister(self.close)


@contextmanager
def as_file(data):
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        json.dump(data, file)
        file.seek(0)
        yield file


_here = {}  # {(opening, seed): the forks of this process, or None where they do not work}


def forked(session):
    """What runs the cells of a class: as `execution.in_sandbox` does, sooner."""
    return partial(in_forks, opening=opening(nbformat.reads(session.released, as_version=4)))


def opening(exercise):
    """The text of the exercise's own cells before the first that a learner fills."""
    code = (cell for cell in exercise.cells if cell.cell_type == "code")
    first = takewhile(lambda cell: not (is_answer(cell) or is_check(cell)), code)
    return tuple(cell.source for cell in first)


def in_forks(sources, seed, limits, opening):
    """Run cells; those of the `opening` were run before, unless the learner has changed them."""
    begun = tuple(source for _, source in sources[: len(opening)])
    key = opening if begun == opening else (), seed
    if limits.sandbox and (forks := here(*key)):
        with suppress(Unfit):
            report, ending = forks.run(sources, limits.cell_seconds, limits.seconds)
            if ending:
                end(*key)
            return read_report(report), ending
        end(*key)
    return in_sandbox(sources, seed, limits)


def here(opening, seed):
    for key in [key for key in _here if key[1] != seed]:
        end(*key)
    if (opening, seed) not in _here:
        _here[opening, seed] = None
        with suppress(Unfit):
            _here[opening, seed] = Forks(opening, seed)
    return _here[opening, seed]


def end(opening, seed):
    """The next run starts another."""
    if forks := _here.pop((opening, seed)):
        forks.close()
