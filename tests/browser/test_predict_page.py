"""Predictions in a bare page without a kernel: asked, kept, revealed; by mouse, keys and ear."""

import numpy as np
import pytest
from bare import page_of

from course_utils import predict

QUESTION = "How does w move?"


def everything():
    steps = np.arange(401)
    fading = np.exp(-steps / 200) * np.cos(steps / 20)
    slow = np.exp(-steps / 100)
    curve = predict.curve(QUESTION, x=("step", 0, 400), y=("w", -1, 1))
    number = predict.number("How many steps?", "steps", low=1, high=1e4, log=True)
    choice = predict.choice("Who is first?", ["SGD", "momentum", "both"])
    order = predict.ranking("In which order?", ["SGD", "momentum", "Adam"])
    reveals = [
        curve.reveal(fading, ideas={"without momentum": (slow, "It has no velocity.")}),
        number.reveal(1354),
        choice.reveal("momentum", {"SGD": "It crawls.", "momentum": "It rolls.", "both": "No."}),
        order.reveal(["Adam", "momentum", "SGD"]),
    ]
    return [
        widget
        for pair in zip([curve, number, choice, order], reveals, strict=True)
        for widget in pair
    ]


@pytest.fixture(scope="module")
def lesson():
    return page_of(*everything())


def cards(page, question):
    """The group that asks and the one that reveals."""
    found = page.get_by_role("group", name=question, exact=True)
    found.nth(1).wait_for()
    return found.nth(0), found.nth(1)


def said(card):
    return card.locator(".ravine-predict-said").inner_text()


def waits(card):
    """Whether a reveal gives nothing away, since nothing is set."""
    card.get_by_role("button", name="Show me").wait_for()
    words = card.locator(".ravine-predict-body").inner_text()
    return words.startswith("Set your guess first, then the answer appears here.")


def draw(page, card, heights):
    plot = card.locator("rect").bounding_box()
    points = [
        (plot["x"] + plot["width"] * t, plot["y"] + plot["height"] * (1 - u))
        for t, u in zip(np.linspace(0, 1, len(heights)), heights, strict=True)
    ]
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=2)
    page.mouse.up()


def test_a_curve_drawn_by_mouse_is_laid_over_the_real_one(open_page, lesson):
    page = open_page(lesson)
    ask, reveal = cards(page, QUESTION)
    assert waits(reveal)
    draw(page, ask, 0.5 + 0.5 * np.exp(-4 * np.linspace(0, 1, 30)))
    assert said(ask) == "Your curve falls. Run on to see the real one."
    assert said(reveal) == "You drew what happens without momentum. It has no velocity."
    assert reveal.locator(".ravine-predict-mine").get_attribute("d").startswith("M")
    image = reveal.get_by_role("img").get_attribute("aria-label")
    assert "w by step: 1 at 0" in image and image.endswith("It has no velocity.")
    ask.get_by_role("button", name="Undo").click()
    assert waits(reveal)
    reveal.get_by_role("button", name="Show me").click()
    assert said(reveal) == "You have drawn nothing yet. Here is what happens."


def test_a_curve_made_by_keys_alone(open_page, lesson):
    page = open_page(lesson)
    ask, reveal = cards(page, QUESTION)
    ask.get_by_role("slider", name="w at step 0", exact=True).press("End")
    for _ in range(10):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Home")
    handle = ask.get_by_role("slider", name="w at step 400")
    assert handle.get_attribute("aria-valuetext") == "−1"
    assert said(ask).startswith("Your curve falls") and "real one swings" in said(reveal)
    handle.press("Shift+ArrowUp")
    assert handle.get_attribute("aria-valuetext") == "−0.8"
    handle.press("Delete")
    assert handle.get_attribute("aria-valuetext") == "not drawn"
    assert "drawn up to step" in said(ask) and "only that is compared" in said(reveal)
    handle.press("Control+z")
    assert handle.get_attribute("aria-valuetext") == "−0.8"
    ask.get_by_role("button", name="swings and settles").press("Enter")
    assert "swings" in said(ask)


