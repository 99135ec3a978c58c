"""The leader board from the kernel's side: what is sent, and what is refused."""

import numpy as np
import pytest

from course_utils import Tuning, leader_board


def tuning(name, scores):
    return Tuning(name, 0.1, {}, np.arange(1.0, len(scores) + 1), {}, np.array(scores)[:, None])


TUNED = {"sgd": tuning("sgd", [0.3, 0.1, np.inf]), "adam": tuning("adam", [0.05, 0.2, 0.9])}


def test_trials_are_sent_best_first_and_lost_ones_as_the_worst():
    scene = leader_board(TUNED, TUNED).scene
    assert [rule["label"] for rule in scene["rules"]] == ["SGD", "Adam"]
    assert [rule["trials"] for rule in scene["rules"]] == [[0.1, 0.3, 0.9], [0.05, 0.2, 0.9]]
    assert scene["window"] == [0.05, 0.9]


def test_it_has_words_and_a_picture():
    shown = leader_board(TUNED, TUNED, what="error").static()
    assert "SGD, Adam" in shown["text/plain"] and "by their error" in shown["text/plain"]
    assert shown["image/png"] and len(shown["text/html"]) < 100_000


@pytest.mark.parametrize("budgets", [(0, 1), (1.5,)])
def test_a_budget_is_a_whole_number(budgets):
    with pytest.raises(ValueError, match="budgets"):
        leader_board(TUNED, TUNED, budgets)
