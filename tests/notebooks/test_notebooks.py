"""The conventions of notebooks, as one table: notebooks × rules, and a way to break each rule."""

import copy
from pathlib import Path

import nbformat
import notebook_rules as rules
import pytest

ROOT = Path(__file__).parents[2]
LESSONS = sorted(ROOT.glob("lessons/*.ipynb"))
EXERCISES = sorted([*ROOT.glob("solutions/*/*.ipynb"), *ROOT.glob("exercises/*/*.ipynb")])
FOR_ALL = [
    rules.ids_are_chosen,
    rules.pictures_have_words,
    rules.outputs_are_clean,
    rules.nothing_of_one_machine,
]
FOR_LESSONS = [
    *FOR_ALL,
    rules.cells_are_small,
    rules.card_is_complete,
    rules.outputs_are_stored,
    rules.numbers_are_printed,
    rules.terms_are_in_the_glossary,
]
TABLE = [(path, rule) for path in LESSONS for rule in FOR_LESSONS]
TABLE += [(path, rule) for path in EXERCISES for rule in FOR_ALL]


def read(path):
    return nbformat.read(path, as_version=4)


@pytest.mark.parametrize(
    "path, rule", TABLE, ids=[f"{path.stem}-{rule.__name__}" for path, rule in TABLE]
)
def test_notebook_keeps_the_rule(path, rule):
    assert rule(read(path)) == [], rule.__doc__


def test_there_are_lessons_to_test():
    assert "03_momentum" in [path.stem for path in LESSONS]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_stays_small_on_disk(path):
    assert path.stat().st_size < 1_500_000


def first(notebook, kind):
    return next(cell for cell in notebook.cells if cell.cell_type == kind)


def picture(notebook):
    return next(o for o in rules.outputs(notebook) if "image/png" in o.get("data", {}))


def rename_a_cell(notebook):
    notebook.cells[2].id = "a1b2c3d4"


def use_an_id_twice(notebook):
    notebook.cells[2].id = notebook.cells[1].id


def write_a_long_cell(notebook):
    first(notebook, "code").source = "x = 1\n" * 16


def write_long_cells(notebook):
    for cell in rules.code_cells(notebook):
        cell.source = "x = 1\n" * 6


def add_cells(notebook):
    notebook.cells += [nbformat.v4.new_markdown_cell("More.") for _ in range(36)]


def say_other_minutes(notebook):
    notebook.metadata.ravine.minutes += 5


def open_with_two_sentences(notebook):
    card = notebook.cells[0]
    card.source = card.source.replace("\n\n- ", " One more.\n\n- ", 1)


def drop_the_alt_text(notebook):
    html = picture(notebook).data["text/html"]
    picture(notebook).data["text/html"] = html[: html.index("alt=")] + ">"


def empty_the_alt_text(notebook):
    html = picture(notebook).data["text/html"]
    picture(notebook).data["text/html"] = html[: html.index("alt=")] + 'alt="figure1.png">'


def clear_an_output(notebook):
    next(cell for cell in rules.code_cells(notebook) if "plots.show(" in cell.source).outputs = []


def run_a_cell_twice(notebook):
    rules.code_cells(notebook)[1].execution_count = 40


def store_a_warning(notebook):
    warning = nbformat.v4.new_output("stream", name="stderr", text="RuntimeWarning: overflow")
    first(notebook, "code").outputs.append(warning)


def store_an_error(notebook):
    error = nbformat.v4.new_output("error", ename="NameError", evalue="x", traceback=[])
    first(notebook, "code").outputs.append(error)


def store_an_address(notebook):
    text = "<object at 0x7f3a90d1>"
    first(notebook, "code").outputs.append(nbformat.v4.new_output("stream", text=text))


def store_widget_state(notebook):
    notebook.metadata.widgets = {}


def store_a_version(notebook):
    notebook.metadata.language_info.version = "3.11.2"


def store_a_time(notebook):
    notebook.cells[1].metadata.execution = {"iopub.execute_input": "2026-01-01"}


def claim_a_number(notebook):
    notebook.cells[-1].source += "\n\nMomentum is 3.14159 times faster."


def claim_a_number_in_alt_text(notebook):
    html = picture(notebook).data["text/html"]
    picture(notebook).data["text/html"] = html.replace('alt="', 'alt="It takes 98,765 steps. ')


def link_a_term_as_other_hosts_do(notebook):
    notebook.cells[-1].source += "\n\n[Zipf's law](glossary.md#zipfs-law)"


def list_a_number_for_nothing(notebook):
    notebook.metadata.ravine.numbers["271828"] = "a number that the prose doesn't use"


BREAKS = {
    rules.ids_are_chosen: [rename_a_cell, use_an_id_twice],
    rules.cells_are_small: [write_a_long_cell, write_long_cells, add_cells],
    rules.card_is_complete: [say_other_minutes, open_with_two_sentences],
    rules.pictures_have_words: [drop_the_alt_text, empty_the_alt_text],
    rules.outputs_are_stored: [clear_an_output, run_a_cell_twice],
    rules.outputs_are_clean: [store_a_warning, store_an_error, store_an_address],
    rules.nothing_of_one_machine: [store_widget_state, store_a_version, store_a_time],
    rules.numbers_are_printed: [
        claim_a_number,
        claim_a_number_in_alt_text,
        list_a_number_for_nothing,
    ],
    rules.terms_are_in_the_glossary: [link_a_term_as_other_hosts_do],
}


@pytest.mark.parametrize(
    "rule, damage",
    [(rule, damage) for rule, damages in BREAKS.items() for damage in damages],
    ids=lambda function: function.__name__,
)
def test_a_broken_copy_is_found(rule, damage):
    notebook = copy.deepcopy(read(ROOT / "lessons/03_momentum.ipynb"))
    damage(notebook)
    assert rule(notebook) != []


def test_every_rule_can_fail():
    assert set(BREAKS) == set(FOR_LESSONS)
