"""The bank's format: answers to an exercise with several functions to write."""

import pytest
from banks import answered, read_bank
from nbformat.v4 import new_code_cell, new_notebook

BANK = """A line for the reader.

# %% both
# points: 3
# mistake: lr comes in twice
first = 1
# cell: two
second = 2
# %% the second, with help
# cell: +
%matplotlib inline
# cell: two
second = 3
# cell: +
print(second)
# cell: +
1 / 0
# %% the first, with help
# says: nothing
# cell: +
a = 1

# cell: +
b = 1
# cell: one
first = a
# %% a stranger
# cell: three
x = 1
"""


def exercise(*texts):
    ids = ["setup", "one", "between", "two", "check"]
    solution = {"one", "two"}
    cells = [
        new_code_cell(text, id=id, metadata={"nbgrader": {"grade_id": id, "solution": id in solution}})
        for id, text in zip(ids, texts, strict=True)
    ]
    return new_notebook(cells=cells)


@pytest.fixture
def bank(tmp_path):
    path = tmp_path / "bank.txt"
    path.write_text(BANK)
    return {answer.title: answer for answer in read_bank(path)}


STUB = exercise("setup", "stub", "between", "stub", "check")
SOLUTION = exercise("setup", "solution 1", "between", "solution 2", "check")


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("both", ["setup", "first = 1", "between", "second = 2", "check"]),
        (
            "the second, with help",
            ["setup", "solution 1", "between", "%matplotlib inline", "second = 3", "print(second)", "1 / 0", "check"],
        ),
        ("the first, with help", ["setup", "a = 1", "b = 1", "first = a", "between", "solution 2", "check"]),
    ],
)
def test_an_answer_goes_where_it_belongs(bank, title, cells):
    filled = answered(STUB, bank[title], SOLUTION)
    assert [cell.source for cell in filled.cells] == cells
    assert [cell.source for cell in STUB.cells][1] == "stub"


def test_facts_are_read(bank):
    assert bank["both"].points == 3 and bank["both"].mistake == "lr comes in twice"
    assert bank["the first, with help"].facts == {"says": "nothing"}


def test_a_cell_that_is_not_there_is_an_error(bank):
    with pytest.raises(ValueError, match="a stranger: the exercise has no answer cell {'three'}"):
        answered(STUB, bank["a stranger"], SOLUTION)
