"""The form of a lesson, "play first": functions from a notebook to a list of complaints.

CONTRIBUTING ("How to write a lesson") tells the same to authors; tests/authoring/skeleton.ipynb
shows it.
"""

import ast
import re

from notebook_rules import NOT_A_CLAIM, NUMBER, code_cells

COURSE = (  # the notebooks of the course in order, whether written yet or not
    "00_start_here", "01_gradient_descent", "02_stochastic_gradient_descent", "03_momentum",
    "04_rmsprop", "05_adam", "06_adamw", "07_schedules", "08_clipping", "09_putting_it_together",
    "10_pytorch", "11_beyond_adamw",
)  # fmt: skip
FIRST_LINE = "Decide first, then run this cell."
FOLDS = {"outputs_hidden": "hide-output", "source_hidden": "hide-input"}  # flag and tag
ASKS = re.compile(r"(\w+) = predict\.(number|choice|curve|ranking)\(")
REVEALS = re.compile(r"(\w+)\.reveal\(")
DETAILS = re.compile(r"<details>(.*?)</details>", re.DOTALL)
EXPLAIN = (
    "<details><summary><b>Explain.</b> Say why in a sentence of your own, then open.</summary>"
)
AFTER_A_REVEAL = re.compile(re.escape(EXPLAIN) + r"|## |\*\*(Predict|Check|Your turn)\.\*\*")
LINK = re.compile(r"\]\(([^)\s]+)\)")


def is_tour(notebook):
    return notebook.metadata.ravine.minutes <= 20


def markdown_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def prose(notebook):
    return "\n\n".join(cell.source for cell in markdown_cells(notebook))


def visible(notebook):
    """The prose that is there before anything is opened."""
    return DETAILS.sub(" ", prose(notebook))


def read_by_all(notebook):
    """What is visible, and the explanations of predictions, which everybody opens."""
    return DETAILS.sub(" ", prose(notebook).replace(EXPLAIN, ""))


def html(cell):
    return "".join(
        "".join(output.get("data", {}).get("text/html", "")) for output in cell.get("outputs", [])
    )


def is_prediction(cell):
    return bool(ASKS.search(cell.source) or REVEALS.search(cell.source))


def is_widget(cell):
    """Whether there is something to play with; a prediction is not counted."""
    return cell.cell_type == "code" and "<script" in html(cell) and not is_prediction(cell)


def has_picture(cell):
    kinds = {kind for output in cell.get("outputs", []) for kind in output.get("data", {})}
    return is_widget(cell) or "image/png" in kinds


def folded(cell, flag):
    return cell.metadata.get("jupyter", {}).get(flag) is True and (
        FOLDS[flag] in cell.metadata.get("tags", [])
    )


def parts(notebook):
    """The cells of each numbered part, `## 1 · …`, by its heading."""
    found, heading = {}, None
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for line in re.findall(r"^## .+$", cell.source, re.MULTILINE):
                heading = line if re.match(r"## \d", line) else None
                found.setdefault(line, []) if heading else None
        if heading:
            found[heading].append(cell)
    return found


def outputs_after_a_predict_are_folded(notebook):
    """From a question to the text after its reveal, stored outputs are folded.

    A question is a cell `name = predict.…`, revealed by `name.reveal(…)`; or a text with
    **Predict.**, up to the text that explains. The drawing itself and a stub stay open.
    """
    asked, revealed, complaints = set(), set(), []
    for cell, after in zip(notebook.cells, [*notebook.cells[1:], None], strict=True):
        if cell.cell_type == "markdown":
            asked -= revealed | ({"text"} if EXPLAIN in cell.source else set())
            if "**Predict.**" in cell.source and not (after and ASKS.search(after.source)):
                asked.add("text")
            continue
        names = {name for name, _ in ASKS.findall(cell.source)}
        revealed = (revealed | set(REVEALS.findall(cell.source))) - names
        may_tell = cell.outputs and not names and "@your_turn" not in cell.source
        if may_tell and asked and not folded(cell, "outputs_hidden"):
            complaints.append(f"the output of {cell.id} tells before the learner has decided")
        asked |= names
    left = asked - revealed - {"text"}
    return complaints + [f"{name} is asked and not revealed" for name in left]


def questions_stay_open(notebook):
    """A cell that asks and a stub to fill in are folded in no way."""
    return [
        f"{cell.id} is folded"
        for cell in code_cells(notebook)
        if (ASKS.search(cell.source) or "@your_turn" in cell.source)
        and any(flag in cell.metadata.get("jupyter", {}) for flag in FOLDS)
    ]


