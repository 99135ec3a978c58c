"""The program in the sandbox: run the cells of a notebook, report what each of them put out.

    python -m course_utils.grading.inside 10 < cells.json

10 is the number of seconds that a cell may compute. A line of JSON is reported for each cell as
soon as it has run, so that a cell which ends this process does not take the earlier ones with it.
The learner's code runs in this process and can do to it what it likes: nobody trusts the report.
"""

import json
import os
import signal
import sys
import threading
import time

from ..checks.trouble import is_cell
from .kernel import Kernel
from .watch import CLOCK

LOOK = 0.1  # seconds between looks at the time
AGAIN = 1  # seconds until a cell that goes on is told again
SIGNAL = getattr(signal, "SIGRTMAX", signal.SIGTERM)  # one that no learner's program uses


class TooSlow(BaseException):
    """Not an Exception, so that `except Exception` in a loop does not swallow it."""


class Limit(threading.Thread):
    """Raises TooSlow in the main thread when a cell exceeds its time."""

    def __init__(self, seconds):
        super().__init__(daemon=True)
        self.seconds, self.until = seconds, None
        signal.signal(SIGNAL, self.stop)

    def run(self):
        while True:
            time.sleep(LOOK)
            until = self.until
            if until and (time.process_time() > until[0] or time.monotonic() > until[1]):
                signal.pthread_kill(threading.main_thread().ident, SIGNAL)
                time.sleep(AGAIN)

    def __enter__(self):
        clock = CLOCK * self.seconds
        self.until = time.process_time() + self.seconds, time.monotonic() + clock

    def __exit__(self, *_):
        self.until = None

    def stop(self, _, frame):
        if not self.until:
            return
        while frame and not is_cell(frame.f_code.co_filename):
            frame = frame.f_back
        place = f" It was in `{frame.f_code.co_name}`, line {frame.f_lineno}." if frame else ""
        raise TooSlow(f"longer than {self.seconds:g} s.{place}")


def main(seconds, kernel=None, opened=()):
    """Run the cells; `opened` are the outputs of the first of them, which `kernel` has run."""
    cells = json.load(sys.stdin)
    report = os.fdopen(os.dup(1), "w")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    limit, kernel, me = Limit(seconds), kernel or Kernel(), os.getpid()
    limit.start()
    for place, (index, source) in enumerate(cells):
        outputs = opened[place] if place < len(opened) else execute(kernel, source, limit)
        if os.getpid() != me:  # a copy that the cell has made and that has come to the cell's end
            os._exit(0)
        print(
            json.dumps({"cell": index, "outputs": outputs}, default=repr), file=report, flush=True
        )
    os._exit(0)  # waits for no thread and runs nothing that was registered for the end


def execute(kernel, source, limit):
    try:
        with limit:
            kernel.run(source)
    except TooSlow as error:  # outside the learner's code: while a cell waits, or has just ended
        told = {"ename": "TooSlow", "evalue": str(error), "traceback": [f"TooSlow: {error}"]}
        kernel.outputs.receive("error", told)
    return kernel.outputs.take()


if __name__ == "__main__":
    main(float(sys.argv[1]))
