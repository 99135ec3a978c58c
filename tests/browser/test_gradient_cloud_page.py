"""The cloud of gradients, in a bare page: the slider, the keys, the goal."""

import re

import numpy as np
import pytest
from bare import page_of

from course_utils import MLP, Classification, circle, gradient_cloud

NET = MLP((2, 8, 1), "tanh")
GRADIENTS = Classification(NET, *circle()).gradients(NET.init(4))


@pytest.fixture
def page(open_page):
    page = open_page(page_of(gradient_cloud(GRADIENTS)))
    page.locator(".ravine-cloud").wait_for()
    page.wait_for_timeout(100)
    return page


def told(page):
    page.wait_for_timeout(80)
    return page.locator(".ravine-facts").inner_text()


def share_right(size, tried=20_000):
    """As the widget counts, but in all 33 directions and with NumPy's generator."""
    rng, mean = np.random.default_rng(0), GRADIENTS.mean(axis=0)
    batches = rng.permuted(np.tile(np.arange(200), (tried, 1)), axis=1)[:, :size]
    return (GRADIENTS[batches].mean(axis=1) @ mean > 0).mean()


def test_single_samples_point_anywhere_and_all_of_them_the_right_way(page):
    assert int(told(page).split()[0]) == pytest.approx(100 * share_right(1), abs=15)
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    assert told(page).startswith("100 of 100 batches of 200 samples")


@pytest.mark.parametrize("how", ["key", "button"])
def test_it_draws_again(page, how):
    page.get_by_role("slider").focus()
    before = page.locator(".ravine-cloud").screenshot()
    if how == "key":
        page.keyboard.press("r")
    else:
        page.get_by_role("button", name="Draw again").click()
    page.wait_for_timeout(80)
    assert page.locator(".ravine-cloud").screenshot() != before


def test_the_goal_is_met_with_the_smallest_batch_that_meets_it(page):
    slider, met = page.get_by_role("slider"), set()
    for place in range(16):
        slider.fill(str(place))
        for _ in range(6):
            goal = r"Goal met: of 4,000 fresh batches of (\d+) .* with (\d+) too few"
            words = re.search(goal, told(page))
            met |= {tuple(map(int, words.groups()))} if words else set()
            page.keyboard.press("r")
    ((enough, few),) = met
    assert few == enough - 1 and share_right(few) < 0.96 and share_right(enough) > 0.94


def test_nothing_keeps_anybody_out(page, axe):
    page.evaluate(axe)
    assert page.evaluate("async () => (await axe.run()).violations.map((v) => v.id)") == []


def test_it_is_small_and_has_words_and_a_picture():
    shown = gradient_cloud(GRADIENTS).static()
    assert len(shown["text/html"]) < 100_000 and shown["image/png"]
    assert "all 200 samples" in shown["text/plain"]
