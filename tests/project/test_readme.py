"""README says what the lessons say: their titles, minutes and promises, and a figure of theirs."""

import base64
import re

import nbformat
import pytest


@pytest.fixture(scope="module")
def lessons(root):
    """{path as README writes it: notebook}, in order."""
    paths = sorted((root / "lessons").glob("*.ipynb"))
    return {str(p.relative_to(root)): nbformat.read(p, as_version=4) for p in paths}


@pytest.fixture(scope="module")
def readme(root):
    return (root / "README.md").read_text(encoding="utf-8")


def test_the_table_has_every_lesson_as_its_card_says(readme, lessons):
    rows = re.findall(r"^\| \[(.+?)\]\((lessons/.+?)\) \| (\d+) \| (.+) \|$", readme, flags=re.M)
    cards = {path: notebook.metadata.ravine for path, notebook in lessons.items()}
    assert rows == [
        (card.title, path, str(card.minutes), card.after) for path, card in cards.items()
    ]


def test_the_figure_is_one_that_a_lesson_shows(root, readme, lessons):
    words, path = re.search(r"!\[(.+?)\]\((lessons/figures/.+?)\)", readme).groups()
    figures = [
        base64.b64decode(output.data["image/png"])
        for notebook in lessons.values()
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert (root / path).read_bytes() in figures and len(words) > 40


def test_links_lead_somewhere(root, readme):
    targets = re.findall(r"\]\((?!http)([^)#]+)\)", readme)
    assert targets and all((root / target).exists() for target in targets)


def test_the_test_command_is_the_one_ci_runs(root, readme):
    assert "\nmake test " in readme
    assert (root / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith("\nmake test")


def test_it_fits_on_one_screen(readme):
    shown = re.sub(r"<details>.*?</details>", "", readme, flags=re.S)
    assert len(shown.splitlines()) < 60
