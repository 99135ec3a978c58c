"""Settings that every test shares."""

import json
import pathlib

import matplotlib
import pytest

pytest_plugins = ["left_out", "torch_answers"]

matplotlib.use("Agg")

ROOT = pathlib.Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root():
    """The course's top folder."""
    return ROOT


@pytest.fixture(scope="session")
def published():
    """Published numbers by id, each with its source."""
    text = (ROOT / "tests/data/published_vectors.json").read_text(encoding="utf-8")
    return {vector["id"]: vector for vector in json.loads(text)["vectors"]}
