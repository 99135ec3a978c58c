"""The form of a lesson in JupyterLab: folded, predicted by hand, revealed, written by the learner.

One JupyterLab for all tests; each opens the skeleton anew and runs what it needs.
"""

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from lab import jupyterlab
from nbformat.sign import NotebookNotary

SKELETON = Path(__file__).resolve().parents[1] / "authoring/skeleton.ipynb"
NOTEBOOK = nbformat.read(SKELETON, as_version=4)
PLACES = {cell.id: i for i, cell in enumerate(NOTEBOOK.cells)}
FOLDED = [c.id for c in NOTEBOOK.cells if c.metadata.get("jupyter", {}).get("outputs_hidden")]
IDLE = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
PANEL = "window.jupyterapp.shell.currentWidget"


class Lesson:
    """The skeleton, open in JupyterLab."""

    def __init__(self, page):
        self.page = page
        page.wait_for_function(IDLE, timeout=60_000)

    def cell(self, name):
        return self.page.locator(".jp-Notebook .jp-Cell").nth(PLACES[name])

    def card(self, name):
        return self.cell(name).locator(".jp-OutputArea-output .ravine-predict")

    def said(self, name):
        return self.card(name).locator(".ravine-predict-said").inner_text()

    def activate(self, name):
        self.page.evaluate(
            f"i => {{ {PANEL}.content.activeCellIndex = i; {PANEL}.content.mode = 'command';"
            f" {PANEL}.content.node.focus() }}",
            PLACES[name],
        )

    def shift_enter(self, name):
        """Press Shift+Enter, which runs the cell of this name, and wait for its end."""
        active = self.page.evaluate(f"{PANEL}.content.activeCellIndex")
        assert active == PLACES[name]
        self.page.keyboard.press("Shift+Enter")
        self.page.wait_for_function(
            f"i => {{ const cell = {PANEL}.content.widgets[i].model;"
            " return cell.executionCount !== null && cell.executionState !== 'running' }",
            arg=PLACES[name],
        )
        self.page.wait_for_function(IDLE)

    def run(self, *names):
        for name in names:
            self.activate(name)
            self.shift_enter(name)

    def write(self, name, source):
        self.page.evaluate(
            f"([i, source]) => {PANEL}.content.widgets[i].model.sharedModel.setSource(source)",
            [PLACES[name], source],
        )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="module")
def lab(folder):
    with jupyterlab(folder, [SKELETON]) as address:
        yield address


@pytest.fixture
def lesson(lab, open_page):
    return Lesson(open_page(url=lab(SKELETON.name)))


def draw(page, card, heights):
    card.locator("svg").first.evaluate("plot => plot.scrollIntoView({ block: 'center' })")
    plot = card.locator("rect").bounding_box()
    points = [
        (plot["x"] + plot["width"] * t, plot["y"] + plot["height"] * (1 - u))
        for t, u in zip(np.linspace(0, 1, len(heights)), heights, strict=True)
    ]
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point)
    page.mouse.up()


def test_on_opening_no_answer_can_be_seen(lesson):
    for name in FOLDED:
        line = lesson.cell(name).locator(".jp-OutputPlaceholder, .jp-Placeholder-content").last
        told = line.inner_text().strip()
        assert re.match(r"Decide first, then run this cell\.$|rule +steps$", told), told
        assert lesson.cell(name).locator(".jp-OutputArea-output:visible").count() == 0
    text = lesson.page.locator(".jp-Notebook").inner_text()
    assert (
        "It has no velocity" not in text and "Really" not in text and "swings through" not in text
    )
    # A fresh copy is untrusted: its scripts don't run, and the words say what to do.
    assert "Draw it on paper. To do it here, run this cell." in text


def test_trusted_it_can_be_drawn_on_before_a_cell_is_run(lab, folder, open_page):
    NotebookNotary(data_dir=str(folder / "data")).sign(NOTEBOOK)
    nbformat.write(NOTEBOOK, folder / "work" / "trusted.ipynb")
    lesson = Lesson(open_page(url=lab("trusted.ipynb")))
    lesson.card("ask-swing").get_by_role("button", name="stays level").click()
    lesson.run("tools", "ask-swing", "swing", "reveal-swing")
    assert lesson.said("ask-swing").startswith("Your curve stays level.")
    assert lesson.said("reveal-swing").startswith("Yours stays level; the real one swings")


