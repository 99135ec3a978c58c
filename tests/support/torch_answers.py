"""What torch computes, for tests that must also run where torch is not installed.

A test says with torch what the right answer is, and the answer comes from `tests/data/torch.npz`:

    def test_equals_torch(from_torch):
        expected = from_torch(lambda torch: torch.arange(3.0).exp().numpy())

Where torch is installed, as in CI, it computes each answer afresh and the stored one must agree.
`pytest --store-torch` (in make: `make torch-answers`) writes the file anew, with torch's version.
"""

import importlib.util
import os
from pathlib import Path

import numpy as np
import pytest

PATH = Path(__file__).parents[1] / "data" / "torch.npz"
VERSION = "torch.__version__"


def pytest_addoption(parser):
    parser.addoption("--store-torch", action="store_true", help="compute tests/data/torch.npz anew")


class Answers:
    """The stored arrays by test; a test may ask more than once."""

    def __init__(self, rewrite):
        self.rewrite = rewrite
        self.stored = {} if rewrite else dict(np.load(PATH))
        self.has_torch = importlib.util.find_spec("torch") is not None

    def ask(self, key, compute):
        if not self.has_torch:
            assert "CI" not in os.environ, "CI compares the stored answers with torch: install it"
            return self.stored[key]
        import torch

        fresh = np.asarray(compute(torch))
        if self.rewrite:
            assert key not in self.stored, f"two answers for {key}"
            self.stored[key] = fresh
        else:
            assert key in self.stored, f"no answer is stored for {key}: run `make torch-answers`"
            np.testing.assert_allclose(fresh, self.stored[key], rtol=1e-11, atol=1e-13, err_msg=key)
        return self.stored[key]

    def write(self):
        import torch

        version = {VERSION: np.array(torch.__version__)}
        np.savez_compressed(PATH, **version, **dict(sorted(self.stored.items())))


@pytest.fixture(scope="session")
def torch_answers(request):
    answers = Answers(rewrite=request.config.getoption("--store-torch"))
    yield answers
    if answers.rewrite:
        answers.write()


@pytest.fixture
def from_torch(request, torch_answers):
    """``from_torch(compute)``: the array that ``compute(torch)`` gives."""
    asked = []

    def ask(compute):
        asked.append(compute)
        name = f"{request.node.path.stem}/{request.node.name}"
        return torch_answers.ask(f"{name}#{len(asked)}" if len(asked) > 1 else name, compute)

    return ask
