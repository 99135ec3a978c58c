"""A feedback page holds the learner's own work: what the exercise says is left out."""

import pytest
from classroom import COURSE, EXERCISES, bank, notebook, submission
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from course_utils.grading.own_work import own_work, texts


def given(name):
    return texts(COURSE / "exercises" / name / f"{name}.ipynb")


def is_marked(cell):
    kind = cell.metadata.get("nbgrader", {})
    return kind.get("grade") or kind.get("solution")


def graded(name):
    """A right answer whose code cells have all put something out."""
    cells = submission(name, bank(name, "right")[0]).cells
    for i, cell in enumerate(cells):
        if cell.cell_type == "code":
            cell.outputs = [new_output("stream", text=f"output {i}")]
    return cells


@pytest.mark.parametrize("name", EXERCISES)
def test_answers_checks_and_own_cells_stay_and_the_exercises_text_goes(name):
    cells, own = graded(name), [new_markdown_cell("Mine."), new_code_cell("1 / 0")]
    cells[3:3], cells[-4:-4] = own[:1], own[1:]
    kept = own_work(cells, given(name))
    assert [c for c in kept if is_marked(c)] == [c for c in cells if is_marked(c)]
    assert all(cell in kept for cell in own)
    left = [c.source for c in kept if c.cell_type == "markdown" and c not in own]
    question, answer = left[-2:]
    assert question in given(name) and "\n" in question and answer == "*Write your answer here.*"
    rest = [text for text in left if text not in (question, answer)]
    assert rest and all(text.startswith("#") and "\n" not in text for text in rest)


def test_a_cell_of_the_exercise_stays_where_it_shows_what_an_answer_does():
    cells = graded("nesterov")
    kept = own_work(cells, given("nesterov"))
    code = [cell.source for cell in kept if cell.cell_type == "code"]
    assert any(text.startswith("nesterov(10.0, 5.0") for text in code)
    assert not any("race(" in text for text in code)  # it came before the answer
    for cell in cells:
        if cell.cell_type == "code" and not is_marked(cell):
            cell.outputs = []
    shown = own_work(cells, given("nesterov"))
    assert all(is_marked(cell) for cell in shown if cell.cell_type == "code")


def test_headings_stand_above_what_is_under_them():
    check = {"metadata": {"nbgrader": {"grade": True, "solution": False}}}
    said = ["# Title\n\nText.", "## Gone", "## Part\n\nText.", "More.", "### Checks"]
    cells = [*map(new_markdown_cell, said), new_code_cell("check", **check)]
    kept = own_work(cells, set(said))
    assert [cell.source for cell in kept] == ["# Title", "## Part", "### Checks", "check"]


def test_the_same_note_is_not_said_twice():
    answer = new_code_cell("def f(): 0", metadata={"nbgrader": {"solution": True, "grade": False}})
    rest = [new_code_cell(text, outputs=[new_output("stream", text="Not run.")]) for text in "ab"]
    assert own_work([answer, *rest], {"a", "b"}) == [answer, rest[0]]


def test_without_the_exercise_all_is_shown(tmp_path):
    cells = notebook("exercises", "nesterov").cells
    assert own_work(cells, texts(tmp_path / "none.ipynb")) == cells
