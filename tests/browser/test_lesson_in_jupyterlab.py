"""Lesson 03 as a learner has it: in JupyterLab, as a page without a kernel, and killed halfway."""

import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from lab import KEEPER, jupyterlab
from nbconvert import HTMLExporter

LESSON = Path(__file__).resolve().parents[2] / "lessons/03_momentum.ipynb"
READY = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
RUN_ALL = """() => {
  window.done = false;
  window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => { window.done = true });
}"""
RACE = ".ravine-race"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with jupyterlab(tmp_path_factory.mktemp("lab"), [LESSON]) as address:
        yield address


def pixels(race):
    return race.locator("canvas.ravine-map").evaluate("canvas => canvas.toDataURL()")


def changed(page, race, before):
    """The picture after the next frames, which must be another."""
    for _ in range(100):
        if pixels(race) != before:
            return pixels(race)
        page.wait_for_timeout(20)
    raise AssertionError("the picture stayed as it was")


def drag_the_start(page, race):
    box = race.locator(".ravine-handle").bounding_box()
    x, y = box["x"] + 22, box["y"] + 22
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=4)
    page.mouse.up()


def test_run_all_slide_and_drag_twice_in_a_row(lab, open_page):
    page = open_page(url=lab(LESSON.name))
    page.wait_for_function(READY)
    cells = "window.jupyterapp.shell.currentWidget.content.widgets.length"
    active = "window.jupyterapp.shell.currentWidget.content.activeCellIndex"
    for _ in range(2):
        page.evaluate(RUN_ALL)
        page.wait_for_function("window.done", timeout=240_000)
        assert page.locator(".jp-OutputArea-output[data-mime-type*=error]").count() == 0
        race = page.locator(f".jp-OutputArea-output {RACE}").last
        race.locator("canvas.ravine-map").evaluate("map => map.scrollIntoView({ block: 'center' })")
        race.locator("input[name=step]").fill("60")
        shown, before = pixels(race), page.evaluate(f"[{cells}, {active}]")
        # Keys that JupyterLab would take for its own: to cut a cell, to add one, to move.
        for key in ("ArrowLeft", "x", "a", "ArrowDown"):
            race.locator("input[name=lr]").press(key)
        shown = changed(page, race, shown)
        assert page.evaluate(cells) == before[0]
        drag_the_start(page, race)
        shown = changed(page, race, shown)
        race.get_by_role("button", name="Play", exact=True).click()
        changed(page, race, shown)


def test_opened_without_running_there_is_the_race_or_its_picture(lab, open_page):
    page = open_page(url=lab(LESSON.name))
    words = "Play lets SGD and momentum walk down it from one start."
    page.get_by_alt_text(words).or_(page.locator(RACE)).first.wait_for()
    assert page.get_by_text("Error displaying widget").count() == 0


def test_as_an_html_page_with_the_network_off_it_is_interactive(tmp_path, open_page):
    notebook = nbformat.read(LESSON, as_version=4)
    body, _ = HTMLExporter().from_notebook_node(notebook)
    (tmp_path / "lesson.html").write_text(body, encoding="utf-8")
    page = open_page(url=(tmp_path / "lesson.html").as_uri(), offline=True)
    race = page.locator(RACE).first
    race.locator("input[name=step]").fill("60")
    before = pixels(race)
    race.locator("input[name=lr]").press("ArrowRight")
    changed(page, race, before)
    alts = page.locator("img").evaluate_all("images => images.map((image) => image.alt)")
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", [])]
    pictures = [o for o in outputs if "image/png" in o.get("data", {})]
    races = page.locator(RACE).count()  # they have canvases in their place
    assert races >= 2 and len(alts) == len(pictures) - races and all(alts)


def test_a_killed_test_leaves_no_server_behind(tmp_path):
    mark = tmp_path / "pid"
    server = f"import os, time; open({str(mark)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    starter = (
        "import subprocess, sys, time;"
        f"subprocess.Popen([sys.executable, {str(KEEPER)!r}, sys.executable, '-c', {server!r}],"
        " stdin=subprocess.PIPE); time.sleep(600)"
    )
    test = subprocess.Popen([sys.executable, "-c", starter])
    until(lambda: mark.exists() and mark.read_text())
    pid = mark.read_text()
    assert alive(pid)
    test.kill()
    test.wait()
    until(lambda: not alive(pid))


def alive(pid):
    found = subprocess.run(["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True)
    return found.stdout.strip()[:1] not in ("", "Z")


def until(true, seconds=20):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
