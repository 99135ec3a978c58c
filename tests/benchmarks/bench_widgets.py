"""How soon a widget answers, in JupyterLab: the race beside interact with inline pictures.

Prints milliseconds from a key press, or a move of the mouse, to changed pixels, and frames a second
of Play. One machine, software rendering: compare the lines with each other.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
import numpy as np
from playwright.sync_api import sync_playwright

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("browser", "support")]
from conftest import FLAGS, NAMES
from lab import jupyterlab

SETUP = """
from functools import partial
from ipywidgets import interact, FloatLogSlider
from course_utils import plots
from course_utils.clipping import clip_by_global_norm
from course_utils.optimizers import adam, momentum, nesterov, sgd
from course_utils.surfaces import BEALE
from course_utils.training import run
from course_utils.widgets.race import race

RULES, OPTIONS = [sgd, momentum, nesterov, adam], {"steps": 300}
OPTIONS["clip"] = partial(clip_by_global_norm, max_norm=50.0)
"""
RACE = "race(BEALE, RULES, **OPTIONS)"
INTERACT = """
%matplotlib inline
import matplotlib.pyplot as plt
def draw(lr):
    ways, losses = plots.axes(ncols=2, figsize=(10.0, 4.2))
    plots.contour(BEALE, ax=ways)
    for rule in RULES:
        way = run(BEALE, rule, BEALE.start, lr, **OPTIONS)
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
      const passed = () => performance.now() - timeStamp;
      do await shown(); while (look() === before && passed() < 2000);
      resolve(passed());
    }, { capture: true, once: true });
  });
}"""
FRAMES = """async () => {
  let frames = 0, last = null;
  const step = document.querySelector('.ravine-race [name=step]'), start = performance.now();
  while (performance.now() - start < 3000) {
    await new Promise(requestAnimationFrame);
    if (step.value !== last) { frames += 1; last = step.value; }
  }
  return frames / 3;
}"""


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


def measure(page):
    page.wait_for_function(
        "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
    )
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    race = page.locator(".ravine-race")
    race.locator("input[name=x]:enabled").wait_for()
    page.locator(".widget-interact img").wait_for()

    def back_and_forth(slider):
        return lambda k: slider.press(("ArrowLeft", "ArrowDown", "ArrowRight", "ArrowUp")[k % 4])

    keys = back_and_forth(race.locator("[name=rate]"))
    yield "race, key", answers(page, "keydown", ".ravine-race [name=map]", keys)
    box = race.locator("[name=map]").bounding_box()
    x, y = box["x"] + 48 + (box["width"] - 60) / 5.5, box["y"] + 26 + (box["height"] - 64) / 6
    page.mouse.move(x, y)
    page.mouse.down()

    def drag(k):
        page.mouse.move(x + 3 * k + 3, y + k + 1)

    yield "race, drag the start", answers(page, "pointermove", ".ravine-race tbody", drag)
    page.mouse.up()
    race.locator("[name=play]").click()
    yield "race, Play", f"{page.evaluate(FRAMES):7.0f} frames a second"
    keys = back_and_forth(page.locator(".widget-interact [role=slider]"))
    yield "interact, key", answers(page, "keydown", ".widget-interact img", keys)


def main():
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        notebook = Path(folder) / "race.ipynb"
        write_notebook(notebook)
        with jupyterlab(Path(folder) / "lab", [notebook]) as address:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            page = browser.new_page(viewport={"width": 1200, "height": 1400})
            page.goto(address(notebook.name))
            print(f"{'to changed pixels, ms':24} {'median':>7} {'p90':>7}")
            for name, numbers in measure(page):
                print(f"{name:24} {numbers}")
            browser.close()


if __name__ == "__main__":
    main()
