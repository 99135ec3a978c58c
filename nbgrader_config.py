"""How nbgrader makes exercises from solutions, and how it grades (`make exercises`, `make grade`).

Run nbgrader in this folder: it does not look for its config in the folders above.
"""

import os

c = get_config()  # noqa: F821 (nbgrader provides it)

course = c.CourseDirectory
course.course_id = "ravine"
course.root = os.path.dirname(os.path.abspath(__file__))
course.source_directory = "solutions"
course.release_directory = "exercises"
# Two graders at once wait for each other instead of failing with "database is locked".
course.db_url = f"sqlite:///{course.root}/gradebook.db?timeout=60"

# Releasing. Metadata is cleaned first: what follows adds only what belongs there.
c.ClearSolutions.code_stub = {"python": "raise NotImplementedError  # write your code here"}
c.ClearSolutions.text_stub = "*Write your answer here.*"
c.GenerateAssignment.preprocessors = [
    "course_utils.grading.release.CheckMarkers",
    "course_utils.grading.release.CleanMetadata",
    "nbgrader.preprocessors.LockCells",
    "nbgrader.preprocessors.ClearSolutions",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Grading. Submissions run in a sandbox and are judged outside it.
c.Autograde.exporter_class = "course_utils.grading.autograde.GradeClass"

# What learners wrote is made safe where it is shown: on feedback pages and in formgrader.
c.HTMLExporter.filters = {"markdown2html": "course_utils.grading.words.markdown2html"}

# Feedback.
c.GenerateFeedback.exporter_class = "course_utils.grading.feedback.Page"
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "course_utils.grading.own_work.OwnWork",
    "course_utils.grading.feedback.HideTests",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]

# What some have handed in by another way does not stop the exchange.
c.ExchangeFactory.release_feedback = "course_utils.grading.exchange.ReleaseFeedback"
