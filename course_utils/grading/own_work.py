"""What of a graded notebook is the learner's own: a phone shows little at once."""

import functools
from pathlib import Path

import nbformat
from nbconvert.preprocessors import Preprocessor
from nbformat.v4 import new_markdown_cell
from traitlets import Bool


class OwnWork(Preprocessor):
    """Leaves out what the exercise says, which the learner has."""

    enabled = Bool(True).tag(config=True)

    def preprocess(self, nb, resources):
        places, names = self.parent.parent.coursedir, resources["nbgrader"]
        exercise = Path(places.root, places.release_directory, names["assignment"])
        nb.cells = own_work(nb.cells, texts(exercise / f"{names['notebook']}.ipynb"))
        return nb, resources


@functools.cache
def texts(exercise):
    """What stands in the cells of an exercise; nothing, where it is gone."""
    if not exercise.exists():
        return frozenset()
    return frozenset(cell.source for cell in nbformat.read(exercise, as_version=4).cells)


def own_work(cells, given):
    """Answers, checks, the learner's own cells, and what the exercise's cells show of an answer.

    Parameters
    ----------
    cells : list of NotebookNode
    given : set of str
        Texts of the exercise.

    Returns
    -------
    list of NotebookNode
        Above a cell stand the headings that it is under, or the question that its words answer.
    """
    kept, headings, question, answered = [], [], "", False
    for cell in cells:
        about = cell.metadata.get("nbgrader", {})
        answer, graded = about.get("solution"), about.get("grade")
        ours = cell.source in given and not answer and not graded
        if ours and cell.cell_type == "markdown":
            headings, question = under(headings, cell.source), cell.source
            continue
        if ours and not (answered and cell.outputs and cell.outputs != kept[-1].get("outputs")):
            continue
        if answer and graded and question:
            headings = [text for text in headings if text not in question] + [question]
        kept += [*map(new_markdown_cell, headings), cell]
        headings, question, answered = [], "", answered or answer
    return kept


def under(headings, text):
    """The headings of what follows a text: its own, if it begins with one, and those above it."""
    if not rank(text):
        return headings
    return [*(above for above in headings if rank(above) < rank(text)), text.split("\n")[0]]


def rank(text):
    """The number of signs # that it begins with."""
    return len(text) - len(text.lstrip("#"))
