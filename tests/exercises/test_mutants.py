"""Every small change to the reference that changes what it does costs points."""

import pytest
from classroom import Classroom, bank, needs_sandbox, submission
from mutants import mutants

pytestmark = needs_sandbox

COUNT = 80
# Mutants that keep every point, because they compute the same.
ORDER = "addition and multiplication do not depend on the order of their operands"
SURVIVORS = {
    "operands: beta * velocity + grad_fn(lookahead) -> grad_fn(lookahead) + beta * velocity": ORDER,
    "operands: lr * beta * velocity -> velocity * (lr * beta)": ORDER,
    "operands: beta * velocity -> velocity * beta": ORDER,
    "operands: lr * beta -> beta * lr": ORDER,
    "statement twice: lookahead = w - lr * beta * velocity": "the second time gives the same",
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """(description, source, score) of each mutant, graded as one class."""
    reference = bank("nesterov", "right")[0].source
    drawn = mutants(reference, COUNT, seed=0)
    room = Classroom(tmp_path_factory.mktemp("mutants"), "nesterov")
    students = {f"mutant{i}": source for i, source in enumerate(drawn)}
    room.grade({who: submission("nesterov", text, lean=True) for who, text in students.items()})
    scores = room.scores()
    return [(drawn[text], text, scores[who]) for who, text in students.items()]


def test_there_are_enough_mutants_of_every_kind(graded):
    kinds = {what.split(":")[0] for what, _, _ in graded}
    assert len(graded) >= 60
    assert kinds >= {"operator", "name", "dropped", "reset", "constant"}


def test_survivors_are_those_that_compute_the_same(graded):
    survivors = {what for what, _, score in graded if score == 8}
    assert survivors == set(SURVIVORS)
