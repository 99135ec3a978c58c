"""A rule from inside, from the kernel's side: its lines as read from the Python source."""

import json
import re
from functools import partial

import numpy as np
import pytest

from course_utils.checks.your_turn import under_name
from course_utils.optimizers import RULES, adam, momentum, rmsprop
from course_utils.widgets.inside import inside
from course_utils.widgets.lines import lines_of
from course_utils.widgets.textbook import TEXTBOOK

NAMES = {  # lines whose numbers a gradient moves
    "sgd": ["w"],
    "momentum": ["v", "w"],
    "nesterov": ["v", "w"],
    "adagrad": ["s", "rate", "w"],
    "rmsprop": ["s", "rate", "w"],
    "adam": ["m", "v", "m_hat", "v_hat", "rate", "w"],
    "adamw": ["w", "m", "v", "m_hat", "v_hat", "rate", "w"],
}


def average(w, grad, state, lr, beta=0.9):
    """A learner's rule."""
    m = state.get("m", np.zeros_like(w))
    m *= beta
    m += (1 - beta) * grad
    return w - lr * np.sign(m), {"m": m}


@pytest.mark.parametrize("name", TEXTBOOK)
@pytest.mark.parametrize("hyper", [{}, {"eps": 0.1}], ids=str)
def test_the_textbook_has_the_numbers_of_the_rules(name, hyper):
    rng, lr = np.random.default_rng(0), 0.03
    w = w_book = rng.normal(size=(2, 3))
    state, state_book = {}, {}
    for _ in range(50):
        grad = rng.normal(size=(2, 3)) * 10.0 ** rng.integers(-3, 3)
        w, state = RULES[name](w, grad, state, lr, **hyper)
        w_book, state_book = TEXTBOOK[name](w_book, grad, state_book, lr, **hyper)
        np.testing.assert_allclose(w_book, w, rtol=1e-12, atol=1e-13)
        assert state.keys() == state_book.keys()
        for key in state:
            np.testing.assert_array_equal(state[key], state_book[key])


@pytest.mark.parametrize("name", RULES)
def test_every_rule_of_the_course_can_be_read(name):
    lines, _ = lines_of(RULES[name])
    assert [line["name"] for line in lines if line["moves"]] == NAMES[name]


def test_a_learners_rule_is_read_too():
    lines, memory = lines_of(average)
    assert [line["name"] for line in lines] == ["m", "m", "m", "w"]
    assert memory == {"m": ["name", "m"]}
    assert lines[2]["formula"][:2] == ["+", ["name", "m"]]
    assert inside(average).scene["label"] == "average"


def in_one_line(w, grad, state, lr):
    m, s = 0.9 * state.get("m", 0.0) + grad, np.square(grad)
    return w - lr * m / np.sqrt(s), {"m": m}


def test_two_names_in_one_line_are_two_lines():
    lines, _ = lines_of(in_one_line)
    assert [line["name"] for line in lines] == ["m", "s", "w"]
    assert lines[1]["formula"] == ["**", ["name", "grad"], ["num", 2.0]]


def test_a_rule_under_another_name_is_read_as_what_it_is():
    lines, _ = lines_of(under_name(adam, "my_adam"))
    assert [line["name"] for line in lines if line["moves"]] == NAMES["adam"]


def branches(w, grad, state, lr):
    if state:
        lr = lr / 2
    return w - lr * grad, state


def calls(w, grad, state, lr):
    return w - lr * np.tanh(grad), state


def crosses(w, grad, state, lr):
    m, grad = grad, m  # noqa: F821
    return w - lr * m, state


def forgets(w, grad, state, lr):
    w = w - lr * grad


@pytest.mark.parametrize(
    "rule, hyper, words",
    [
        (branches, {}, "plain lines.* In branches it can't read: if state"),
        (calls, {}, "In calls it can't read: np.tanh"),
        (crosses, {}, "In crosses it can't read: m, grad = "),
        (forgets, {}, "forgets doesn't end with return w, state"),
        (eval("lambda w, grad, state, lr: (w, state)"), {}, "Write it with def in a cell"),
        (adam, {"beta": 0.5}, "adam has no hyperparameter 'beta'"),
        (adam, {"knobs": ["beta"]}, "no knob 'beta'; it has lr, beta1, beta2, eps"),
        (partial(adam, eps=1.0), {"knobs": ["eps"]}, "no knob 'eps'"),
        (adam, {"lr": -1}, "lr must be 0 or more"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_does_not_fit_is_said_in_a_sentence(rule, hyper, words):
    with pytest.raises((ValueError, TypeError)) as raised:
        inside(rule, **hyper)
    assert re.search(words, str(raised.value), flags=re.DOTALL)


def test_a_scene_is_plain_json_with_knobs_that_hold_their_values():
    widget = inside(partial(rmsprop, eps=0.1), knobs=["alpha", "lr"], size=100, gradients=[1, -2])
    scene = json.loads(json.dumps(widget.state(), allow_nan=False))["scene"]
    assert scene["gradients"] == {"gradients": [1.0, -2.0]} and scene["settings"]["eps"] == 0.1
    assert [knob["name"] for knob in scene["knobs"]] == ["size", "alpha", "lr"]
    assert all(knob["low"] < knob["value"] < knob["high"] for knob in scene["knobs"])


def test_it_has_words_and_a_picture_and_is_small():
    shown = inside(momentum).static()
    assert "momentum from inside" in shown["text/plain"] and "noisy" in shown["text/plain"]
    assert shown["image/png"] and len(shown["text/html"]) < 80_000
