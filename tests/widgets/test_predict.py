"""Predictions: what Python asks, stores and reveals."""

import re

import numpy as np
import pytest

from course_utils.style import FIRST_LINE
from course_utils.widgets import predict
from course_utils.widgets.predict_words import COLUMNS

STEPS = np.arange(401)
FADING = np.exp(-STEPS / 200) * np.cos(STEPS / 20)


def asked():
    return {
        "number": predict.number("After how many steps?", "steps", low=1, high=1e4, log=True),
        "plain number": predict.number("After how many steps then?", "steps"),
        "choice": predict.choice("Who is first?", ["SGD", "momentum", "both"]),
        "ranking": predict.ranking("In which order?", ["SGD", "momentum", "Adam"]),
        "curve": predict.curve("How does w move?", x=("step", 0, 400), y=("w", -1, 1)),
    }


def revealed():
    ask = asked()
    return {
        "number": ask["number"].reveal(1354, ideas={"as many as κ": (100, "It is more.")}),
        "plain number": ask["plain number"].reveal(0.25),
        "choice": ask["choice"].reveal("momentum", {"SGD": "It crawls.", "momentum": "It rolls."}),
        "ranking": ask["ranking"].reveal(["Adam", "momentum", "SGD"]),
        "curve": ask["curve"].reveal(FADING, ideas={"without momentum": (0 * FADING, "No push.")}),
    }


@pytest.mark.parametrize("kind", asked())
def test_what_is_stored_does_not_depend_on_the_prediction(kind):
    widget, answers = asked()[kind], {"curve": [0.5] * COLUMNS, "choice": "SGD"}
    before = widget.static()
    widget.answer = answers.get(kind, 3)
    after = widget.static()
    assert before["text/plain"] == after["text/plain"]
    blank = [re.sub(r"base64,[\w+/=]+", "", d["text/html"]) for d in (before, after)]
    assert blank[0] == blank[1]


@pytest.mark.parametrize("kind", asked())
def test_a_question_can_be_read_where_no_script_runs_and_its_answer_is_folded(kind):
    ask, reveal = asked()[kind].static()["text/html"], revealed()[kind].static()["text/html"]
    assert ask.startswith(FIRST_LINE) and reveal.startswith(FIRST_LINE)
    assert f"<strong>{asked()[kind].question}</strong>" in ask and "run this cell" in ask
    assert "<details>" in reveal and "Really" not in reveal.partition("<details>")[0]


def test_the_words_say_the_truth_and_not_the_author_s_sentences():
    words = {kind: widget.words for kind, widget in revealed().items()}
    assert words["number"] == "After how many steps? It is 1354 steps."
    assert words["plain number"].endswith("It is 0.25 steps.")
    assert words["choice"] == "Who is first? Really: momentum."
    assert words["ranking"].endswith("Really: Adam, momentum, SGD.")
    assert "w by step: 1 at 0, 0.17 at 100" in words["curve"]
    assert "It rolls." in revealed()["choice"].static()["text/html"]


def test_the_order_of_options_hangs_on_the_question_alone():
    options = ["a", "b", "c", "d"]
    orders = {tuple(predict.choice(f"Question {n}?", options).options) for n in range(40)}
    assert len(orders) > 10
    assert predict.choice("Question?", options).options == (
        predict.choice("Question?", options[::-1][::-1]).options
    )
    assert predict.choice("Question?", options, ordered=True).options == options


def test_between_two_points_a_curve_is_straight_on_the_axes_of_the_drawing():
    ask = predict.curve("How many steps?", x=("batch", 1, 100, "log"), y=("steps", 1, 1e4, "log"))
    truth = ask.reveal([1e4, 1e2], xs=[1, 100]).truth
    np.testing.assert_allclose(truth, np.linspace(1, 0.5, len(truth)), atol=1e-4)


def test_a_diverging_curve_leaves_the_frame_and_breaks_nothing():
    ask = predict.curve("How does the loss go?", x=("step", 1, 400), y=("loss", 1e-8, 1, "log"))
    steps = np.arange(500.0)
    with np.errstate(over="ignore"):
        loss = np.where(steps < 300, np.exp(steps), np.inf)
    truth = ask.reveal(loss).truth
    assert truth[-1] == 2 and truth[0] == pytest.approx(1.0543, abs=1e-3)
    assert ask.reveal(loss * np.nan).truth == [None] * 241


@pytest.mark.parametrize("truth, beside", [(2, [1, 4]), (1, [1, 2]), (8, [4, 8])])
def test_a_number_that_is_the_best_of_a_grid_knows_its_neighbors(truth, beside):
    assert asked()["number"].reveal(truth, tried=[1, 2, 4, 8]).beside == beside
    assert asked()["number"].reveal(truth).beside is None


def test_a_drawing_can_be_read_in_the_numbers_of_its_axes():
    ask = predict.curve("Which rates?", x=("step", 0, 60), y=("rate", 0.01, 100, "log"))
    assert ask.drawn([0, 30]) is None
    ask.answer = [None] * COLUMNS
    assert ask.drawn([0, 30]) is None
    ask.answer = [None, *np.linspace(0, 1, COLUMNS)[1:-1], None]
    np.testing.assert_allclose(ask.drawn([0, 30, 45]), [0.01 * 10 ** (4 / 60), 1, 10])


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda: asked()["choice"].reveal("Adam"), "'Adam' is not among the options"),
        (lambda: asked()["choice"].reveal("SGD", {"Adam": "."}), "'Adam' is not among"),
        (lambda: asked()["ranking"].reveal(["SGD"]), "has not the same items"),
        (lambda: asked()["curve"].reveal(np.ones((4, 2))), r"is w\[:, 0\]"),
        (lambda: predict.curve("?", ("t", 3, 1), ("y", 0, 1)), "can't go from 3 to 1"),
        (lambda: predict.curve("?", ("t", 0, 1), ("y", 0, 1, "log")), "can't go from 0 to 1"),
    ],
)
def test_errors_of_authors_are_sentences(make, words):
    with pytest.raises(ValueError, match=words):
        make()
