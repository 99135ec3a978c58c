"""A rule from inside, in a bare page: the browser's numbers are Python's, by mouse and keys."""

import re
import sys

import numpy as np
import pytest
from bare import page_of

from course_utils import adam, inside, sgd
from course_utils.optimizers import RULES
from course_utils.widgets.bundle import bundle
from course_utils.widgets.textbook import TEXTBOOK

GRADIENTS = np.random.default_rng(0).normal(size=60) * np.repeat([1, 1e-4, 1e3], 20)
HYPER = {
    "rmsprop": {"alpha": 0.5},
    "adam": {"beta1": 0.5, "eps": 1e-3},
    "adamw": {"weight_decay": 2},
}


def average(w, grad, state, lr, beta=0.9):
    """A learner's rule."""
    m = beta * state.get("m", 0 * w) + (1 - beta) * grad
    return w - lr * np.sign(-m) * np.abs(m) ** 0.5, {"m": m}


def pythons_numbers(rule, gradients, lr, hyper):
    """The local names of a rule when it returns, and the new w, step by step."""
    seen, w, state = [], 1.0, {}

    def watch(frame, event, result):
        if event == "return" and frame.f_code is rule.__code__:
            seen.append(dict(frame.f_locals) | {"w": result[0]})

    for grad in gradients:
        sys.setprofile(watch)
        try:
            w, state = rule(w, grad, state, lr, **hyper)
        finally:
            sys.setprofile(None)
    return seen


@pytest.mark.parametrize("rule", [*RULES.values(), average], ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("size, with_hyper", [(1.0, False), (1e6, True)])
def test_each_line_has_pythons_number_at_each_step(open_page, rule, size, with_hyper):
    hyper = HYPER.get(rule.__name__, {}) if with_hyper else {}
    scene = inside(rule, lr=0.02, size=size, gradients=GRADIENTS, **hyper).scene
    page = open_page("<p></p>")
    ours = page.evaluate(
        f"(scene) => {{ {bundle('trace.js')}\n"
        "return trace(scene, scene.settings, scene.gradients.gradients); }",
        scene,
    )
    book = TEXTBOOK.get(rule.__name__, rule)
    theirs = pythons_numbers(book, size * GRADIENTS, 0.02, hyper)
    names = [line["name"] for line in scene["lines"]]
    last = {name: place for place, name in enumerate(names)}  # as the local name ends up
    assert len(ours) == len(theirs) == 60
    for entry, names_there in zip(ours, theirs, strict=True):
        for name, place in last.items():
            np.testing.assert_allclose(float(entry["values"][place]), names_there[name], rtol=1e-11)


@pytest.fixture
def page(open_page):
    page = open_page(page_of(inside(adam), inside(sgd)))
    page.locator(".ravine-inside").nth(1).wait_for()
    return page


def numbers(page, which, row):
    page.evaluate("() => new Promise((next) => requestAnimationFrame(() => setTimeout(next)))")
    cells = page.locator(".ravine-inside").nth(which).locator("tbody tr").filter(has_text=row)
    return cells.locator("td").all_inner_texts()[:2]


def to(page, which, name, place):
    page.locator(".ravine-inside").nth(which).locator(f"[name={name}]").fill(str(place))


def test_it_opens_before_the_first_step_with_play_ahead(page):
    assert numbers(page, 0, "the step") == ["–", "–"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Play"


def test_a_million_times_the_gradient_leaves_adams_step_and_not_sgds(page):
    for which in (0, 1):
        to(page, which, "step", 7)
        to(page, which, "size", 200)
    plain, sized = numbers(page, 0, "the step")
    assert plain == sized and plain != "–"
    assert len(set(numbers(page, 0, "gradient"))) == 2
    plain, sized = numbers(page, 1, "the step")
    assert plain != sized


@pytest.mark.parametrize("which, rule", [(0, adam), (1, sgd)])
def test_the_weight_is_shown_before_and_after_a_step(page, which, rule):
    strip = page.locator(".ravine-weight").nth(which)
    assert "before and after a step" in strip.inner_text()
    to(page, which, "step", 7)
    numbers(page, which, "the step")
    gradients = inside(rule).scene["gradients"]["noisy"]
    way = [1.0, *(seen["w"] for seen in pythons_numbers(rule, gradients, 0.001, {}))]
    said = re.findall(r"[\d.]+", strip.locator("b").inner_text())
    np.testing.assert_allclose([float(x) for x in said], way[6:8], rtol=2e-3)
    assert said[0] != said[1]
    dot, stroke = (strip.locator(f"{tag}.ravine-sized").bounding_box()["x"] for tag in "iu")
    assert (dot < stroke) == (way[7] < way[6])


def test_it_plays_line_by_line_and_keys_step_through(page):
    page.get_by_role("button", name="Play").first.click()
    page.wait_for_function("() => document.querySelector('tr[data-now]')")
    page.get_by_role("button", name="Pause").click()
    picture = page.get_by_role("img", name="Gradients above").first
    picture.focus()
    before = int(page.locator("[name=step]").first.input_value())
    for key, change in [("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1)]:
        page.keyboard.press(key)
        assert page.locator("[name=step]").first.input_value() == str(before + change)
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelector('tr[data-now]')")


def test_other_gradients_are_a_click_away(page):
    to(page, 0, "step", 2)
    noisy = numbers(page, 0, "gradient")
    page.get_by_role("button", name="zigzag").first.click()
    assert noisy != numbers(page, 0, "gradient") == ["−1", "−1"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_keeps_anybody_out(page, axe, theme):
    page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", theme)
    ground, ink = ("#14181c", "#fff") if theme == "dark" else ("#fff", "#000")
    page.add_style_tag(content=f"body {{ background: {ground}; color: {ink} }}")
    to(page, 0, "step", 7)
    page.evaluate(axe)
    assert page.evaluate("async () => (await axe.run()).violations.map((v) => v.id)") == []
