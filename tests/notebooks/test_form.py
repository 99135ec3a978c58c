"""The form of lessons, as one table: notebooks × rules, and a way to break each rule.

The skeleton that authors copy keeps every rule, and is what is broken here.
"""

import contextlib
import copy
import io
import re
from pathlib import Path

import form_rules as rules
import nbformat
import notebook_rules
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from test_notebooks import FOR_LESSONS

ROOT = Path(__file__).parents[2]
SKELETON = ROOT / "tests/authoring/skeleton.ipynb"
NOTEBOOKS = [SKELETON, *sorted((ROOT / "lessons").glob("*.ipynb"))]
RULES = [
    rules.outputs_after_a_predict_are_folded,
    rules.questions_stay_open,
    rules.explanations_are_folded,
    rules.flags_and_tags_go_together,
    rules.sources_that_tell_are_folded,
    rules.a_folded_line_does_not_tell,
    rules.opened_answers_end_visibly,
    rules.answers_have_no_favorite_place,
    rules.it_opens_with_play,
    rules.there_is_enough_to_do,
    rules.stubs_are_unfilled_and_solved,
    rules.every_part_has_a_picture,
    rules.it_is_short,
    rules.a_long_lesson_has_a_pause,
    rules.imports_are_one_line,
    rules.practice_is_told,
    rules.it_closes_and_leads_on,
]


def read(path):
    return nbformat.read(path, as_version=4)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_notebook_keeps_the_form(path, rule):
    assert rule(read(path)) == [], rule.__doc__


@pytest.mark.parametrize("rule", FOR_LESSONS, ids=lambda rule: rule.__name__)
def test_the_skeleton_keeps_the_rules_of_all_lessons_too(rule):
    assert rule(read(SKELETON)) == [], rule.__doc__


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_stays_small_on_disk(path):
    assert path.stat().st_size < 700_000


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_folded_solutions_are_right(path):
    """A solution below a stub, under the stub's own decorator, is told that it is right."""
    if needed := read(path).metadata.ravine.get("needs"):
        pytest.importorskip(needed)
    cells, names, said = read(path).cells, {}, io.StringIO()
    stubs = [i for i, cell in enumerate(cells) if "@your_turn" in cell.source]
    (imports,) = (c.source for c in cells if c.cell_type == "code" and "import " in c.source)
    exec(imports, names)
    for i in stubs:
        decorator = re.search(r"^@your_turn.*$", cells[i].source, re.MULTILINE)[0]
        for solution in rules.solutions(rules.text_after(cells, i)):
            with contextlib.redirect_stdout(said):
                exec(solution.replace("def ", f"{decorator}\ndef ", 1), names)
    lines = said.getvalue().splitlines()
    assert len(lines) >= len(stubs) and all("is right on these numbers" in line for line in lines)


def test_a_question_is_asked_once():
    """On one page, two equal questions would share a prediction."""
    asked = [
        words
        for path in NOTEBOOKS
        for words, _ in notebook_rules.predictions(read(path))
        if words.startswith("Predict: ")
    ]
    assert len(asked) == len(set(asked))


def test_links_lead_somewhere():
    course = {f"{name}.ipynb" for name in rules.COURSE}  # one may still be on its way
    for path in NOTEBOOKS[1:]:
        text = "\n".join(cell.source for cell in rules.markdown_cells(read(path)))
        links = {link.partition("#")[0] for link in rules.LINK.findall(text) if "://" not in link}
        lost = {link for link in links - course if not (path.parent / link).exists()}
        assert not lost, path.stem


# ---- a way to break each rule


def cell(notebook, name):
    return next(cell for cell in notebook.cells if cell.id == name)


def drop(notebook, name):
    notebook.cells.remove(cell(notebook, name))


def unfold_an_output(notebook):
    del cell(notebook, "first-table").metadata["jupyter"]


def leave_a_question_open(notebook):
    drop(notebook, "reveal-steps")


def predict_in_words_alone(notebook):
    at = notebook.cells.index(cell(notebook, "play"))
    notebook.cells.insert(at, new_markdown_cell("**Predict.** Who wins?"))


def explain_in_the_open(notebook):
    text = cell(notebook, "swing-explained")
    text.source = text.source.replace(rules.EXPLAIN, "**Explain.**")


def tell_under_a_reveal(notebook):
    text = cell(notebook, "turn")
    text.source = "It passes zero many times.\n\n" + text.source


def fold_a_question(notebook):
    cell(notebook, "ask-first").metadata = cell(notebook, "first-table").metadata


def fold_a_stub(notebook):
    cell(notebook, "my-rule").metadata = cell(notebook, "first-table").metadata


def forget_a_tag(notebook):
    cell(notebook, "reveal-first").metadata.tags = ["hide-output"]


def forget_a_flag(notebook):
    del cell(notebook, "reveal-first").metadata.jupyter["source_hidden"]


def show_an_alt_text(notebook):
    cell(notebook, "swing-picture").metadata.jupyter.pop("source_hidden")


def begin_a_folded_cell_with_code(notebook):
    folded = cell(notebook, "reveal-first")
    folded.source = folded.source.split("\n", 1)[1]


def print_the_answer_first(notebook):
    cell(notebook, "first-table").outputs[0].text = "the answer is 343\n"


def show_only_words(notebook):
    data = cell(notebook, "reveal-steps").outputs[0].data
    del data["text/html"]


def answer_without_a_quote(notebook):
    text = cell(notebook, "swing-explained")
    text.source = text.source.replace("> It would", "It would")


