"""What a learner gets back: points, comments, the learner's own work; a page without script."""

import re
from pathlib import Path

from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import Preprocessor
from nbformat.v4 import new_output
from traitlets import Bool

from .execution import is_check
from .outputs import PICTURES

# A browser that honors it runs no script on the page and loads nothing from elsewhere.
POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\"/>"
)


PHONE = '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
STYLE = Path(__file__).with_suffix(".css")
# In what a learner wrote these signs are escaped, so such tags are the template's own.
# Parts of code that the style does not color.
PLAIN = re.compile(r'<span class="(?!(?:k|kn|ow|c1|sd|s1|s2)")[a-z][a-z0-9]?">([^<]*)</span>')
NAMELESS = re.compile(r'<a href="#(\w+)">Test cell</a>')
HIDDEN = re.compile(  # from one marker to the other, or to the end
    r"^.*BEGIN HIDDEN TESTS.*$[\s\S]*?(?:^.*END HIDDEN TESTS.*$\n?|\Z)", re.MULTILINE
)
HEAVY = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)


class Page(HTMLExporter):
    """Small, and readable on a phone. Formulas stay as they were typed: drawing takes script."""

    def from_notebook_node(self, nb, resources=None, **settings):
        for output in (output for cell in nb.cells for output in cell.get("outputs", [])):
            for kind in PICTURES:
                if kind in output.get("data", {}):
                    output.metadata[kind] = {"alt": output.data.get("text/plain", "")}
        page, resources = super().from_notebook_node(nb, resources, **settings)
        style = f"<style>\n{STYLE.read_text(encoding='utf-8')}</style>"
        head = "\n".join(["<head>", POLICY, PHONE, style])
        page = PLAIN.sub(r"\1", HEAVY.sub("", page))
        page = NAMELESS.sub(r'<a href="#\1">\1</a>', page)
        return page.replace("<head>", head, 1), resources


class HideTests(Preprocessor):
    """nbgrader's feedback shows hidden tests, their tracebacks included; this leaves them out.

    A learner's own cell is shown, whatever markers it holds.
    """

    enabled = Bool(True).tag(config=True)

    def preprocess_cell(self, cell, resources, index):
        if is_check(cell) and HIDDEN.search(cell.source):
            cell.source = HIDDEN.sub("", cell.source)
            cell.outputs = [new_output("stream", text="Hidden checks are not shown.\n")]
        return cell, resources
