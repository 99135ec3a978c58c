"""Two lots that shrink, in a bare page: shares as in Python, knobs, keys, the goal."""

import re

import numpy as np
import pytest
from bare import page_of

from course_utils import RULES, adam, given, run, sgd, shrinking


@pytest.fixture
def page(open_page):
    page = open_page(page_of(shrinking(sgd, {sgd: 0.001, adam: 0.001}, goal=adam)))
    page.locator(".ravine-lots").wait_for()
    page.get_by_role("slider", name="step", exact=True).fill("2000")
    return page


def told(page):
    page.wait_for_timeout(120)
    words = page.locator(".ravine-lots").get_attribute("aria-label")
    return [float(share) for share in re.findall(r"([\d.]+) %", words)]


def computed(rule, noise):
    """What Python leaves of weights that start at 1: λ in the gradient, and directly."""

    def l2(w, grad, state, lr):
        return RULES[rule](w, grad + 0.1 * w, state, lr)

    def decay(w, grad, state, lr):
        return RULES[rule]((1 - lr * 0.1) * w, grad, state, lr)

    gradients = noise * np.random.default_rng(0).normal(size=(2000, 400))
    ends = [run(given(gradients), r, np.ones(400), 0.001, steps=2000).final for r in (l2, decay)]
    return [100 * end.mean() for end in ends]


@pytest.mark.parametrize("rule, label", [("sgd", "SGD"), ("adam", "Adam")])
@pytest.mark.parametrize("place, noise", [(0, 0.001), (100, 0.1), (150, 1)])
def test_the_shares_are_those_of_python(page, rule, label, place, noise):
    page.get_by_role("button", name=label, exact=True).click()
    page.get_by_role("slider", name="gradients' noise").fill(str(place))
    assert told(page) == pytest.approx(computed(rule, noise), abs=3)  # 90 weights wander


def test_the_goal_is_met_where_both_lots_are_alike_and_only_by_adam(page):
    facts = page.locator(".ravine-facts")
    noise = page.get_by_role("slider", name="gradients' noise")
    noise.fill("150")
    page.wait_for_timeout(120)
    assert facts.inner_text() == "Goal: with Adam, find a noise that shrinks both lots alike."
    page.get_by_role("button", name="Adam", exact=True).click()
    page.wait_for_timeout(120)
    assert facts.inner_text().startswith("Goal met: at noise 1 ")
    noise.fill("100")
    page.wait_for_timeout(120)
    assert facts.inner_text().endswith("Not yet.")


def test_keys_move_through_the_steps(page):
    page.locator(".ravine-lots").focus()
    for key, step in (("ArrowLeft", "1900"), ("ArrowLeft", "1800"), ("ArrowRight", "1900")):
        page.keyboard.press(key)
        assert page.get_by_role("slider", name="step", exact=True).input_value() == step


def test_nothing_keeps_anybody_out(page, axe):
    page.evaluate(axe)
    assert page.evaluate("async () => (await axe.run()).violations.map((v) => v.id)") == []
