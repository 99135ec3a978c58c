"""A bank of answers to an exercise: right, wrong and hostile, each with what it deserves.

A bank is a text file of cells, `# %% title`, with `# key: value` lines on top: `points`, and for
a wrong answer `mistake`, which completes the sentence "This is what you get when …". Answers
are the instructor's; they lie beside the tests, where learners' packages do not reach.
"""

import copy
import re
from typing import NamedTuple


class Answer(NamedTuple):
    title: str
    source: str
    facts: dict

    @property
    def points(self):
        return float(self.facts["points"])

    @property
    def mistake(self):
        return self.facts.get("mistake")


def read_bank(path):
    """The answers in a bank file, in order."""
    cells = re.split(r"^# %% ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [read_answer(*cell.split("\n", 1)) for cell in cells]


def read_answer(title, body):
    head, source = re.match(r"((?:# \w+: [^\n]*\n)*)(.*)", body, flags=re.DOTALL).groups()
    return Answer(title, source.strip("\n"), dict(re.findall(r"# (\w+): (.*)", head)))


def answered(notebook, source):
    """The notebook with an answer in the first code cell that is a learner's to fill."""
    notebook = copy.deepcopy(notebook)
    next(cell for cell in notebook.cells if is_answer(cell)).source = source
    return notebook


def is_answer(cell):
    return cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution", False)