@pytest.mark.parametrize("start", [0.0, 15.0, 45.0, 60.0])
def test_shapes_begin_where_the_curve_is_known_to_begin(open_page, start):
    page = open_page(page_of(predict.curve("How fast?", ("step", 0, 60), ("v", 0, 60), start)))
    first = page.get_by_role("slider", name="v at step 0", exact=True)
    shapes = page.locator("fieldset button")
    shapes.first.wait_for()
    for shape in shapes.all():
        shape.click()
        assert first.get_attribute("aria-valuetext") == f"{start:g}"
    assert shapes.count() >= 5


@pytest.mark.parametrize(
    "low, high, marks",
    [
        (1, 1e7, ["1", "10", "10²", "10³", "10⁴", "10⁵", "10⁶", "10⁷"]),
        (1e-4, 10, ["10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "1", "10"]),
        (10, 2e4, ["10", "10²", "10³", "10⁴", "2·10⁴"]),
        (0.05, 20, ["0.05", "0.1", "1", "10", "20"]),
        (1e-12, 1, ["10⁻¹²", "10⁻¹⁰", "10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "1"]),
    ],
)
def test_a_scale_has_even_marks_written_as_powers_of_ten(open_page, low, high, marks):
    page = open_page(page_of(predict.number("How many?", "", low, high, log=True)))
    page.locator(".ravine-predict-scale").wait_for()
    assert page.locator(".ravine-predict-scale span").all_inner_texts() == marks


def test_a_number_by_box_and_by_slider(open_page, lesson):
    page = open_page(lesson)
    ask, reveal = cards(page, "How many steps?")
    box, slider = ask.get_by_role("textbox"), ask.get_by_role("slider")
    assert waits(reveal)
    box.fill("300")
    assert "it is 1354 steps. Yours is about 4.5 times too small." in said(reveal)
    for refused in ("many", "0,5", "20000"):
        box.fill(refused)
        assert waits(reveal) and said(ask).startswith("Please ")
    assert said(ask) == "Please choose a number from 1 to 10,000."
    box.fill("1,5")
    assert said(ask).startswith("Kept: 1.5 steps.")
    slider.fill("150")
    assert box.input_value() == "1000" and "You said 1000" in said(reveal)
    assert slider.get_attribute("aria-valuetext") == "1000 steps"
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    assert box.input_value() == "1100"


def test_a_choice_shows_its_own_explanation_first_and_then_the_right_one(open_page, lesson):
    page = open_page(lesson)
    ask, reveal = cards(page, "Who is first?")
    ask.get_by_role("radio", name="SGD").press("Space")
    parts = [part.inner_text() for part in reveal.locator(".ravine-predict-part:visible").all()]
    assert parts == ["You chose: SGD. It crawls.", "Really: momentum. It rolls."]
    assert reveal.get_by_text("The other answers").is_visible()
    ask.get_by_role("radio", name="momentum").check()
    assert reveal.get_by_text("You chose, and it is right: momentum. It rolls.").is_visible()
    assert reveal.get_by_text("Really:").count() == 0


def test_each_reveal_says_and_marks_the_guess_first(open_page, lesson):
    page = open_page(lesson)
    ask, _ = cards(page, QUESTION)
    ask.get_by_role("button", name="falls, then flat").click()
    page.get_by_role("textbox").fill("300")
    page.get_by_role("radio", name="SGD").check()
    page.get_by_role("button", name="This is my order").click()
    firsts = page.evaluate("""() => [...document.querySelectorAll(".ravine-predict")]
      .filter((_, i) => i % 2).map((card) => {
        const first = card.querySelector(".ravine-predict-body").firstElementChild;
        const mark = first.matches("p") ? first : first.firstElementChild;
        const gap = mark.getBoundingClientRect().top - card.getBoundingClientRect().top;
        return [mark.classList.contains("ravine-predict-you"), Math.round(gap)];
      })""")
    assert len(firsts) == 4 and {tuple(first) for first in firsts} == {(True, firsts[0][1])}


def test_a_drawing_joins_the_start_that_is_known(open_page):
    ask = predict.curve("How fast does it climb?", ("step", 0, 60), ("v", 0, 60), 0.0)
    page = open_page(page_of(ask, ask.reveal(np.linspace(0, 45, 61))))
    ask, reveal = cards(page, "How fast does it climb?")
    plot = ask.locator("rect").bounding_box()
    page.mouse.move(plot["x"] + plot["width"] / 10, plot["y"] + plot["height"] * 0.925)
    page.mouse.down()
    page.mouse.move(plot["x"] + plot["width"], plot["y"] + plot["height"] / 4, steps=9)
    page.mouse.up()
    assert said(ask) == "Your curve rises. Run on to see the real one."
    assert said(reveal).startswith("Close:") and "only that" not in said(reveal)
    for card in (ask, reveal):
        line = card.locator(".ravine-predict-mine").get_attribute("d")
        assert line.startswith("M56.0 276.0") and card.locator(".ravine-predict-known").count() == 1


def test_an_order_by_keys(open_page, lesson):
    page = open_page(lesson)
    ask, reveal = cards(page, "In which order?")
    for _ in range(2):
        ask.get_by_role("button", name="Adam up").press("Enter")
    assert ask.locator("li").first.inner_text().endswith("Adam")
    assert "in their places" in said(reveal)
    assert ask.get_by_role("button", name="Adam up").evaluate("b => b === document.activeElement")


@pytest.mark.parametrize("question", ["Who is first?", "In which order?", "How many steps?"])
def test_who_gives_in_is_shown_the_answer(open_page, lesson, question):
    page = open_page(lesson)
    _, reveal = cards(page, question)
    assert waits(reveal) and "eally" not in reveal.inner_text()
    reveal.get_by_role("button", name="Show me").press("Enter")
    assert "yet" in reveal.inner_text() and reveal.get_by_text("eally").first.is_visible()


def test_two_copies_of_a_question_are_one(open_page):
    widget = everything()[0]
    page = open_page(page_of(widget, widget))
    first, second = cards(page, QUESTION)
    first.get_by_role("button", name="stays level").click()
    assert said(second) == said(first) == "Your curve stays level. Run on to see the real one."


def test_letters_do_not_reach_jupyterlab_and_shift_enter_does(open_page, lesson):
    page = open_page(lesson)
    page.evaluate(
        "window.keys = []; addEventListener('keydown', (e) => { if ("
        "!e.target.closest('[data-lm-suppress-shortcuts]')) keys.push(e.key) })"
    )
    ask, _ = cards(page, QUESTION)
    handle = ask.get_by_role("slider", name="w at step 80")
    for key in ("x", "ArrowUp", "Shift+Enter", "d"):
        handle.press(key)
    assert page.evaluate("keys.filter((key) => key !== 'Shift')") == ["Enter"]


@pytest.mark.parametrize("width", [1040, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_sticks_out(open_page, lesson, axe, width, theme):
    page = open_page(lesson, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    ground, ink = ("#14181c", "#fff") if theme == "dark" else ("#fff", "#000")
    page.evaluate(f"Object.assign(document.body.style, {{background: '{ground}', color: '{ink}'}})")
    ask, _ = cards(page, QUESTION)
    ask.get_by_role("button", name="falls, then flat").click()
    page.add_script_tag(content=axe)
    found = page.evaluate("axe.run()")["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_javascript_there_are_question_and_folded_words(open_page, lesson):
    page = open_page(lesson, java_script_enabled=False)
    assert page.get_by_text(QUESTION).first.is_visible()
    assert not page.get_by_text("Really: momentum.").is_visible()
    page.get_by_text("What happens").nth(2).click()
    assert page.get_by_text("Really: momentum.").is_visible()
    assert page.get_by_text("It crawls.").is_visible()


def test_where_an_output_is_open_its_first_line_takes_no_room(open_page):
    page = open_page(f'<div id="output">{everything()[2].static()["text/html"]}</div>')
    page.get_by_role("group", name="How many steps?", exact=True).wait_for()
    height = """() => {
      const words = document.createRange();
      words.selectNode(document.getElementById("output").firstChild);
      return [words.toString().trim(), words.getBoundingClientRect().height];
    }"""
    assert page.evaluate(height) == ["Decide first, then run this cell.", 0]