def test_drawn_by_mouse_and_revealed_by_shift_enter(lesson, folder):
    lesson.run("tools", "ask-swing")
    lesson.card("ask-swing").wait_for()
    draw(lesson.page, lesson.card("ask-swing"), 0.5 + 0.5 * np.exp(-4 * np.linspace(0, 1, 30)))
    assert lesson.said("ask-swing").startswith("Your curve falls.")
    lesson.shift_enter("swing")  # the drawing has left the next cell active
    lesson.shift_enter("reveal-swing")
    lesson.card("reveal-swing").wait_for()
    assert lesson.said("reveal-swing").startswith("You drew what happens without momentum.")
    assert lesson.cell("reveal-swing").locator(".jp-CodeMirrorEditor:visible").count() == 0
    draw(lesson.page, lesson.card("ask-swing"), 0.5 + 0 * np.linspace(0, 1, 30))
    assert "stays level" in lesson.said("reveal-swing")
    lesson.page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    saved = folder / "work" / SKELETON.name
    lesson.page.wait_for_function(f"!{PANEL}.context.model.dirty")
    saved = nbformat.read(saved, as_version=4)
    for name in ("ask-swing", "reveal-swing"):
        assert compared(saved, name) == compared(NOTEBOOK, name)


def compared(notebook, name):
    """What nbval compares of a cell."""
    (output,) = notebook.cells[PLACES[name]].outputs
    return output.data["text/plain"], re.sub(r"base64,[\w+/=]+", "", output.data["text/html"])


def test_by_keyboard_alone(lesson):
    lesson.run("tools", "swing", "ask-swing")
    count = lesson.page.locator(".jp-Cell").count()
    handle = lesson.card("ask-swing").get_by_role("slider", name="w at step 0", exact=True)
    for key in ("End", "x", "a", "b", "ArrowRight", "Home"):
        handle.press(key) if key == "End" else lesson.page.keyboard.press(key)
    assert lesson.page.locator(".jp-Cell").count() == count
    for _ in range(9):
        lesson.page.keyboard.press("ArrowRight")
        lesson.page.keyboard.press("Home")
    assert lesson.said("ask-swing").startswith("Your curve falls.")
    lesson.shift_enter("ask-swing")  # the cell with the focus is asked again, and remembers
    lesson.shift_enter("swing")
    lesson.shift_enter("reveal-swing")
    assert "the real one swings" in lesson.said("reveal-swing")


def test_a_number_and_a_choice(lesson):
    lesson.run("tools", "swing", "ask-first", "ask-steps")
    lesson.card("ask-first").get_by_role("radio", name="SGD").check()
    lesson.card("ask-steps").get_by_role("textbox").fill("0")
    lesson.run("reveal-first", "reveal-steps")
    text = lesson.card("reveal-first").inner_text()
    assert "You chose: SGD. It takes the floor" in text and "Really: momentum." in text
    assert "That is the idea “never”." in lesson.said("reveal-steps")


def test_a_table_beside_a_reveal_waits_with_it(lesson):
    reveal = NOTEBOOK.cells[PLACES["reveal-steps"]].source
    lesson.write("reveal-steps", f"display(table({{'passes': [1]}}))\n{reveal}")
    lesson.run("tools", "swing", "ask-steps", "reveal-steps")
    numbers = lesson.cell("reveal-steps").locator(".jp-OutputArea-output table")
    give = lesson.card("reveal-steps").get_by_role("button", name="Show me")
    give.wait_for()
    assert numbers.count() == 1 and not numbers.is_visible()
    give.click()
    numbers.wait_for(state="visible")


def test_a_learner_s_own_rule(lesson):
    lesson.run("tools", "my-rule")
    output = lesson.cell("my-rule").locator(".jp-OutputArea-output")
    assert "is not filled in yet" in output.inner_text()
    stub = NOTEBOOK.cells[PLACES["my-rule"]].source
    right = stub.replace("v = ...", 'v = beta * state.get("v", 0.0) + grad')
    right = re.sub(r"return \.\.\..*", 'return w - lr * v, {"v": v}', right)
    lesson.write("my-rule", right.replace("+ grad", "+ (1 - beta) * grad"))
    lesson.run("my-rule")
    assert "the velocity is an average" in output.inner_text()
    lesson.write("my-rule", right)
    lesson.run("my-rule")
    assert "is right on these numbers" in output.inner_text()
