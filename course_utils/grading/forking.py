"""The program of a sandbox that is started once: a fork of it runs each submission.

    python -m course_utils.grading.forking 3 < opening.json

3 is a socket on which each run comes, with the files to read and to write. Imports are made, and
the exercise's own first cells are run, before any learner's code is near. A fork then takes what
bubblewrap would have given it: process numbers, files, messages and network of its own, no
rights, the limits and the filter of system calls. It sees neither the process that it came from
nor any other run; those see it.
"""

import ctypes
import gc
import json
import os
import random
import resource
import signal
import socket
import stat
import sys
import threading

import numpy as np

from . import inside, syscalls
from .bubblewrap import HOME, LIMITS, MASKED, MEGABYTE, WRITABLE, python_folders
from .kernel import Kernel

# In a cell, so that matplotlib finds the kernel: it asks when it is imported.
AHEAD = "__import__('course_utils.grading.ahead', fromlist=['*']).draw_once()"
READY, DONE, UNFIT = b"ready", b"done", b"unfit"
NEW_FILES, NEW_MESSAGES, NEW_PROCESSES, NEW_NETWORK = 0x20000, 0x08000000, 0x20000000, 0x40000000
READ_ONLY, NO_SETUID, NO_DEVICES, NO_PROGRAMS, BIND, ALL = 1, 2, 4, 8, 4096, 16384
PRIVATE = 1 << 18
DIE_WITH_PARENT, DROP_FROM_BOUND, NO_NEW_RIGHTS, FILTER, AMBIENT = 1, 24, 38, 22, 47
C = ctypes.CDLL(None, use_errno=True)


def serve(channel, opening):
    """Run the opening, then fork for each message until the other side is gone."""
    kernel = Kernel()
    run(kernel, AHEAD, silent=True)
    opened = [run(kernel, source) for source in opening]
    gc.collect()
    gc.freeze()  # else each fork copies all pages when it collects
    if threading.active_count() > 1:  # a fork has none of them
        return
    channel.send(READY)
    while True:
        message, files, _, _ = socket.recv_fds(channel, 2**16, 2)
        if not message:
            os._exit(0)
        pid = os.fork()
        if pid == 0:
            ended_by_itself(between, message, files, kernel, opened)
        for descriptor in files:
            os.close(descriptor)
        _, status = os.waitpid(pid, 0)
        channel.send(UNFIT if status else DONE)


def run(kernel, source, **how):
    """The outputs of a cell that nobody needs protection from."""
    kernel.run(source, **how)
    return kernel.outputs.take()


def ended_by_itself(work, *given):
    """A fork must never come back to where it was made."""
    try:
        work(*given)
    finally:
        os._exit(1)


def between(message, files, *state):
    """Wait, outside the new process numbers, for the run that is the first process in them."""
    called("unshare", NEW_FILES | NEW_MESSAGES | NEW_PROCESSES | NEW_NETWORK)
    ready, told = os.pipe()
    pid = os.fork()
    if pid == 0:
        ended_by_itself(learner, message, files, told, *state)
    os.close(told)
    begun = os.read(ready, 1)  # nothing, if the run ended before it had what it needs
    os.waitpid(pid, 0)
    os._exit(not begun)


def learner(message, files, told, kernel, opened):
    """Give up everything, then run the other cells."""
    called("prctl", DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    os.setsid()
    own_files()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for place, descriptor in enumerate([*files, nowhere]):
        os.dup2(descriptor, place)
    os.dup2(told, 3)
    os.closerange(4, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    sys.stdin = os.fdopen(0, closefd=False)
    for name, most in LIMITS.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name.upper()}"), (most, most))
    no_rights()
    random.seed()
    np.random.seed()  # noqa: NPY002
    os.write(3, b".")
    os.close(3)
    kernel.after_fork()
    inside.main(float(message), kernel, opened)


def own_files():
    """Empty folders to write in, and the processes of this run alone."""
    mount(None, "/", None, PRIVATE | ALL)
    seen = {folder: os.open(folder, os.O_PATH) for folder in python_folders()}
    for folder in WRITABLE:
        size = f"size={64 * MEGABYTE},mode=0755".encode()
        mount("tmpfs", folder, "tmpfs", NO_SETUID | NO_DEVICES, size)
    for folder, descriptor in seen.items():  # they may lie in /tmp
        if not os.path.exists(folder):
            place_for(descriptor, folder)
            mount(f"/proc/self/fd/{descriptor}", folder, None, BIND | ALL)
    mount("proc", "/proc", "proc", NO_SETUID | NO_DEVICES | NO_PROGRAMS)
    mount("tmpfs", "/proc/sys", "tmpfs", READ_ONLY | NO_SETUID | NO_DEVICES)
    for name in filter(os.path.exists, MASKED):
        mount(os.devnull, name, None, BIND)
    os.chdir(HOME)


def place_for(descriptor, path):
    """A folder, or for a file an empty one, on which to show what is open."""
    if stat.S_ISDIR(os.fstat(descriptor).st_mode):
        os.makedirs(path)
    else:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.close(os.open(path, os.O_CREAT))


def no_rights():
    for right in range(64):
        C.prctl(DROP_FROM_BOUND, right, 0, 0, 0)  # fails beyond the last one
    called("prctl", AMBIENT, 4, 0, 0, 0)
    called("capset", (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)())
    called("prctl", NO_NEW_RIGHTS, 1, 0, 0, 0)
    if lines := syscalls.program():
        held = ctypes.create_string_buffer(lines)
        program = Program(len(lines) // 8, ctypes.addressof(held))
        called("prctl", FILTER, 2, ctypes.byref(program), 0, 0)


class Program(ctypes.Structure):
    """What the kernel reads a filter from."""

    _fields_ = [("length", ctypes.c_ushort), ("lines", ctypes.c_void_p)]


def mount(source, place, kind, flags, more=None):
    encoded = [word and word.encode() for word in (source, place, kind)]
    called("mount", *encoded, ctypes.c_ulong(flags), more)


def called(name, *arguments):
    if getattr(C, name)(*arguments):
        raise OSError(ctypes.get_errno(), name)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])), json.load(sys.stdin))
