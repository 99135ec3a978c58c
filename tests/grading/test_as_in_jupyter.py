"""What works in Jupyter works in grading: lines of many kinds, in a real kernel and in sandboxes.

Each group of `jupyter_cells.txt` is one notebook: the right answer first, the group's cells, the
checks at the end. Every cell must raise everywhere or nowhere; all checks must give their points.
"""

import json
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import in_jupyter
import matplotlib
import pytest
from classroom import needs_sandbox, notebook, submission
from hostile_files import RIGHT

from course_utils.grading.execution import Limits, in_sandbox
from course_utils.grading.forks import in_forks, opening

pytestmark = needs_sandbox

TEXT = Path(__file__).with_name("jupyter_cells.txt").read_text(encoding="utf-8")
PARTS = re.split(r"^## (.+)\n", TEXT, flags=re.MULTILINE)[1:]
GROUPS = {
    title: re.split(r"\n\n+", text.strip("\n"))
    for title, text in zip(PARTS[::2], PARTS[1::2], strict=True)
}
FORKED = partial(in_forks, opening=opening(notebook("exercises", "nesterov")))
# An Output widget lives in the browser, which takes errors into it; here they stand in the cell.
IN_A_WIDGET = {"interact(lambda x: 1 / 0, x=3)", "with out:\n    1 / 0"}


def sources(group):
    """(cells up to the answer, cells of the group, checks)"""
    cells = [c for c in submission("nesterov", RIGHT, lean=True).cells if c.cell_type == "code"]
    checks = [cell.source for cell in cells if cell.metadata.nbgrader.grade]
    return [cell.source for cell in cells if not cell.metadata.nbgrader.grade], group, checks


def jupyters(cells, folder):
    """In a process of its own, as a worker may have an open browser."""
    # Where it sees this variable, ipykernel leaves out a part of its streams.
    env = {k: v for k, v in os.environ.items() if k != "PYTEST_CURRENT_TEST"}
    result = folder.with_suffix(".json")
    command = [sys.executable, in_jupyter.__file__, result]
    given = {"input": json.dumps(cells), "text": True, "cwd": folder, "env": env}
    subprocess.run(command, check=True, timeout=900, **given)
    return json.loads(result.read_text("utf-8"))


def in_a_sandbox(run, cells):
    reported, stopped = run(list(enumerate(cells)), "seed", Limits(30, 120))
    assert stopped is None and len(reported) == len(cells), (stopped, list(reported)[-1])
    return [in_jupyter.ending(reported[i]) for i in range(len(cells))]


def test_the_table_is_long():
    assert sum(map(len, GROUPS.values())) > 500


@pytest.mark.parametrize("title", GROUPS)
def test_cells_end_as_in_jupyter(title, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MPLCONFIGDIR", matplotlib.get_cachedir())
    (tmp_path / "home").mkdir(exist_ok=True)
    (tmp_path / "work").mkdir()
    before, group, checks = sources(GROUPS[title])
    cells = [*before, *group, *checks]
    there = jupyters(cells, tmp_path / "work")
    here, forked = in_a_sandbox(in_sandbox, cells), in_a_sandbox(FORKED, cells)
    for endings in there, here, forked:
        assert set(endings[-len(checks) :]) == {"fine"}
    assert forked == here
    different = {
        cell: (one, other)
        for cell, one, other in zip(cells, there, here, strict=True)
        if (one == "fine") != (other == "fine") and cell not in IN_A_WIDGET
    }
    assert different == {}
