"""Submissions that are hostile, or broken, as files: student, file, points of 8, what is said."""

import json

import nbformat
from classroom import submission
from nbformat.v4 import new_code_cell, new_markdown_cell

RIGHT = """
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w - lr * beta * velocity)
    return w - lr * velocity, velocity
"""
WRONG = "def nesterov(w, velocity, grad_fn, lr, beta=0.9):\n    return w, velocity\n"
FINE, NOT_YET = "nesterov_step: right.", "nesterov_step: not right yet."
NO_NOTEBOOK = "Your file can't be read as a notebook."
SCRIPT = "<script>document.title = 'owned'</script>"


def files():
    yield "not_json", b"{ this is not a notebook", 0, NO_NOTEBOOK
    yield "empty_file", b"", 0, NO_NOTEBOOK
    yield "bytes", bytes(range(256)) * 100, 0, NO_NOTEBOOK
    yield "nested", b"[" * 1_000_000, 0, NO_NOTEBOOK
    yield "a_list", b"[1, 2, 3]", 0, NO_NOTEBOOK
    yield "of_version_99", edited(RIGHT, lambda nb: nb.update(nbformat=99)), 0, NO_NOTEBOOK
    yield "of_version_3", version_3(), 8, FINE
    yield "too_large", edited(RIGHT, pad), 0, "larger than 20 MB"
    yield "too_many_cells", edited(RIGHT, many_cells), 0, "more than 300 cells"
    yield "too_much_text", edited(RIGHT, much_text), 0, "100,000 characters"
    yield "half_a_character", edited(RIGHT, half_a_character), 0, NO_NOTEBOOK
    yield "widget_bomb", edited(RIGHT, widget_state), 8, FINE
    yield "no_metadata", edited(RIGHT, without_metadata), 8, FINE
    yield "deleted_checks", edited(RIGHT, lambda nb: drop(nb, "nesterov_step")), 8, FINE
    yield "deleted_setup", edited(RIGHT, lambda nb: drop(nb, "nesterov_setup")), 8, FINE
    yield "deleted_answer", edited(RIGHT, lambda nb: drop(nb, "nesterov")), 0, "does not exist"
    yield "doubled_checks", edited(WRONG, double), 0, NOT_YET
    yield "edited_checks", edited(WRONG, empty_checks), 0, NOT_YET
    yield "edited_points", edited(WRONG, raise_points), 0, NOT_YET
    yield "checks_as_text", edited(WRONG, checks_as_text), 0, NOT_YET
    yield "own_kernel", edited(RIGHT, own_kernel), 8, FINE
    yield (
        "source_is_a_number",
        edited(RIGHT, lambda nb: nb.cells.insert(0, {"source": 3})),
        0,
        NO_NOTEBOOK,
    )
    yield "script_in_markdown", edited(WRONG, scripts), 0, NOT_YET


def edited(source, edit):
    handed_in = submission("nesterov", source, lean=True)
    edit(handed_in)
    return json.dumps(handed_in).encode()


def version_3():
    return nbformat.writes(nbformat.convert(submission("nesterov", RIGHT, lean=True), 3)).encode()


def pad(nb):
    nb.metadata["padding"] = "x" * 50_000_000


def many_cells(nb):
    nb.cells += [new_code_cell("0")] * 1000


def much_text(nb):
    nb.cells.append(new_markdown_cell("<b " * 1_000_000))


def half_a_character(nb):
    nb.cells.append(new_markdown_cell("\ud800"))


def widget_state(nb):
    state = {f"model{i}": {"state": {"value": SCRIPT * 100}} for i in range(1000)}
    nb.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": state}}


def without_metadata(nb):
    nb.metadata.clear()
    for cell in nb.cells:
        cell.metadata.clear()


def drop(nb, name):
    nb.cells = [cell for cell in nb.cells if cell.id != name]


def double(nb):
    nb.cells += [cell | {"id": f"again{i}"} for i, cell in enumerate(nb.cells)]


def checks(nb):
    return [cell for cell in nb.cells if cell.metadata.nbgrader.grade and cell.cell_type == "code"]


def empty_checks(nb):
    for cell in checks(nb):
        cell.source = "print('right')"


def raise_points(nb):
    for cell in checks(nb):
        cell.metadata.nbgrader |= {"points": 100, "solution": True, "locked": False}


def checks_as_text(nb):
    for cell in checks(nb):
        cell.cell_type = "markdown"


def own_kernel(nb):
    nb.metadata.kernelspec = {"name": "mine", "display_name": "mine", "argv": ["/bin/sh"]}


def scripts(nb):
    nb.cells[-1].update(source=SCRIPT, cell_type="code")  # the answer in words
    nb.metadata["title"] = f"</title>{SCRIPT}"
    for text in [
        f"{SCRIPT}<img src=x onerror=\"document.title='owned'\">",
        "<svg onload=\"document.title='owned'\"></svg>",
        "[a link](javascript:alert(1)) [another](JAVA\tscript&colon;alert(1))",
        f"$\\href{{javascript:1}}{{x}}$ &lt;script> `{SCRIPT}`",
    ]:
        nb.cells.append(new_markdown_cell(text))
