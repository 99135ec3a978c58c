"""What was handed in: of a file that anyone may have written, only the text of its cells is used.

Cells that learners may not change come from the released exercise, whatever became of them in
the submission.
"""

import warnings
from typing import NamedTuple

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from .pictures import attached, without_inlined

MOST_BYTES = 20 * 2**20
MOST_CELLS = 300
MOST_TEXT = 100_000  # characters in all cells: the exercise has an eighth of it
TOO_LARGE = "Your notebook is larger than 20 MB. Clear its outputs and hand it in again."


class Refusal(Exception):
    """Why a submission can't be run, for its author."""


class Submitted(NamedTuple):
    """What is used of a cell that anyone may have written."""

    grade_id: str | None
    kind: str
    text: str
    pictures: dict


def read_cells(submission):
    """The cells of a notebook, given as bytes or as a reason not to read it."""
    if isinstance(submission, Refusal):
        raise submission
    if len(submission) > MOST_BYTES:
        raise Refusal(TOO_LARGE)
    try:
        with warnings.catch_warnings():  # as of two cells with one id, which does no harm
            warnings.simplefilter("ignore")
            notebook = nbformat.reads(submission.decode("utf-8-sig"), as_version=4)
        cells = list(map(submitted, notebook.cells))
        size = sum(len(without_inlined(cell.text)[0].encode()) for cell in cells)
    except Exception as error:  # whatever it is, this is not a notebook
        raise Refusal(
            "Your file can't be read as a notebook. Open it in JupyterLab, save it, and hand it "
            "in again."
        ) from error
    if len(cells) > MOST_CELLS or size > MOST_TEXT:
        raise Refusal(
            f"Your notebook has more than {MOST_CELLS} cells or {MOST_TEXT:,} characters. Delete "
            "what the exercise does not need."
        )
    return cells


def submitted(cell):
    pictures = attached(cell.get("attachments"))
    return Submitted(grade_id(cell), cell["cell_type"], cell["source"], pictures)


def grade_id(cell):
    try:
        return str(cell["metadata"]["nbgrader"]["grade_id"])
    except (KeyError, TypeError):
        return None


def rebuilt(released, cells):
    """The learner's cells in their order; the exercise's own cells in them as they were released.

    Of a cell that comes twice, the last counts. Of those that lack, helpers go to the front and
    graded cells to the end, where all that they call is defined.
    """
    ours = {cell.metadata.nbgrader.grade_id: cell for cell in released if is_ours(cell)}
    last = {name: i for i, (name, *_) in enumerate(cells) if name in ours}
    together = []
    for i, (name, kind, text, pictures) in enumerate(cells):
        cell = ours[name] if last.get(name) == i else new_cell(kind)
        if not is_ours(cell) or cell.metadata.nbgrader.solution:
            cell.source = text
            if pictures and cell.cell_type == "markdown":
                cell.attachments = pictures
        together.append(cell)
    lacking = [cell for name, cell in ours.items() if name not in last]
    helpers = [cell for cell in lacking if cell.metadata.nbgrader.locked and not is_graded(cell)]
    return [*helpers, *together, *filter(is_graded, lacking)]


def is_ours(cell):
    return "grade_id" in cell.metadata.get("nbgrader", {})


def is_graded(cell):
    return cell.metadata.nbgrader.grade


def new_cell(kind):
    return new_code_cell() if kind == "code" else new_markdown_cell()
