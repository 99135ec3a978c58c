"""nbgrader's door to `grade`: `nbgrader autograde`, and formgrader's button.

nbgrader takes a submission through two conversions, writes the first to disk and commits every
small step. A kill in between leaves a score of 0 that looks final. So all that is taken from its
`Autograde` is what to grade; the exporter is the one part of it that its config can replace.
"""

from pathlib import Path

from nbconvert.exporters import NotebookExporter
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import AssignLatePenalties
from traitlets import Bool, Integer
from traitlets.config import LoggingConfigurable

from . import sandbox
from .course import Course, grade_class
from .execution import Limits


class RunSubmission(LoggingConfigurable):
    """How submissions are run."""

    sandbox = Bool(True, help="Run under bubblewrap; False runs it with your rights.").tag(
        config=True
    )
    cell_seconds = Integer(10, help="Seconds for one cell.").tag(config=True)
    seconds = Integer(60, help="Seconds for a notebook.").tag(config=True)


class GradeClass(NotebookExporter):
    """In place of the exporter of nbgrader's Autograde: `convert_notebooks` grades a class."""

    def __init__(self, **settings):
        super().__init__(**settings)
        run = RunSubmission(parent=self)
        self.limits = Limits(run.cell_seconds, run.seconds, run.sandbox)
        if run.sandbox and (reason := sandbox.missing(self.parent.coursedir.root)):
            self.log.error(reason)
            raise NbGraderException(reason)
        self.parent.convert_notebooks = self.grade_class

    def grade_class(self):
        converter, places = self.parent, self.parent.coursedir
        late = AssignLatePenalties(parent=self)
        late.init_plugin()
        names = ("source", "release", "submitted", "autograded", "feedback")
        folders = [Path(places.root, getattr(places, f"{name}_directory")) for name in names]
        grade_class(
            Course(places.db_url, *folders),
            places.assignment_id,
            students=places.student_id,
            again=converter.force,
            limits=self.limits,
            say=self.log.info,
            warn=self.log.warning,
            penalty=late.plugin_inst.late_submission_penalty,
            new_students=converter.create_student,
        )
