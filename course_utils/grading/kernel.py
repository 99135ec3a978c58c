"""A kernel as learners have it in Jupyter, without its sockets: what it would send is kept.

Magics, streams, displays, widgets and the running event loop are ipykernel's own.
"""

import asyncio
import logging
import sys
from contextlib import nullcontext
from contextvars import copy_context
from types import SimpleNamespace

from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import Session
from traitlets import Any
from traitlets.config import Config

from .outputs import MOST_TEXT, Outputs

sys.modules["debugpy"] = None  # slow to import, it prints, and nobody debugs a submission
import ipykernel.debugger  # noqa: E402, F401

del sys.modules["debugpy"]


class Kernel:
    """`run(source)` runs a cell, `outputs` collects what it puts out; a silent one is uncounted."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)
        self.context = copy_context()  # one for all cells: it holds np.seterr's settings
        self.outputs = Outputs()
        session = Kept(receive=self.outputs.receive)
        sys.stdout, sys.stderr = Stream(session, "stdout"), Stream(session, "stderr")
        self.streams = sys.stdout, sys.stderr
        app = IPKernelApp.instance(config=quiet())
        self.kernel = app.kernel = Silent.instance(
            parent=app,
            session=session,
            log=logging.Logger("kernel", logging.CRITICAL),
            shell_channel_thread=SimpleNamespace(parent_thread=None),  # signals stay as they are
        )
        self.shell = self.kernel.shell
        self.shell.extension_manager.load_extension("storemagic")  # as IPython's own start does
        self.shell.keepkernel_on_exit = True  # a cell with `exit` in it ends no more than itself
        self.shell._tee = lambda channel: nullcontext()  # it keeps a second copy of what is printed
        self.session = session
        sys.breakpointhook = lambda *_, **__: None  # as in Jupyter, where no debugger is open

    def after_fork(self):
        """Another loop: the files of this one belong to the process that was forked, too."""
        self.loop_before = self.loop  # if it were deleted it would close them
        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)

    def run(self, source, silent=False):
        parent = self.session.msg("execute_request", {"code": source})
        self.kernel.set_parent([], parent)
        for stream in self.streams:
            stream.set_parent(parent)
            stream.room = MOST_TEXT
        try:
            work = self.kernel.do_execute(source, silent)
            task = self.loop.create_task(work, context=self.context)
            self.loop.run_until_complete(task)
        finally:
            for stream in self.streams:
                stream.flush()


class Silent(IPythonKernel):
    """Nothing listens, so nothing waits: no debugger, no second shell."""

    _supports_kernel_subshells = False


class Kept(Session):
    """Hands messages to `receive` instead of sending them."""

    receive = Any()

    def send(self, stream, msg_or_type, content=None, parent=None, *rest, **more):
        message = msg_or_type
        if not isinstance(message, dict):
            message = self.msg(msg_or_type, content, parent)
        self.receive(message["header"]["msg_type"], message["content"])
        return message


class NoThread(IOPubThread):
    """Where a stream expects a thread that sends: does at once what it is given to do."""

    def __init__(self):
        self.thread = self.io_loop = None

    def schedule(self, f):
        f()


class Stream(OutStream):
    """Keeps the first part of what a cell prints, however much it is."""

    def __init__(self, session, name):
        super().__init__(session, NoThread(), name, watchfd=False)
        self._original_stdstream_copy = {"stdout": 1, "stderr": 2}[name]  # what fileno() tells
        self.room = MOST_TEXT

    def write(self, string):
        if isinstance(string, str) and self.room <= 0:
            return len(string)
        kept = string[: self.room] if isinstance(string, str) else string
        super().write(kept)
        self.room -= len(kept)
        return len(string)

    def _schedule_flush(self):
        pass


def quiet():
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    return config
