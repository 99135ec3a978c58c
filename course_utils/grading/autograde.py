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
    to_last_check = Bool(
        False, help="Run no cell after the last check: faster; scores are the same."
    ).tag(config=True)

    def limits(self):
        return Limits(self.cell_seconds, self.seconds, self.sandbox, self.to_last_check)

    def missing(self, course):
        """Why they can't be run so here, or None."""
        return sandbox.missing(course) if self.sandbox else None


class GradeClass(NotebookExporter):
    """In place of the exporter of nbgrader's Autograde: `convert_notebooks` grades a class."""

    def __init__(self, **settings):
        super().__init__(**settings)
        run = RunSubmission(parent=self)
        self.limits = run.limits()
        if reason := run.missing(self.parent.coursedir.root):
            self.log.error(reason)
            raise NbGraderException(reason)
        self.parent.convert_notebooks = self.grade_class

    def grade_class(self):
        converter, places = self.parent, self.parent.coursedir
        done = grade_class(
            course_of(places),
            places.assignment_id,
            students=places.student_id,
            again=converter.force,
            limits=self.limits,
            say=self.log.info,
            warn=self.log.warning,
            penalty=late_penalty(self),
            new_students=converter.create_student,
        )
        self.log.info("%s: %s", places.assignment_id, done)


def course_of(places):
    """The course as nbgrader's settings describe it."""
    names = ("source", "release", "submitted", "autograded", "feedback")
    folders = [Path(places.root, getattr(places, f"{name}_directory")) for name in names]
    return Course(places.db_url, *folders)


def late_penalty(parent):
    """The function of the plugin that takes points off for lateness."""
    late = AssignLatePenalties(parent=parent)
    late.init_plugin()
    return late.plugin_inst.late_submission_penalty
