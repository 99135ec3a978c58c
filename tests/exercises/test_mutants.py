"""Every small change to a solution that changes what it does costs points.

`survivors.txt` in the bank lists the changes that cost none, below the reason why they compute
the same: `# %% reason`, then a line `answer cell: change` for each.
"""

import ast
import functools

import pytest
from banks import Answer, answer_cells, read_bank
from classroom import COURSE, EXERCISES, notebook, session
from in_process import outcomes_of
from mutants import mutants

from course_utils.checks import stored_numbers
from course_utils.checks.difference import difference

MOST = 1_000  # of an answer cell: all there are
LEAST = 60  # of an exercise

every_cell = pytest.mark.parametrize(
    ("name", "cell"),
    [(name, cell) for name in EXERCISES for cell in answer_cells(notebook("solutions", name))],
)


@functools.cache
def changed(name, cell):
    """{source: what was changed} of one answer cell."""
    return mutants(answer_cells(notebook("solutions", name))[cell].source, MOST)


def excused(name, cell):
    path = COURSE / "tests" / "answers" / name / "survivors.txt"
    lines = [line for reason in read_bank(path) for _, text in reason.cells for line in text.split("\n")]
    return [line.removeprefix(f"{cell}: ") for line in lines if line.startswith(f"{cell}: ")]


def passes(came, right):
    return all(
        "values" in came[check] and difference(came[check]["values"], right[check]) is None
        for check in right
    )


@every_cell
def test_survivors_are_those_that_compute_the_same(name, cell):
    solution, right = notebook("solutions", name), session(name).right
    functions, stream = stored_numbers(name)["functions"], session(name).seed
    survivors = set()
    for source, what in changed(name, cell).items():
        came = outcomes_of(Answer(what, [(cell, source)], {}), solution, functions, stream)
        if passes(came, right):
            survivors.add(what)
    expected = set(excused(name, cell))
    assert survivors - expected == set(), "add a check, or excuse these in survivors.txt"
    assert expected - survivors == set(), "these cost points, or are no mutants any more"


@pytest.mark.parametrize("name", EXERCISES)
def test_there_are_enough_mutants_of_every_kind(name):
    drawn = [what for cell in answer_cells(notebook("solutions", name)) for what in changed(name, cell).values()]
    assert len(drawn) >= LEAST
    assert {what.split(":")[0] for what in drawn} >= {"operator", "name", "dropped", "reset"}


def test_a_mutant_is_another_program():
    source = "def f(x, y):\n    z = x - 2 * y\n    return np.sqrt(z), y if z > 0 else x"
    found = mutants(source, 1000)
    assert len(found) > 40
    for text, what in found.items():
        assert ast.dump(ast.parse(text)) != ast.dump(ast.parse(source)), what
