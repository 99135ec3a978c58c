"""solutions/ -> exercises/: what nbgrader leaves in a notebook and a learner should not get."""

import re

from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import NbGraderPreprocessor

KINDS = {
    "SOLUTION": "### {} SOLUTION",
    "HIDDEN TESTS": "### {} HIDDEN TESTS",
    "MARK SCHEME": "=== {} MARK SCHEME ===",
}
MARKER = re.compile(rf"\b(BEGIN|END) ({'|'.join(KINDS)})\b")
# A comment that must be meant as one of them, but that nbgrader passes over.
MEANT = re.compile(
    r"^\s*#.*\b(?:begin|end)\W+(?:\w+\W+)?(?:sol\w*|hid\w*|tests?|mark\w*)\b", re.IGNORECASE
)
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


class CleanMetadata(NbGraderPreprocessor):
    """Keep what nbgrader and Jupyter need, so that equal solutions give equal exercises.

    Widget state holds outputs, solutions included; execution times and the Python version change
    with every run.
    """

    def preprocess(self, nb, resources):
        nb.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
        return super().preprocess(nb, resources)

    def preprocess_cell(self, cell, resources, index):
        cell.metadata.pop("execution", None)
        return cell, resources


class CheckMarkers(NbGraderPreprocessor):
    """Refuse to release a notebook in which it is unclear what a learner must not see."""

    def preprocess_cell(self, cell, resources, index):
        if complaint := wrong_marker(cell):
            name = cell.metadata.get("nbgrader", {}).get("grade_id", f"number {index + 1}")
            complaint = f"Nothing is released: in cell {name}, {complaint}"
            self.log.error(complaint)
            raise NbGraderException(complaint)
        return cell, resources


def wrong_marker(cell):
    """What is wrong with the markers of a cell, and what to do, or None."""
    inside = None  # the kind of the region that has begun
    for number, line in enumerate(cell.source.split("\n"), 1):
        found = MARKER.search(line)
        if not found:
            if cell.cell_type == "code" and MEANT.match(line):
                return (
                    f"line {number} looks like a marker, but is none: {line.strip()!r}. Write "
                    f"{' or '.join(repr(text.format('BEGIN')) for text in KINDS.values())}."
                )
            continue
        which, kind = found.groups()
        if which == "BEGIN" and inside:
            return f"line {number} begins {kind} before the END {inside} of what is open. Close it."
        if which == "END" and inside != kind:
            return f"line {number} ends {kind}, which did not begin. Put a BEGIN {kind} before it."
        inside = kind if which == "BEGIN" else None
    return inside and f"BEGIN {inside} has no END. Add a line {KINDS[inside].format('END')!r}."
