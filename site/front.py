"""The front page: a race to play with, and a card for each lesson with a picture."""

import base64
import html
import tomllib
from pathlib import Path

import nbformat

import course_utils as ravine

PICTURES = tomllib.loads(Path(__file__).with_name("pictures.toml").read_text(encoding="utf-8"))
CARD = """\
<li><a href="lessons/{name}.html"><img src="_static/{name}.png" alt="{alt}" loading="lazy">
<span class="ravine-title">{title}</span><span class="ravine-minutes">{minutes} minutes</span>
<span class="ravine-after">You can {after}.</span></a></li>"""


def lay_out(lessons, to):
    """Fill the places in index.md."""
    index = to / "index.md"
    text = index.read_text(encoding="utf-8")
    text = text.replace("RACE", play()).replace("LESSONS", cards(lessons, to / "static"))
    index.write_text(text, encoding="utf-8")


def play():
    """A race that opens on a question: at which rate does the order change?"""
    rules = [ravine.sgd, ravine.momentum, ravine.nesterov, ravine.adam]
    page = ravine.race(ravine.ravine, rules, knob=["beta", "condition"]).static()["text/html"]
    return page.partition("\n")[2]  # the first line is for where an output is folded


def cards(lessons, pictures):
    """The lessons as a list of cards."""
    items = []
    for path in lessons:
        notebook = nbformat.read(path, as_version=4)
        picture = picture_of(notebook, PICTURES.get(path.stem))
        (pictures / f"{path.stem}.png").write_bytes(base64.b64decode(picture["image/png"]))
        card = notebook.metadata.ravine
        words = {"name": path.stem, "alt": picture["text/plain"], "title": card.title}
        words |= {"minutes": str(card.minutes), "after": card.after}
        items.append(CARD.format_map({k: html.escape(v) for k, v in words.items()}))
    return '<ol class="ravine-lessons">\n{}\n</ol>'.format("\n".join(items))


def picture_of(notebook, name):
    """The data of the picture of the cell that is named, else of the first that has one."""
    cells = sorted(notebook.cells, key=lambda cell: cell.id != name)
    outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    return next(data for data in outputs if "image/png" in data)
