"""Notebooks whose cells are not as they were released: all points, or a reason to act upon."""

import copy
import json

import nbformat
import pytest
from banks import Answer, answer_cells
from classroom import EXERCISES, notebook, said, session, submission
from hostile_files import checks, checks_as_text, double, drop, without_metadata
from in_process import run
from nbformat.v4 import new_code_cell, new_markdown_cell

from course_utils.grading.execution import is_check
from course_utils.grading.grade import grade


def of_kind(kind):
    def change(nb, answer):
        answer.cell_type = kind

    return change


def extra_cells(nb, answer):
    """Prints, errors, text, a helper's name taken, a question to nobody: between all cells."""
    own = ["print('here')", "1 / 0", "check = 5", "%matplotlib inline", "input('go on?')"]
    cells = []
    for i, cell in enumerate(nb.cells):
        cells += [new_code_cell(own[i % len(own)]), new_markdown_cell("# Notes"), cell]
    nb.cells = cells


def renamed(nb, answer):
    answer.source = answer.source.replace(function_of(answer), "my_function")


def function_of(answer):
    return answer.source.split("(")[0].split()[-1]


def again_as_stub(nb, answer):
    stub = answer | {"source": f"def {function_of(answer)}(*args):\n    raise NotImplementedError"}
    nb.cells.insert(nb.cells.index(answer) + 1, stub)


def moved_to_the_end(nb, answer):
    nb.cells.remove(answer)
    nb.cells.append(answer)


def in_a_cell_of_ones_own(nb, answer):
    nb.cells[nb.cells.index(answer)] = new_code_cell(answer.source)


def cut_in_two(nb, answer):
    """The answer's text in two cells, of which the second has the cell's name."""
    nb.cells.insert(nb.cells.index(answer), new_code_cell("half = 0.5"))
    answer.source += "\nassert half"


ALL = None
ODD = {  # a change: what the author of the first answer cell is told, ALL where no point is lost
    "as released": (lambda nb, answer: None, ALL),
    "extra cells": (extra_cells, ALL),
    "the answer as markdown": (of_kind("markdown"), ALL),
    "the answer as raw text": (of_kind("raw"), ALL),
    "the answer in a cell of one's own": (in_a_cell_of_ones_own, ALL),
    "the answer in two cells": (cut_in_two, ALL),
    "all cells twice": (lambda nb, answer: double(nb), ALL),
    "no metadata": (lambda nb, answer: without_metadata(nb), ALL),
    "checks as text": (lambda nb, answer: checks_as_text(nb), ALL),
    "checks deleted": (lambda nb, answer: [drop(nb, cell.id) for cell in checks(nb)], ALL),
    "only the answer cells are left": (
        lambda nb, answer: nb.update(cells=list(answer_cells(nb).values())),
        ALL,
    ),
    "the answer deleted": (
        lambda nb, answer: drop(nb, answer.id),
        "does not exist, and the cell for it is not in your notebook.",
    ),
    "the answer renamed": (renamed, "Its cell defines `my_function`: use the stub's name."),
    "the stub once more": (again_as_stub, "This is still the empty stub."),
    "the answer at the end": (moved_to_the_end, "does not exist yet: its cell comes after this"),
    "the answer emptied": (
        lambda nb, answer: answer.update(source=""),
        "Its cell does not define it: keep the stub's first line.",
    ),
    "the answer deleted by a later cell": (
        lambda nb, answer: nb.cells.insert(
            nb.cells.index(answer) + 1, new_code_cell(f"del {function_of(answer)}")
        ),
        "does not exist any more: another cell deletes it.",
    ),
    "an error above the function": (
        lambda nb, answer: answer.update(source=f"import no_such_thing\n{answer.source}"),
        "its cell stopped with an error.\n    ModuleNotFoundError: No module named 'no_such_thing'",
    ),
    "a bracket that is not closed": (
        lambda nb, answer: answer.update(source=f"{answer.source}\nprint((1)"),
        "its cell stopped with an error.\n    SyntaxError: ",
    ),
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", EXERCISES)
def test_an_odd_notebook_ends_with_a_score_and_a_reason(name, odd):
    change, says = ODD[odd]
    handed_in = copy.deepcopy(submission(name, Answer("", [], {}), lean=True))
    change(handed_in, next(iter(answer_cells(handed_in).values())))
    graded = grade(json.dumps(handed_in).encode(), session(name), run)
    cells = filter(is_check, nbformat.reads(graded.notebook, as_version=4).cells)
    told = "\n".join(said(cell.outputs) for cell in cells)
    released = filter(is_check, notebook("exercises", name).cells)
    most = sum(cell.metadata.nbgrader.points for cell in released)
    points = sum(score for score in graded.scores.values() if score)
    assert graded.refused is None
    assert (points == most) == (says is ALL), told
    assert says is ALL or says in told
