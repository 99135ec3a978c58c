"""Run cells, given as JSON, in a real Jupyter kernel; write how each ended into a file.

python tests/support/in_jupyter.py ended.json < cells.json
"""

import json
import sys
from pathlib import Path

from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook


class Patient(NotebookClient):
    """Waits for each cell as long as the kernel lives, and looks for its reply again and again.

    An Output widget's message, sent on the socket that the reply comes by, can use up zmq's only
    sign that the reply is there; who waits for the sign alone then waits forever.
    """

    async def _async_handle_timeout(self, timeout, cell=None):
        return None  # look again


def ending(outputs):
    """The error that a cell ended in, or "fine"."""
    errors = [f"{o['ename']}: {o['evalue']}" for o in outputs if o["output_type"] == "error"]
    return errors[-1] if errors else "fine"


if __name__ == "__main__":
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in json.load(sys.stdin)])
    Patient(notebook, kernel_name="python3", timeout=2, allow_errors=True).execute()
    ended = json.dumps([ending(cell.outputs) for cell in notebook.cells])
    Path(sys.argv[1]).write_text(ended, encoding="utf-8")
