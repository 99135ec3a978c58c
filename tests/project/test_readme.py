"""README says what the lessons say, their titles, minutes and promises; its figure is computed."""

import re

import front_picture as front
import nbformat
import numpy as np
import pytest
from PIL import Image


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


def test_the_figure_shows_where_momentum_ends(root, readme):
    words, path = re.search(r"!\[(.+?)\]\((.+?)\)", readme).groups()
    assert root / path == front.PICTURE and "momentum" in words and words.endswith("?")
    assert front.PICTURE.stat().st_size < 200_000
    stored = np.asarray(Image.open(front.PICTURE).convert("RGB")) / 255
    height, width = stored.shape[:2]
    assert (width, height) == front.SIZE
    w = front.starts(width, height)
    # Away from stars, paths and edges between colors: there a pixel has neighbors of its kind.
    rows, columns = np.random.default_rng(0).integers([20, 420], [540, 1000], (400, 2)).T
    around = [(i, j) for i in (-3, 0, 3) for j in (-3, 0, 3)]
    patch = np.stack([w[rows + i, columns + j] for i, j in around], axis=1)
    which, since = front.ends(patch)
    calm = (which == which[:, :1]).all(axis=1)
    expected = front.colors(which, since)[calm].mean(axis=1)
    seen = np.stack([stored[rows + i, columns + j] for i, j in around], axis=1)[calm].mean(axis=1)
    far = abs(expected - seen).max(axis=1)
    assert calm.sum() > 200 and np.quantile(far, 0.9) < 0.08
    assert set(which[calm, 0]) >= {0, 1, 2, 3}


def test_the_two_starts_of_the_figure_part():
    which, _ = front.ends(front.PAIR)
    assert np.linalg.norm(np.subtract(*front.PAIR)) < 0.11 and which[0] != which[1]


def test_links_lead_somewhere(root, readme):
    targets = re.findall(r"\]\((?!http)([^)#]+)\)", readme)
    assert targets and all((root / target).exists() for target in targets)


def test_the_test_command_is_the_one_ci_runs(root, readme):
    assert "\nmake test " in readme
    assert (root / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith("\nmake test")


def test_it_fits_on_one_screen(readme):
    shown = re.sub(r"<details>.*?</details>", "", readme, flags=re.S)
    assert len(shown.splitlines()) < 60
