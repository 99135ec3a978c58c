"""Take a submission in: nothing of it but the text of its cells gets into grading.

Cells that learners may not change come from the released exercise, whatever became of them in
the submission. A file that can't be read is graded as an untouched exercise, with the reason.
"""

import html
import os
import re
from pathlib import Path

import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.preprocessors.sanitize import SanitizeHTML
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.converters.base import NbGraderException
from nbgrader.utils import parse_utc

from . import sandbox
from .run import RunSubmission
from .session import REFUSED, Session, path_of

RUNS_SCRIPT = re.compile(r"\s*".join("javascript:"), re.IGNORECASE)  # browsers skip blanks in it
MOST_BYTES = 20 * sandbox.MEGABYTE
MOST_CELLS = 300
MOST_TEXT = 100_000  # characters in all cells: the exercise has an eighth of it


class Refusal(Exception):
    """Why a submission can't be run, for its author."""


class Submission(NotebookExporter):
    """What `nbgrader autograde` reads submissions with, and what its preprocessors share."""

    def __init__(self, **settings):
        super().__init__(**settings)
        if RunSubmission(parent=self).sandbox and (reason := sandbox.missing()):
            self.log.error(reason)
            raise NbGraderException(reason)
        self.session = Session()

    def from_filename(self, filename, resources=None, **settings):
        if not self.parent._sanitizing:  # the second pass reads what the first has written
            return super().from_filename(filename, resources, **settings)
        released = path_of(self.parent.coursedir.release_directory, self.parent, resources)
        notebook = nbformat.read(released, as_version=4)
        try:
            notebook.cells = rebuilt(notebook.cells, read_cells(Path(filename)))
        except Refusal as reason:
            notebook.metadata[REFUSED] = str(reason)
        return self.from_notebook_node(notebook, resources, **settings)


def prepare(assignment, student, notebooks):
    """Two things for which nbgrader would record no score.

    It looks for no notebook but those of the right name; so ask for it, and find it missing later.
    It stops at a timestamp that is no time; so put that aside.
    """
    folder = Path(notebooks[0]).parent
    notebooks[:] = [str(folder / f"{folder.name}.ipynb")]
    stamp = folder / "timestamp.txt"
    if os.path.lexists(stamp) and not is_time(stamp):
        stamp.rename(folder / "timestamp-unreadable.txt")


def is_time(path):
    if path.is_symlink() or not path.is_file() or path.stat().st_size > 100:
        return False
    try:
        return parse_utc(path.read_text(encoding="utf-8").strip()) is not None
    except (ValueError, OverflowError):
        return False


def read_cells(path):
    """[(grade_id, cell type, text)] of a notebook that anyone may have written."""
    if any(part.is_symlink() for part in [path, *path.parents[:2]]):
        raise Refusal("Your notebook is a link to another file. Hand in the notebook itself.")
    if not path.is_file():
        raise Refusal(f"There is no notebook with the name {path.name}. Hand it in as {path.name}.")
    if path.stat().st_size > MOST_BYTES:
        raise Refusal("Your notebook is larger than 20 MB. Clear its outputs and hand it in again.")
    try:
        notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
        cells = [(grade_id(cell), cell["cell_type"], cell["source"]) for cell in notebook.cells]
        size = len("".join(text for _, _, text in cells).encode())
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


def grade_id(cell):
    try:
        return str(cell["metadata"]["nbgrader"]["grade_id"])
    except (KeyError, TypeError):
        return None


def rebuilt(released, submitted):
    """The learner's cells in their order; the exercise's own cells in them as they were released.

    Of a cell that comes twice, the last counts. Of those that lack, helpers go to the front and
    graded cells to the end, where all that they call is defined.
    """
    ours = {cell.metadata.nbgrader.grade_id: cell for cell in released if is_ours(cell)}
    last = {name: i for i, (name, *_) in enumerate(submitted) if name in ours}
    known = {cell.source for cell in released}
    cells = []
    for i, (name, kind, text) in enumerate(submitted):
        cell = ours[name] if last.get(name) == i else new_cell(kind)
        if not is_ours(cell) or cell.metadata.nbgrader.solution:
            is_text = cell.cell_type == "markdown" and text not in known
            cell.source = harmless(text) if is_text else text
        cells.append(cell)
    lacking = [cell for name, cell in ours.items() if name not in last]
    helpers = [cell for cell in lacking if cell.metadata.nbgrader.locked and not is_graded(cell)]
    return [*helpers, *cells, *filter(is_graded, lacking)]


def is_ours(cell):
    return "grade_id" in cell.metadata.get("nbgrader", {})


def is_graded(cell):
    return cell.metadata.nbgrader.grade


def new_cell(kind):
    return new_code_cell() if kind == "code" else new_markdown_cell()


def harmless(text):
    """Text that runs nothing on the page of an instructor or a learner: no tags, no such links."""
    return SanitizeHTML().sanitize_html_tags(RUNS_SCRIPT.sub("no script ", html.unescape(text)))
