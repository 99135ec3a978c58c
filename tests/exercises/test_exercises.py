"""Exercises are exactly what solutions generate, and the Validate button says the right thing."""

import re

import nbformat
import pytest
from classroom import COURSE, EXERCISES, config, notebook
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.validator import Validator

import practice_numbers
from course_utils.grading.release import wrong_marker


@pytest.fixture(params=EXERCISES)
def name(request):
    return request.param


def graded(folder, name):
    cells = notebook(folder, name).cells
    return [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]


def generated(name, root, folder):
    """The exercise that nbgrader writes into `folder` from the solution under `root`."""
    settings = config()
    settings.CourseDirectory.root = str(root)
    settings.CourseDirectory.release_directory = str(folder)
    settings.CourseDirectory.assignment_id = name
    settings.GenerateAssignment.no_database = True
    settings.SaveCells.enabled = False
    GenerateAssignment(coursedir=CourseDirectory(config=settings), config=settings).start()
    return (folder / name / f"{name}.ipynb").read_bytes()


def test_the_committed_exercise_is_what_its_solution_generates(name, tmp_path):
    committed = COURSE / "exercises" / name / f"{name}.ipynb"
    assert generated(name, COURSE, tmp_path) == committed.read_bytes(), "run `make exercises`"
    assert [p.name for p in committed.parent.iterdir()] == [committed.name]


def test_what_a_solution_holds_back_is_not_in_the_exercise(name):
    released = (COURSE / "exercises" / name / f"{name}.ipynb").read_text(encoding="utf-8")
    for marker in ["BEGIN", "END SOLUTION", "Model answer", "Rubric", '"execution"', "widget"]:
        assert marker not in released
    assert re.findall(r"\d{4}-\d\d-\d\dT", released) == []
    cells = notebook("solutions", name).cells
    for line in secrets(cells):
        assert line not in released
    for cell in notebook("exercises", name).cells:
        assert cell.get("outputs", []) == [] and cell.get("execution_count") is None


def secrets(cells):
    """Lines of the solution that no other cell shows."""
    answers = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("solution")]
    shown = sources(cell for cell in cells if cell not in answers)
    hidden = re.findall(r"BEGIN SOLUTION\n(.*?)### END", sources(answers), flags=re.DOTALL)
    hidden += [cell.source for cell in answers if cell.cell_type == "markdown"]
    lines = {line.strip() for text in hidden for line in text.splitlines()}
    return {line for line in lines if line and line not in shown}


def sources(cells):
    return "\n".join(cell.source for cell in cells)


def test_planted_secrets_do_not_come_through(tmp_path):
    """Widget state, timings and outputs of a solution that was run and saved in Jupyter."""
    name = EXERCISES[0]
    (tmp_path / "solutions" / name).mkdir(parents=True)
    solution = notebook("solutions", name)
    solution.metadata["widgets"] = {"state": "SECRET"}
    solution.metadata.language_info["version"] = "SECRET"
    code = [cell for cell in solution.cells if cell.cell_type == "code"]
    for cell in code:
        cell.metadata["execution"] = {"iopub.execute_input": "SECRET"}
        cell.outputs = [nbformat.v4.new_output("stream", text="SECRET")]
    nbformat.write(solution, tmp_path / "solutions" / name / f"{name}.ipynb")
    committed = COURSE / "exercises" / name / f"{name}.ipynb"
    assert generated(name, tmp_path, tmp_path / "exercises") == committed.read_bytes()


MARKERS = {  # what stands in a solution cell: a part of the sentence with which release refuses
    "### BEGIN SOLUTION\nx = 7": "BEGIN SOLUTION has no END. Add a line '### END SOLUTION'.",
    "x = 7\n### END SOLUTION": "line 2 ends SOLUTION, which did not begin.",
    "### BEGIN SOLUTION\n### BEGIN SOLUTION\nx = 7\n### END SOLUTION": "line 2 begins SOLUTION",
    "### BEGIN SOLUTION\nx = 7\n### END HIDDEN TESTS": "line 3 ends HIDDEN TESTS",
    "### BEGIN HIDDEN TESTS\nx = 7": "BEGIN HIDDEN TESTS has no END.",
    "### BEGIN HIDDEN TEST\nx = 7\n### END HIDDEN TEST": "line 1 looks like a marker, but is none",
    "### Begin solution\nx = 7\n### End solution": "line 1 looks like a marker, but is none",
    "### BEGIN SOLUTON\nx = 7\n### END SOLUTION": "'### BEGIN SOLUTON'. Write '### BEGIN SOLUTION' or",
    "=== BEGIN MARK SCHEME ===\nx = 7": "Add a line '=== END MARK SCHEME ==='.",
}


@pytest.mark.parametrize("source", MARKERS)
def test_markers_that_do_not_close_are_refused_with_a_sentence(source, tmp_path, caplog):
    name = EXERCISES[0]
    (tmp_path / "solutions" / name).mkdir(parents=True)
    solution = notebook("solutions", name)
    cell = next(cell for cell in solution.cells if cell.metadata.get("nbgrader", {}).get("solution"))
    cell.source = source
    nbformat.write(solution, tmp_path / "solutions" / name / f"{name}.ipynb")
    with pytest.raises(NbGraderException):
        generated(name, tmp_path, tmp_path / "exercises")
    assert not (tmp_path / "exercises" / name / f"{name}.ipynb").exists()
    complaint = wrong_marker(cell)
    assert MARKERS[source] in complaint
    assert f"Nothing is released: in cell {cell.id}, {complaint}" in caplog.text


@pytest.mark.parametrize("line", ["# begin with the solution of", "# end of the marks", "x = end(hidden)"])
def test_other_comments_are_no_markers(line):
    assert wrong_marker(nbformat.v4.new_code_cell(line)) is None


def test_the_form_of_an_exercise(name):
    assert sum(cell.metadata.nbgrader.points for cell in graded("solutions", name)) == 10
    for cell in notebook("solutions", name).cells:
        kind = cell.metadata.get("nbgrader", {})
        assert not kind or kind.grade_id == cell.id
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= (8 if kind.get("grade") else 15), cell.id
            assert not kind.get("grade") or f"@check\ndef {cell.id}(rng):" in cell.source


def test_the_stored_numbers_are_those_of_the_bank(name):
    path = COURSE / "course_utils" / "checks" / "numbers" / f"{name}.json"
    assert path.read_text(encoding="utf-8") == practice_numbers.current(name, COURSE), "run `make exercises`"


def test_validate_finds_nothing_wrong_in_the_solution(name):
    path = COURSE / "solutions" / name / f"{name}.ipynb"
    assert Validator(config=config()).validate(str(path)) == {}


def test_validate_tells_a_learner_what_is_left_to_do(name):
    path = COURSE / "exercises" / name / f"{name}.ipynb"
    failed = Validator(config=config()).validate(str(path))["failed"]
    assert [f["source"] for f in failed] == [cell.source for cell in graded("exercises", name)]
    for cell, error in zip(graded("exercises", name), [f["raw_error"] for f in failed], strict=True):
        if cell.cell_type == "code":
            assert "This is still the empty stub." in error or "Same cause" in error
        else:
            assert error == "You did not provide a response."
