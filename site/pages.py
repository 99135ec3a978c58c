"""Lays out the pages: lessons and exercises as they are, and the pages made from them."""

import html
import re
import shutil
import tomllib

import alive
import api
import front
import nbformat
import references
from settings import REPOSITORY

CLONE = f"clone [the course]({REPOSITORY})" if REPOSITORY else "clone the course"
FOR_REAL = f"Here you read. To run this for real, {CLONE}, type `make lab` in its folder, and open "
PACKAGES = "numpy", "matplotlib", "anywidget", "ipykernel"  # that outputs depend on
STUB = re.compile(r"^@your_turn", re.M)
PROMISES = r"<summary>What the sandbox promises</summary>\n\n(.*?)\n\n</details>"
LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!\w+:|[#<])([^)#\s]+)(#[^)\s]*)?\)")


def lay_out(root, to):
    """Write all pages below ``to``, which holds index.md already."""
    lessons = sorted((root / "lessons").glob("*.ipynb"))
    exercises = in_order(lessons, sorted((root / "exercises").glob("*/*.ipynb")))
    texts = [root / "CONTRIBUTING.md", *(root / "lessons").glob("glossary.md")]
    shutil.copytree(root / "lessons/figures", to / "lessons/figures")
    shutil.copy(root / "lessons/figures/front.png", to / "static")
    (to / "made_with.html").write_text(made_with(root), encoding="utf-8")
    front.lay_out(lessons, to)
    references.lay_out(lessons, to)
    api.lay_out(to / "api")

    (to / "INSTRUCTORS.md").write_text(instructors(root), encoding="utf-8")
    for path in [*lessons, *exercises, *texts]:
        (to / path.relative_to(root)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, to / path.relative_to(root))
    contents(to, lessons, exercises, root)
    mend(to, root)


def in_order(lessons, exercises):
    """Exercises in the order of the lessons that they follow; those of no lesson yet at the end."""
    cards = [nbformat.read(path, as_version=4).metadata.ravine for path in lessons]
    order = [card.get("exercise") for card in cards]
    return sorted(exercises, key=lambda p: order.index(p.stem) if p.stem in order else len(order))


def instructors(root):
    """The instructors' guide, with the list for which it sends its readers to the README."""
    guide, readme = ((root / name).read_text("utf-8") for name in ("INSTRUCTORS.md", "README.md"))
    promises = re.search(PROMISES, readme, re.S)[1]
    return guide.replace("The list is in the [README](README.md).", f"{promises}\n\n")


def contents(to, lessons, exercises, root):
    """The table of contents, at the end of the front page."""
    more = ["lessons/glossary", "references", "INSTRUCTORS", "CONTRIBUTING", "api/index"]
    groups = {
        "Lessons": [path.relative_to(root).with_suffix("") for path in lessons],
        "Exercises": [path.relative_to(root).with_suffix("") for path in exercises],
        "More": [page for page in more if any(to.glob(f"{page}.*"))],
    }
    with (to / "index.md").open("a", encoding="utf-8") as index:
        for caption, names in groups.items():
            lines = "\n".join(map(str, names))
            index.write(f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{lines}\n```\n")


def made_with(root):
    """The versions with which the stored outputs were made: those of constraints.txt."""
    text = (root / "constraints.txt").read_text(encoding="utf-8")
    pins = dict(re.findall(r"^([\w.-]+)==(\S+)$", text, flags=re.M))
    version = tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"]
    parts = ", ".join(f"{name} {html.escape(pins[name])}" for name in PACKAGES)
    return f"<p>Ravine {version}. Outputs were made with Python 3.11, {parts}.</p>\n"


def mend(to, root):
    """In every text: links to what is no page, and a word on how to run what is to be filled in."""
    for path in [*to.rglob("*.md")]:
        path.write_text(linked(path.read_text(encoding="utf-8"), path, to), encoding="utf-8")
    for path in to.rglob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                cell.source = linked(cell.source, path, to)
            for output in cell.get("outputs", []):
                if "text" in output:  # what a carriage return takes back
                    output.text = re.sub(r"[^\n]*\r(?!\n)", "", output.text)
        if "exercises" in path.parts:
            alive.enliven(notebook)
        here = f"`{path.relative_to(to)}`."
        stubs = (i for i, cell in enumerate(notebook.cells) if STUB.search(cell.source))
        # An exercise says it once, below its card; a lesson below each thing to fill in.
        for i in [0] if "exercises" in path.parts else reversed([*stubs]):
            note = f"```{{container}} ravine-for-real\n{FOR_REAL}{here}\n```"
            notebook.cells.insert(i + 1, nbformat.v4.new_markdown_cell(note))
        nbformat.write(notebook, path)


def linked(text, path, to):
    """Text in which a link to a file that is no page leads to the repository, or is its name."""

    def mended(found):
        mark, words, target, _ = found.groups()
        place = (path.parent / target).resolve()
        if place.exists():
            return found[0]
        if place == to / "README.md":
            return f"[{words}]({'../' * (len(path.relative_to(to).parts) - 1)}index.md)"
        if REPOSITORY and place.is_relative_to(to) and not mark:
            return f"[{words}]({REPOSITORY}/blob/main/{place.relative_to(to)})"
        return words

    return LINK.sub(mended, text)
