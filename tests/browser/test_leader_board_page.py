"""The leader board, in a bare page: shares of wins as Python has them, the slider, the keys."""

import re

import numpy as np
import pytest
from bare import page_of

from course_utils import Tuning, leader_board, win_shares

SCORES = np.random.default_rng(2).lognormal(-2, 1, (2, 12))
TUNED = {
    name: Tuning(name, 0.1, {}, np.arange(12.0), {}, scores[:, None])
    for name, scores in zip(("sgd", "adam"), SCORES, strict=True)
}
BUDGETS = (1, 3, 9)


@pytest.fixture
def page(open_page):
    page = open_page(page_of(leader_board(TUNED, TUNED, BUDGETS)))
    page.locator(".ravine-board").wait_for()
    page.get_by_role("slider").focus()
    return page


def wins(page):
    page.wait_for_timeout(80)
    words = page.locator(".ravine-facts").inner_text()
    return [int(n) for n in re.search(r"Wins in (\d+): SGD (\d+), Adam (\d+)", words).groups()]


@pytest.mark.parametrize("place", range(3))
def test_wins_are_as_frequent_as_they_must_be(page, place):
    page.get_by_role("slider").fill(str(place))
    for _ in range(20):
        page.keyboard.press("h")
    total, _, adam = wins(page)
    assert total == 2001
    assert adam / total == pytest.approx(win_shares(TUNED, TUNED, BUDGETS)["adam"][place], abs=0.05)


def test_keys_and_buttons_draw_and_the_slider_begins_anew(page):
    assert wins(page)[0] == 1
    page.keyboard.press("r")
    page.get_by_role("button", name="Draw again").click()
    page.get_by_role("button", name="100 times").click()
    assert wins(page)[0] == 103
    page.get_by_role("slider").fill("1")
    assert wins(page)[0] == 1


def test_the_goal_is_met_when_each_rule_has_won(page):
    assert "Goal: let every rule win once." in page.locator(".ravine-facts").inner_text()
    page.keyboard.press("h")
    page.wait_for_timeout(80)
    assert "Goal met" in page.locator(".ravine-facts").inner_text()


def test_a_share_as_goal_begins_with_most_trials_and_counts_a_hundred_draws(open_page):
    page = open_page(page_of(leader_board(TUNED, TUNED, (1, 300), goal=0.9)))
    page.get_by_role("slider").focus()
    facts = page.locator(".ravine-facts")
    assert facts.inner_text().startswith("With 300 trials")
    assert "let one rule win 90 of 100 draws" in facts.inner_text()
    page.keyboard.press("h")
    page.wait_for_timeout(80)
    assert "Goal met with 300 trials each" in facts.inner_text()
    page.get_by_role("slider").fill("0")
    page.keyboard.press("h")
    page.wait_for_timeout(80)
    assert "Goal met" not in facts.inner_text()


def test_nothing_keeps_anybody_out(page, axe):
    page.evaluate(axe)
    assert page.evaluate("async () => (await axe.run()).violations.map((v) => v.id)") == []