def explanations_are_folded(notebook):
    """The text after a reveal begins with a folded explanation, or with something else to do.

    It stands in view while the learner decides.
    """
    complaints, revealed = [], False
    for cell in notebook.cells:
        if cell.cell_type == "code":
            revealed = revealed or bool(REVEALS.search(cell.source))
            continue
        if "**Explain.**" in cell.source:
            complaints.append(f"the explanation in {cell.id} is open; fold it: {EXPLAIN}")
        elif revealed and not AFTER_A_REVEAL.match(cell.source):
            complaints.append(f"{cell.id} stands open below an answer; begin it with {EXPLAIN}")
        revealed = False
    return complaints


def flags_and_tags_go_together(notebook):
    """JupyterLab reads the flag, the site the tag."""
    return [
        f"{cell.id} has one of {flag} and {tag}"
        for cell in code_cells(notebook)
        for flag, tag in FOLDS.items()
        if cell.metadata.get("jupyter", {}).get(flag, False)
        != (tag in cell.metadata.get("tags", []))
    ]


def sources_that_tell_are_folded(notebook):
    """The source of a cell with an alt text, or with a reveal and its ideas, is folded."""
    return [
        f"the source of {cell.id} tells"
        for cell in code_cells(notebook)
        if ("alt=" in cell.source or REVEALS.search(cell.source))
        and not folded(cell, "source_hidden")
    ]


def a_folded_line_does_not_tell(notebook):
    """What JupyterLab shows of a folded cell: a comment, and an output's first line."""
    complaints = []
    for cell in code_cells(notebook):
        if folded(cell, "source_hidden") and not cell.source.startswith("# "):
            complaints.append(f"{cell.id} does not begin with a comment")
        if folded(cell, "outputs_hidden") and cell.outputs:
            line = first_line(cell.outputs[0])
            if line != FIRST_LINE and (NUMBER.search(line) or "<" in line or not line.strip()):
                complaints.append(f"the folded output of {cell.id} says {line[:60]!r}")
    return complaints


def first_line(output):
    data = output.get("data", {})
    kinds = ("text/html", "image/svg+xml", "text/markdown", "text/plain")
    text = next((data[kind] for kind in kinds if kind in data), output.get("text", ""))
    return ("".join(text).split("\n") or [""])[0]


def opened_answers_end_visibly(notebook):
    """What is in <details> is a quote; after it come another, a rule, or the end of the cell."""
    complaints = []
    for cell in markdown_cells(notebook):
        for inside in DETAILS.findall(cell.source):
            body = re.sub(r"<summary>.*?</summary>", "", inside, flags=re.DOTALL)
            lines = [line for line in body.split("\n") if line.strip()]
            if not lines or not all(line.startswith(">") for line in lines):
                complaints.append(f"an answer in {cell.id} is not a quote")
        after = re.split(r"</details>", cell.source)[1:]
        if not all(re.match(r"\s*(<details>|---|\Z)", text) for text in after):
            complaints.append(f"text follows an answer in {cell.id}")
    return complaints


def answers_have_no_favorite_place(notebook):
    """Of three choices or more, the right one is not always in the same place, seldom last."""
    places = []
    options = {}
    for output in (output for cell in code_cells(notebook) for output in cell.outputs):
        data = output.get("data", {})
        words, text = data.get("text/plain", ""), data.get("text/html", "")
        if words.startswith("Predict: "):
            options[words.removeprefix("Predict: ")] = re.findall(r"<li>(.*?)</li>", text)
        question, really, truth = words.partition(" Really: ")
        if really and truth.removesuffix(".") in options.get(question, []):
            listed = options[question]
            places.append(listed.index(truth.removesuffix(".")) - len(listed))
    if len(places) < 3:
        return []
    crowded = len(set(places)) == 1 or places.count(-1) > len(places) / 2
    return [f"the right answers are at {places} from the end; reword a question"] if crowded else []


def it_opens_with_play(notebook):
    """The first widget is in the first fifth and before any formula."""
    first = next((i for i, cell in enumerate(notebook.cells) if is_widget(cell)), None)
    if first is None:
        return ["there is no widget"]
    before = "".join(cell.source for cell in notebook.cells[:first])
    complaints = ["a formula comes before the first widget"] if "$" in before else []
    late = first + 1 > max(3, len(notebook.cells) / 5)
    return complaints + ([f"the first widget is cell {first + 1}"] if late else [])


def there_is_enough_to_do(notebook):
    """Two widgets and three "Your turn", two of them checked; half of that in a tour."""
    tour = is_tour(notebook)
    sources = [cell.source for cell in code_cells(notebook)]
    turns = sum("**Your turn.**" in cell.source for cell in markdown_cells(notebook))
    found = {
        "widgets": (sum(map(is_widget, notebook.cells)), 1 if tour else 2),
        "predictions": (sum(bool(ASKS.search(source)) for source in sources), 1 if tour else 3),
        "**Your turn.**": (turns, 1 if tour else 3),
        "@your_turn": (sum("@your_turn" in source for source in sources), 0 if tour else 2),
    }
    return [f"{n} {what}, at least {least}" for what, (n, least) in found.items() if n < least]


