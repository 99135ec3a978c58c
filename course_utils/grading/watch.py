"""Watch the processes of one run from outside: clock, computing time, memory, processes, files."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from .bubblewrap import WRITABLE

CLOCK = 4  # a second of computing may take this many on a busy machine
TICK = 0.05  # seconds between looks
MOST_PROCESSES = 32
MOST_MEMORY = 2**31  # bytes, of all processes
MOST_FILES = 20_000  # in each folder that can be written to: empty files take memory too


def watch(process, seconds, over=None, watched=None):
    """Wait for `process`; at a limit, kill it and all it started, and return a sentence.

    `over(patience)` says, within so many seconds, whether what is waited for has come; without it
    that is the end of the process. `watched(pid)` are the processes that count.
    """
    over, watched = over or ended(process), watched or family
    end = time.monotonic() + CLOCK * seconds
    while not over(TICK):
        reason = excess(watched(process.pid), seconds)
        if time.monotonic() > end:
            reason = f"Your notebook took longer than {CLOCK * seconds} seconds and was stopped."
        if reason:
            os.killpg(process.pid, signal.SIGKILL)  # bubblewrap takes all inside with it
            process.wait()
            return reason
    return None


def ended(process):
    def over(patience):
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)
        return process.returncode is not None

    return over


def excess(processes, seconds):
    """Which limit is exceeded, in words for the author, or None."""
    if len(processes) > MOST_PROCESSES:
        return f"Your notebook started more than {MOST_PROCESSES} processes and was stopped."
    if sum(map(memory, processes)) > MOST_MEMORY:
        return "Your notebook used more than 2 GB of memory and was stopped."
    if sum(map(computing, processes)) > seconds:
        return f"Your notebook computed for longer than {seconds} seconds and was stopped."
    if max(map(files, processes), default=0) > MOST_FILES:
        return f"Your notebook wrote more than {MOST_FILES:,} files and was stopped."
    return None


def family(pid):
    """A process and all that descend from it, as far as the system tells (Linux does)."""
    known = [pid]
    for each in known:
        with suppress(OSError):
            for task in Path(f"/proc/{each}/task").iterdir():
                known += map(int, (task / "children").read_text().split())
    return known


def memory(pid):
    """Bytes that a process holds, files it has mapped left aside."""
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return sum(int(x.split()[1]) * 1024 for x in lines if x.startswith(("RssAnon", "RssShmem")))
    return 0


def computing(pid):
    """Seconds that a process and its ended children have computed."""
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return 0


def files(pid):
    """The most files in one of the folders that a process in the sandbox can write to."""
    with suppress(OSError):
        if os.stat(f"/proc/{pid}/root/").st_dev == os.stat("/").st_dev:  # not in the sandbox
            return 0
        states = [os.statvfs(f"/proc/{pid}/root{folder}") for folder in WRITABLE]
        return max(state.f_files - state.f_ffree for state in states)
    return 0
