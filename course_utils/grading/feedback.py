"""What a learner gets back: points, comments, the learner's own work; a page without script."""

from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_output
from nbgrader.preprocessors import ClearHiddenTests
from traitlets import Bool

# A browser that honors it runs no script on the page and loads nothing from elsewhere.
POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\"/>"
)


class Page(HTMLExporter):
    """Formulas stay as they were typed: rendering them would need script."""

    def from_notebook_node(self, nb, resources=None, **settings):
        page, resources = super().from_notebook_node(nb, resources, **settings)
        return page.replace("<head>", f"<head>\n{POLICY}", 1), resources


class HideTests(ClearHiddenTests):
    """nbgrader's feedback shows hidden tests, their tracebacks included; this leaves them out."""

    enforce_metadata = Bool(False)  # a learner may have written the markers into any cell

    def preprocess_cell(self, cell, resources, index):
        if cell.cell_type == "code" and self._remove_hidden_test_region(cell):
            cell.outputs = [new_output("stream", text="Hidden checks are not shown.\n")]
        return cell, resources
