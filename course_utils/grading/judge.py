"""Give the points, in the grader's process: compare what came with what the solution gives."""

from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor

from ..checks import stored_numbers
from ..checks.verdict import difference, verdict
from .records import Malformed, read_record, scrubbed
from .session import REFUSED, is_check, path_of

BY_HEART = (
    "Right on the numbers in your notebook, wrong on others.\n"
    "Does your function keep something between calls, or hold a number from the notebook?"
)


class Judge(NbGraderPreprocessor):
    """Replaces the outputs of each graded cell by its verdict; an error output means no points."""

    def preprocess(self, nb, resources):
        converter = self.parent.parent
        solution = path_of(converter.coursedir.source_directory, converter, resources)
        names = resources["nbgrader"]
        right = self.parent.session.reference(solution, names["run"])
        stored = stored_numbers(names["assignment"])["checks"]
        for cell in filter(is_check, nb.cells):
            name = cell.metadata.nbgrader.grade_id
            reason = nb.metadata.get(REFUSED) or why_wrong(
                cell, right[name], stored[name], names["ending"]
            )
            cell.outputs = [verdict_output(name, reason)]
        return nb, resources


def why_wrong(cell, right, stored, ending):
    """None if what the cell reported is right, else what to tell its author."""
    if ending and not cell.outputs:
        return ending
    try:
        record = read_record(cell)
    except Malformed as reason:
        return str(reason)
    graded, name = record["graded"], cell.metadata.nbgrader.grade_id
    if "values" in graded and not difference(graded["values"], right):
        return None
    tried = cell.source.split('"""')[1]
    return verdict(name, tried, record["practice"], stored, reveal=False) or BY_HEART


def verdict_output(name, reason):
    if reason is None:
        return new_output("stream", text=f"{name}: right.\n")
    lines = scrubbed(reason).split("\n")
    return new_output("error", ename="NotRight", evalue=lines[0], traceback=lines)
