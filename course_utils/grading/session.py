"""One grading session: inputs that nobody knew before, and what the solution gives on them."""

import secrets
from pathlib import Path

import nbformat
from nbgrader.converters.base import NbGraderException

from .records import Malformed, read_record

REFUSED = "refused"  # in the metadata of a notebook that could not be read: the reason


class Session:
    """Lasts for one `nbgrader autograde`, or one click on formgrader's button."""

    def __init__(self):
        self.seed = secrets.token_hex(16)
        self.references = {}

    def reference(self, path, run):
        """{check: values} of the solution notebook at `path`, run as submissions are run."""
        if path not in self.references:
            notebook = nbformat.read(path, as_version=4)
            run(notebook)
            self.references[path] = {
                cell.metadata.nbgrader.grade_id: right_values(cell)
                for cell in notebook.cells
                if is_check(cell)
            }
        return self.references[path]


def is_check(cell):
    """A graded cell that a machine judges."""
    kind = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and kind.get("grade") and not kind.get("solution")


def right_values(cell):
    try:
        return read_record(cell)["graded"]["values"]
    except (Malformed, KeyError) as error:
        name = cell.metadata.nbgrader.grade_id
        raise NbGraderException(f"The solution does not pass its own check {name}.") from error


def path_of(folder, converter, resources):
    """The notebook of an assignment in one of the course's folders."""
    names = resources["nbgrader"]
    root = converter.coursedir.format_path(folder, ".", names["assignment"])
    return str(Path(root, names["notebook"] + ".ipynb"))
