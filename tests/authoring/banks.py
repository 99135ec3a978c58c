"""A bank of answers to an exercise: right, wrong and hostile, each with what it deserves.

    # %% gradient at w                  an answer begins, with its title
    # points: 1                         what it deserves, of the points that checks give
    # mistake: the gradient is …        completes "This is what you get when …"
    # says: …                           or a part of what its author must be told
    def nesterov(…):                    the text of the exercise's first answer cell

An exercise with several answer cells has a line before the text of each; answer cells that are
not mentioned get the solution's text. `+` begins a code cell of the learner's own (a helper,
a magic, a print) in front of the answer cell that follows, or behind the last one:

    # cell: +
    from math import sqrt
    # cell: decay_step
    def decay_step(…):
    # cell: decay_both
    def decay_both(…):

Answers are the instructor's; they lie beside the tests, where learners' packages do not reach.
"""

import copy
import re
from typing import NamedTuple

from nbformat.v4 import new_code_cell

OWN = "+"


class Answer(NamedTuple):
    """One answer: `cells` are pairs of an answer cell's id, None for the first, and its text."""

    title: str
    cells: list
    facts: dict

    @property
    def points(self):
        return float(self.facts["points"])

    @property
    def mistake(self):
        return self.facts.get("mistake")


def read_bank(path):
    """The answers in a bank file, in order."""
    parts = re.split(r"^# %% ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [read_answer(*part.split("\n", 1)) for part in parts]


def read_answer(title, body):
    head, text = re.match(r"((?:# (?!cell)\w+: [^\n]*\n)*)(.*)", body, flags=re.DOTALL).groups()
    first, *named = re.split(r"^# cell: *(\S+) *\n", text, flags=re.MULTILINE)
    cells = [(None, first), *zip(named[::2], named[1::2], strict=True)]
    cells = [(name, source.strip("\n")) for name, source in cells if name or source.strip()]
    return Answer(title, cells, dict(re.findall(r"# (\w+): (.*)", head)))


def answer_cells(notebook):
    """{grade_id: cell} of the code cells that are a learner's to fill."""
    kinds = [(cell, cell.metadata.get("nbgrader", {})) for cell in notebook.cells]
    return {
        kind["grade_id"]: cell
        for cell, kind in kinds
        if cell.cell_type == "code" and kind.get("solution")
    }


def answered(notebook, answer, solution):
    """A copy of the notebook with the answer in it, the solution's text where it says nothing."""
    notebook = copy.deepcopy(notebook)
    places = answer_cells(notebook)
    for name, cell in answer_cells(solution).items():
        places[name].source = cell.source
    places[None] = next(iter(places.values()))
    if unknown := {name for name, _ in answer.cells} - {OWN, *places}:
        raise ValueError(f"{answer.title}: the exercise has no answer cell {unknown}.")
    last = [name for name, _ in answer.cells if name != OWN][-1:] or [None]
    at = notebook.cells.index(places[last[0]]) + 1
    for name, source in reversed(answer.cells):
        if name == OWN:
            notebook.cells.insert(at, new_code_cell(source))
        else:
            places[name].source = source
            at = notebook.cells.index(places[name])
    return notebook