def write_on_after_an_answer(notebook):
    cell(notebook, "swing-explained").source += "\n\nAnd so on."


def always_answer_last(notebook):
    for n in range(3):
        ask = {"text/plain": f"Predict: Q{n}?", "text/html": "<ul><li>a</li><li>b</li></ul>"}
        reveal = {"text/plain": f"Q{n}? Really: b.", "text/html": ""}
        outputs = [nbformat.v4.new_output("display_data", data=data) for data in (ask, reveal)]
        notebook.cells.append(new_code_cell("", outputs=outputs))


def open_with_a_formula(notebook):
    notebook.cells[0].source += "\n\n$$w \\leftarrow w - \\eta g$$"


def open_with_text(notebook):
    notebook.cells.insert(4, notebook.cells.pop(2))
    notebook.cells[1:1] = [new_markdown_cell("More.") for _ in range(4)]


def take_the_widgets_away(notebook):
    for name in ("play", "race-ravine"):
        cell(notebook, name).outputs = []


def take_a_widget_away(notebook):
    cell(notebook, "race-ravine").outputs = []


def take_the_stubs_away(notebook):
    drop(notebook, "same-rate")


def ask_for_no_turn(notebook):
    text = cell(notebook, "turn-break")
    text.source = text.source.replace("**Your turn.**", "")


def predict_less(notebook):
    drop(notebook, "ask-steps")


def fill_a_stub(notebook):
    cell(notebook, "my-rule").outputs[0].text = "my_momentum is right on these numbers."


def forget_a_solution(notebook):
    text = cell(notebook, "my-rule-solution")
    text.source = text.source.replace("> ```", "> ")


def take_a_picture_away(notebook):
    cell(notebook, "my-rule-picture").outputs = []


def number_no_part(notebook):
    for text in rules.markdown_cells(notebook):
        text.source = re.sub(r"^## \d · ", "## ", text.source, flags=re.MULTILINE)


def take_too_long(notebook):
    notebook.metadata.ravine.minutes = 65


def write_too_much(notebook):
    notebook.cells[3].source += "\n\n" + "word " * 2001


def count_too_much(notebook):
    notebook.cells[3].source += "\n\n" + "12 and 7 " * 60


def add_cells(notebook):
    notebook.cells[3:3] = [new_markdown_cell("More.") for _ in range(10)]


def import_later(notebook):
    cell(notebook, "swing").source = "import math\n" + cell(notebook, "swing").source


def import_from_two_places(notebook):
    cell(notebook, "tools").source += "\nfrom course_utils.optimizers import adam"


def tell_no_practice(notebook):
    text = cell(notebook, "turn-break")
    text.source = text.source.replace("> **In real training.**", ">")


def name_no_source(notebook):
    text = cell(notebook, "turn-break")
    text.source = text.source.replace("(He and others, 2016)", "(people say)")


def remember_two_things(notebook):
    close = notebook.cells[-1]
    close.source = re.sub(r"^3\. .*\n", "", close.source, flags=re.MULTILINE)


def name_no_terms(notebook):
    close = notebook.cells[-1]
    close.source = close.source.replace("**Key terms**", "")


def link_no_glossary(notebook):
    close = notebook.cells[-1]
    close.source = close.source.replace("(glossary.md)", "")


def link_no_neighbor(notebook):
    notebook.metadata.ravine.title = "05 · Another"


def link_no_exercise(notebook):
    notebook.metadata.ravine.exercise = "warmup"


BREAKS = {
    rules.outputs_after_a_predict_are_folded: [
        unfold_an_output,
        leave_a_question_open,
        predict_in_words_alone,
    ],
    rules.questions_stay_open: [fold_a_question, fold_a_stub],
    rules.explanations_are_folded: [explain_in_the_open, tell_under_a_reveal],
    rules.flags_and_tags_go_together: [forget_a_tag, forget_a_flag],
    rules.sources_that_tell_are_folded: [show_an_alt_text, forget_a_flag],
    rules.a_folded_line_does_not_tell: [
        begin_a_folded_cell_with_code,
        print_the_answer_first,
        show_only_words,
    ],
    rules.opened_answers_end_visibly: [answer_without_a_quote, write_on_after_an_answer],
    rules.answers_have_no_favorite_place: [always_answer_last],
    rules.it_opens_with_play: [open_with_a_formula, open_with_text, take_the_widgets_away],
    rules.there_is_enough_to_do: [
        take_a_widget_away,
        take_the_stubs_away,
        ask_for_no_turn,
        predict_less,
    ],
    rules.stubs_are_unfilled_and_solved: [fill_a_stub, forget_a_solution],
    rules.every_part_has_a_picture: [take_a_picture_away, number_no_part],
    rules.it_is_short: [write_too_much, count_too_much, add_cells],
    rules.a_long_lesson_has_a_pause: [take_too_long],
    rules.imports_are_one_line: [import_later, import_from_two_places],
    rules.practice_is_told: [tell_no_practice, name_no_source],
    rules.it_closes_and_leads_on: [
        remember_two_things,
        name_no_terms,
        link_no_glossary,
        link_no_neighbor,
        link_no_exercise,
    ],
}


@pytest.mark.parametrize(
    "rule, damage",
    [(rule, damage) for rule, damages in BREAKS.items() for damage in damages],
    ids=lambda function: function.__name__,
)
def test_a_broken_copy_is_found(rule, damage):
    notebook = copy.deepcopy(read(SKELETON))
    damage(notebook)
    assert rule(notebook) != []


def test_every_rule_can_fail():
    assert set(BREAKS) == set(RULES)
