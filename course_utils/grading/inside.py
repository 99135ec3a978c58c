"""The program in the sandbox: run the cells of a notebook, report what each of them put out.

    python -m course_utils.grading.inside 10 < cells.json

10 is the number of seconds for a cell. A line of JSON is reported for each cell as soon as it has
run, so that a cell which ends this process does not take the earlier ones with it. The learner's
code runs in this process and can do to it what it likes: nobody trusts the report.
"""

import base64
import io
import json
import os
import signal
import sys
from contextlib import nullcontext, redirect_stderr, redirect_stdout, suppress

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from ..checks.trouble import is_cell
from .watch import CLOCK

MOST_TEXT = 20_000  # characters a cell may print


class TooSlow(BaseException):
    """Not an Exception, so that `except Exception` in a loop does not swallow it."""


def main(seconds):
    cells = json.load(sys.stdin)
    report = os.fdopen(os.dup(1), "w")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    shell = InteractiveShell.instance(config=quiet_shell())
    shell._tee = lambda channel: nullcontext()  # it keeps a second copy of all that is printed
    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, lambda _, frame: stop(frame, seconds))
    for index, source in cells:
        outputs = execute(shell, source, seconds)
        print(json.dumps({"cell": index, "outputs": outputs}), file=report, flush=True)
    os._exit(0)  # waits for no thread and runs nothing that was registered for the end


def quiet_shell():
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    return config


def stop(frame, seconds):
    while frame.f_back and not is_cell(frame.f_code.co_filename):
        frame = frame.f_back
    place = f"`{frame.f_code.co_name}`, line {frame.f_lineno}"
    raise TooSlow(f"longer than {seconds:g} s. It was in {place}.")


def execute(shell, source, seconds):
    """The outputs of one cell, as a notebook stores them."""
    errors = []
    shell._showtraceback = lambda kind, error, lines: errors.append(
        {"output_type": "error", "ename": kind.__name__, "evalue": str(error), "traceback": lines}
    )
    out, err = Capped(), Capped()
    signal.setitimer(signal.ITIMER_PROF, seconds, seconds)
    signal.setitimer(signal.ITIMER_REAL, CLOCK * seconds, seconds)
    with (
        suppress(TooSlow),  # when it comes in IPython's own code, right after the learner's
        redirect_stdout(out),
        redirect_stderr(err),
        capture_output(stdout=False, stderr=False) as captured,
    ):
        shell.run_cell(source, store_history=True)
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    printed = [
        {"output_type": "stream", "name": name, "text": stream.getvalue()}
        for name, stream in [("stdout", out), ("stderr", err)]
        if stream.getvalue()
    ]
    return [*printed, *map(displayed, captured.outputs), *errors]


class Capped(io.StringIO):
    """Keeps the first part of what is printed, however much it is."""

    def write(self, text):
        super().write(text[: max(MOST_TEXT - self.tell(), 0)])
        return len(text)


def displayed(output):
    data = {
        kind: base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for kind, value in output.data.items()
    }
    return {"output_type": "display_data", "data": data, "metadata": {}}


if __name__ == "__main__":
    main(float(sys.argv[1]))
