"""How soon a widget answers: the race in JupyterLab and on a plain page, beside interact.

Prints milliseconds from a key press, or a move of the mouse, to changed pixels, frames a second
of Play, and the size of what a notebook stores. One machine, software rendering: compare the
lines with each other.
"""

import shutil
import sys
import tempfile
from itertools import chain
from pathlib import Path

import nbformat
import numpy as np
from playwright.sync_api import sync_playwright

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("browser", "support")]
from conftest import FLAGS, NAMES
from lab import jupyterlab

from course_utils.optimizers import adam, momentum, nesterov, sgd
from course_utils.surfaces import ravine
from course_utils.widgets.race import race

SETUP = """
from ipywidgets import interact, FloatLogSlider
from course_utils import plots
from course_utils.optimizers import adam, momentum, nesterov, sgd
from course_utils.surfaces import ravine
from course_utils.training import run
from course_utils.widgets.race import race

RULES, VALLEY = [sgd, momentum, nesterov, adam], ravine(100)
"""
RACE = "race(ravine, RULES, knob='beta')"
INTERACT = """
%matplotlib inline
import matplotlib.pyplot as plt
def draw(lr):
    ways, losses = plots.axes(ncols=2, figsize=(10.0, 4.2))
    plots.contour(VALLEY, ax=ways)
    for rule in RULES:
        way = run(VALLEY, rule, VALLEY.start, lr, steps=120)
        plots.path(way, ax=ways)
        plots.curves(way, ax=losses)
    plt.show()

interact(draw, lr=FloatLogSlider(value=0.02, min=-3, max=-1, step=0.05));
"""
# A frame has been shown when the task after the next animation frame runs.
ANSWER = """([event, css]) => {
  const shown = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
  const look = () => {
    const node = document.querySelector(css);
    return node.toDataURL?.() ?? node.src ?? node.innerText;
  };
  const before = look();
  window.answer = new Promise((resolve) => {
    document.addEventListener(event, async ({ timeStamp }) => {
      let passed;
      do {
        await shown();
        passed = performance.now() - timeStamp; // looking takes time of its own
      } while (look() === before && passed < 2000);
      resolve(passed);
    }, { capture: true, once: true });
  });
}"""
FRAMES = """async () => {
  let frames = 0;
  const map = document.querySelector('.ravine-race .ravine-map'), ctx = map.getContext('2d');
  const clear = ctx.clearRect.bind(ctx), start = performance.now();
  ctx.clearRect = (...box) => { frames += 1; clear(...box); };
  await new Promise((next) => setTimeout(next, 3000));
  delete ctx.clearRect;
  return frames / (performance.now() - start) * 1000;
}"""
MAP = ".ravine-race .ravine-map"


def answers(page, event, css, act, times=30):
    """Milliseconds from an event to the moment at which what ``css`` names looks otherwise."""
    taken = []
    for k in range(times):
        page.evaluate(ANSWER, [event, css])
        act(k)
        taken.append(page.evaluate("window.answer"))
    return f"{np.median(taken):7.0f} {np.quantile(taken, 0.9):7.0f}"


def write_notebook(path):
    cells = [nbformat.v4.new_code_cell(source) for source in (SETUP, RACE, INTERACT)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), path)


def back_and_forth(slider):
    return lambda k: slider.press(("ArrowLeft", "ArrowDown", "ArrowRight", "ArrowUp")[k % 4])


def measure_race(page, where):
    race = page.locator(".ravine-race")
    race.locator(".ravine-map").wait_for()
    race.locator("[name=step]").fill("60")
    race.locator(".ravine-map").evaluate("map => map.scrollIntoView({ block: 'center' })")
    for knob in ("lr", "condition"):
        keys = back_and_forth(race.locator(f"[name={knob}]"))
        yield f"race {where}, key on {knob}", answers(page, "keydown", MAP, keys)
    box = race.locator(".ravine-handle").bounding_box()
    x, y = box["x"] + 22, box["y"] + 22
    page.mouse.move(x, y)
    page.mouse.down()
    drag = answers(page, "pointermove", MAP, lambda k: page.mouse.move(x + 3 * k + 3, y + k + 1))
    page.mouse.up()
    yield f"race {where}, drag the start", drag
    race.get_by_role("button", name="Play", exact=True).click()
    yield f"race {where}, Play", f"{page.evaluate(FRAMES):7.0f} frames a second"


def measure_lab(page):
    page.wait_for_function(
        "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
    )
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.locator(".widget-interact img").wait_for()
    yield from measure_race(page, "in JupyterLab")
    keys = back_and_forth(page.locator(".widget-interact [role=slider]"))
    yield "interact, key", answers(page, "keydown", ".widget-interact img", keys)


def measure_page(page):
    stored = race(ravine, [sgd, momentum, nesterov, adam], knob="beta").static()
    page.set_content(f"<!doctype html><html><body>{stored['text/html']}</body></html>")
    yield from measure_race(page, "on a page")
    yield "race, stored in a notebook", f"{sum(map(len, stored.values())) / 1000:7.0f} kB"


def main():
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        notebook = Path(folder) / "race.ipynb"
        write_notebook(notebook)
        with jupyterlab(Path(folder) / "lab", [notebook]) as address:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            page = browser.new_page(viewport={"width": 1200, "height": 1400})
            page.goto(address(notebook.name))
            print(f"{'to changed pixels, ms':34} {'median':>7} {'p90':>7}")
            for name, numbers in chain(measure_lab(page), measure_page(browser.new_page())):
                print(f"{name:34} {numbers}", flush=True)
            browser.close()


if __name__ == "__main__":
    main()
