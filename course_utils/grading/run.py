"""Run a submission in the sandbox and write down what its cells put out."""

import json

from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Integer

from ..checks import SESSION
from . import sandbox
from .records import read_report
from .session import REFUSED


class RunSubmission(NbGraderPreprocessor):
    """In place of nbgrader's Execute, for `nbgrader autograde` and for formgrader's button."""

    sandbox = Bool(True, help="Run under bubblewrap; False runs it with your rights.").tag(
        config=True
    )
    cell_seconds = Integer(10, help="Seconds for one cell.").tag(config=True)
    seconds = Integer(60, help="Seconds for a notebook.").tag(config=True)

    def preprocess(self, nb, resources):
        if REFUSED not in nb.metadata:
            resources["nbgrader"]["ending"] = self.run(nb)
        resources["nbgrader"]["run"] = self.run  # the judge has the solution run the same way
        return nb, resources

    def run(self, nb):
        """Fill in the outputs of all code cells; say why some have none."""
        code = [(i, cell) for i, cell in enumerate(nb.cells) if cell.cell_type == "code"]
        report, ending = sandbox.run(
            ["-m", "course_utils.grading.inside", str(self.cell_seconds)],
            json.dumps([(i, cell.source) for i, cell in code]),
            self.seconds,
            {SESSION: self.parent.session.seed},
            self.sandbox,
        )
        reported = read_report(report)
        for count, (i, cell) in enumerate(code, start=1):
            cell.outputs = reported.get(i, [])
            cell.execution_count = count if i in reported else None
        if not ending and any(i not in reported for i, _ in code):
            ending = "Your notebook ended the Python it ran in before this cell."
        return ending
