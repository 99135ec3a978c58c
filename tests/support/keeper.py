"""Run a command for as long as the one who started this lives: ``python keeper.py command …``.

A test that is killed can't clean up. But its end of our standard input then closes, whatever
killed it, and we take the command down.
"""

import os
import signal
import subprocess
import sys


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        sys.stdin.buffer.read()
    finally:
        os.killpg(child.pid, signal.SIGTERM)  # a command such as make has children of its own
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
