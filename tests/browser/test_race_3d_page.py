"""The race on a relief, in a bare page: it turns by every means, and walks."""

import pytest
from bare import page_of

from course_utils import HALF_BEALE, adam, momentum, race_3d, ravine, sgd


def lift_off(w, grad, state, lr):
    """A learner's rule."""
    return w - 2 * lr * grad, state


def broken(w, grad, state, lr):
    """A learner's rule that stops."""
    raise KeyError("v")


@pytest.fixture
def page(open_page):
    widget = race_3d(HALF_BEALE, [sgd, momentum, lift_off, broken], lr=0.03, clip=20, knob="beta")
    page = open_page(page_of(widget))
    page.locator(".ravine-relief").wait_for()
    page.wait_for_timeout(100)
    return page


def shot(page):
    page.wait_for_timeout(60)
    return page.locator(".ravine-relief").screenshot()


RULER = """() => {
  const fill = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
    if (this.textAlign === "right") window.marks.push([text, ...place].join());
    return fill.call(this, text, ...place);
  };
}"""


def test_a_valley_that_gets_flatter_keeps_its_scale(open_page):
    page = open_page(page_of(race_3d(ravine, [sgd], lr=0.5, condition=10)))
    page.locator(".ravine-relief").wait_for()
    page.evaluate(RULER)
    marks = []
    for place in ("101", "150", "190"):  # of 200 notches
        page.evaluate("window.marks = []")
        page.get_by_role("slider", name="condition κ").fill(place)
        page.wait_for_timeout(100)
        marks.append(set(page.evaluate("window.marks")))
    assert len(marks[0]) > 2 and marks[0] == marks[1] == marks[2]


MOVES = ["turn left", "turn right", "more from above", "more from the side", "closer", "farther"]


@pytest.mark.parametrize("move", MOVES)
def test_a_button_turns_it(page, move):
    before = shot(page)
    page.get_by_role("button", name=move).click()
    assert shot(page) != before


@pytest.mark.parametrize("key", ["ArrowLeft", "ArrowUp", "ArrowDown", "+", "-"])
def test_a_key_turns_it(page, key):
    page.locator(".ravine-relief").focus()
    before = shot(page)
    page.keyboard.press(key)
    assert shot(page) != before


def test_a_drag_turns_it_and_turning_back_gives_the_same_picture(page):
    before = shot(page)
    x, y, w, h = page.locator(".ravine-relief").bounding_box().values()
    for to in (80, 0):
        page.mouse.move(x + w / 2 + (80 - to), y + h / 2)
        page.mouse.down()
        page.mouse.move(x + w / 2 + to, y + h / 2)
        page.mouse.up()
        page.mouse.move(x, y)
        assert (shot(page) == before) == (to == 0)


def test_it_plays_and_trails_can_be_put_away(page):
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("() => +document.querySelector('[name=step]').value > 20")
    page.get_by_role("button", name="Pause").click()
    before = shot(page)
    page.get_by_role("button", name="trails").click()
    assert shot(page) != before


def test_own_rules_walk_and_one_that_stops_is_named(page):
    page.get_by_role("slider", name="step").fill("30")
    assert "loss" in page.get_by_role("button", name="lift_off").inner_text()
    assert "broken can't race. It raised LookupError" in page.locator(".ravine-told").inner_text()


def test_nothing_keeps_anybody_out(page, axe):
    page.evaluate(axe)
    assert page.evaluate("async () => (await axe.run()).violations.map((v) => v.id)") == []


def test_it_is_small_and_has_words_and_a_picture():
    shown = race_3d(ravine, [sgd, adam]).static()
    assert len(shown["text/html"]) < 100_000 and shown["image/png"]
    assert "SGD, Adam walk down" in shown["text/plain"]
