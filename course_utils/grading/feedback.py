"""What a learner gets back: points, comments and the learner's own work."""

from nbformat.v4 import new_output
from nbgrader.preprocessors import ClearHiddenTests
from traitlets import Bool


class HideTests(ClearHiddenTests):
    """nbgrader's feedback shows hidden tests, their tracebacks included; this leaves them out."""

    enforce_metadata = Bool(False)  # a learner may have written the markers into any cell

    def preprocess_cell(self, cell, resources, index):
        if cell.cell_type == "code" and self._remove_hidden_test_region(cell):
            cell.outputs = [new_output("stream", text="Hidden checks are not shown.\n")]
        return cell, resources