def stubs_are_unfilled_and_solved(notebook):
    """A stored stub says that it is not filled in; the next text has its solution folded."""
    complaints = []
    for i, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and "@your_turn" in cell.source:
            said = "".join(output.get("text", "") for output in cell.outputs)
            if "is not filled in yet" not in said:
                complaints.append(f"{cell.id} is filled in")
            if not solutions(text_after(notebook.cells, i)):
                complaints.append(f"no folded solution follows {cell.id}")
    return complaints


def text_after(cells, i):
    """The next text after cell `i`: a cell that uses a stub may stand between them."""
    return next((cell.source for cell in cells[i + 1 :] if cell.cell_type == "markdown"), "")


def solutions(text):
    """The code blocks in folded quotes."""
    quotes = re.findall(r"^> ```python\n((?:>.*\n)*?)> ```", text, re.MULTILINE)
    return [re.sub(r"^> ?", "", quote, flags=re.MULTILINE) for quote in quotes]


def every_part_has_a_picture(notebook):
    """A part is a heading `## 1 · …`; a widget is a picture too."""
    found = parts(notebook)
    bare = [heading for heading, cells in found.items() if not any(map(has_picture, cells))]
    few = [] if found else ["there are no parts"]
    return few + [f"no picture in {heading!r}" for heading in bare]


def it_is_short(notebook):
    """At most 2,000 words and about 100 numbers that all read, and 30 cells."""
    text = NOT_A_CLAIM.sub(" ", read_by_all(notebook))
    words = len(re.findall(r"[A-Za-z][\w'-]*", re.sub(r"\]\([^)]*\)", "]", text)))
    numbers, cells = len(NUMBER.findall(text)), len(notebook.cells)
    limits = {"words": (words, 2000), "numbers": (numbers, 110), "cells": (cells, 30)}
    return [f"{n} {what}, at most {most}" for what, (n, most) in limits.items() if n > most]


def a_long_lesson_has_a_pause(notebook):
    """One of more than an hour says where to stop."""
    minutes = notebook.metadata.ravine.minutes
    pauses = "a good place to stop" in read_by_all(notebook)
    return [] if minutes <= 60 or pauses else [f"{minutes} minutes, and no good place to stop"]


def imports_are_one_line(notebook):
    """One cell imports, and what is ours comes `from course_utils import …`."""
    nodes = [
        (cell.id, node)
        for cell in code_cells(notebook)
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    cells = {name for name, _ in nodes}
    modules = {getattr(node, "module", None) for _, node in nodes}
    rooms = [m for m in modules if m and m.startswith("course_utils.")]
    complaints = [] if len(cells) == 1 else [f"{len(cells)} cells import: {sorted(cells)}"]
    return complaints + [f"import from course_utils, not from {room}" for room in rooms]


def practice_is_told(notebook):
    """One quote `> **In real training.** …` with a line of PyTorch and a source with its year."""
    boxes = re.findall(r"^> \*\*In real training\.\*\*.*\n?(?:^>.*\n?)*", visible(notebook), re.M)
    if is_tour(notebook):
        return []
    if len(boxes) != 1:
        return [f"{len(boxes)} boxes **In real training.**"]
    needed = {"torch": r"torch\.", "source with its year": r"\((?:[^()]*, )?(?:1[89]|20)\d\d\)"}
    return [
        f"no {what} in the box" for what, form in needed.items() if not re.search(form, boxes[0])
    ]


def it_closes_and_leads_on(notebook):
    """The end has what to remember, terms, references, and links to where one goes next."""
    text = notebook.cells[-1].source
    needed = ["## Three things to remember", "**Key terms**"]
    needed += [] if is_tour(notebook) else ["**Where this fails.**", "**References**"]
    complaints = [f"no {words!r} in the last cell" for words in needed if words not in text]
    remember = text.partition("## Three things to remember")[2].partition("\n**")[0]
    if re.findall(r"^(\d)\. ", remember, re.MULTILINE) != ["1", "2", "3"]:
        complaints.append("not three things to remember")
    number, links = notebook.metadata.ravine.title[:2], LINK.findall(text)
    here = next((i for i, name in enumerate(COURSE) if name.startswith(number)), None)
    wanted = ["glossary.md", *neighbors(here)]
    if exercise := notebook.metadata.ravine.get("exercise"):
        wanted.append(f"../exercises/{exercise}/{exercise}.ipynb")
    return complaints + [f"no link to {link}" for link in wanted if link not in links]


def neighbors(here):
    """The files of the lessons before and after."""
    near = [] if here is None else [here - 1, here + 1]
    return [f"{COURSE[i]}.ipynb" for i in near if 0 <= i < len(COURSE)]
