"""The race alone in a bare page: every control, what it says, who can use it."""

import re
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from course_utils.clipping import clip_by_global_norm
from course_utils.optimizers import momentum, sgd
from course_utils.surfaces import BEALE, ravine
from course_utils.training import run
from course_utils.widgets.race import race

CLIP = partial(clip_by_global_norm, max_norm=50.0)
FOLDER = Path(race.__code__.co_filename).parent
MAP, CHART = "canvas[role=img] >> nth=0", "canvas[role=img] >> nth=1"


def to_nan(w, grad, state, lr):
    t = state.get("t", 0) + 1
    return (w - lr * grad if t < 5 else w * np.nan), {"t": t}


def broken(w, grad, state, lr):
    raise ZeroDivisionError("division by nothing")


def html(widget, live=False):
    text = widget._repr_mimebundle_()[0]["text/html"]
    if live:  # a model that keeps what the widget sends to a kernel
        text = text.replace("set() {}", "set(name, value) { state[name] = window[name] = value }")
        text = text.replace("save_changes: null", "save_changes() {}")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Race</title></head>'
        f"<body><main><h1>Race</h1>{text}</main></body></html>"
    )


@pytest.fixture(scope="module")
def beale():
    return html(race(BEALE, [sgd, momentum], clip=CLIP, goal=("momentum", 0.1)))


@pytest.fixture(scope="module")
def valley():
    return html(race(ravine, [sgd, momentum], steps=50), live=True)


def pixels(page, canvas=MAP):
    return page.locator(canvas).evaluate("canvas => canvas.toDataURL()")


def slider(page, name):
    return page.get_by_role("slider", name=name)


def button(page, name):
    return page.get_by_role("button", name=name)


ACTIONS = {
    "rate": lambda page: slider(page, "learning rate").press("ArrowRight"),
    "step": lambda page: slider(page, "step").press("Home"),
    "one step": lambda page: button(page, "One step").press("Enter"),
    "check box": lambda page: page.get_by_role("checkbox", name="sgd").press("Space"),
}


@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS)
def test_each_control_changes_both_pictures_by_keyboard_and_reset_brings_them_back(
    open_page, beale, action
):
    page = open_page(beale)
    before = pixels(page), pixels(page, CHART)
    action(page)
    after = pixels(page), pixels(page, CHART)
    assert after[0] != before[0] and after[1] != before[1]
    button(page, "Reset").press("Enter")
    assert (pixels(page), pixels(page, CHART)) == before


def test_play_runs_pauses_and_ends(open_page, beale):
    page = open_page(beale)
    button(page, "Play").click()
    page.wait_for_function("() => +document.querySelectorAll('[type=range]')[1].value > 5")
    button(page, "Pause").click()
    assert 5 < int(slider(page, "step").input_value()) < 300
    slider(page, "step").fill("297")
    button(page, "Play").click()
    page.wait_for_function("() => +document.querySelectorAll('[type=range]')[1].value === 300")
    assert button(page, "Play").is_visible()


def test_play_does_not_move_for_those_who_asked_for_calm(open_page, beale):
    page = open_page(beale, reduced_motion="reduce")
    button(page, "Play").click()
    page.wait_for_function("() => +document.querySelectorAll('[type=range]')[1].value === 300")
    assert button(page, "Play").is_visible()


def test_the_readout_says_what_python_computes(open_page, beale):
    page = open_page(beale)
    slider(page, "step").fill("40")
    for name, rule in {"sgd": sgd, "momentum": momentum}.items():
        way = run(BEALE, rule, BEALE.start, 0.02, steps=40, clip=CLIP)
        place, loss, _, distance, _ = page.locator(f"tr:has(th:text-is('{name}')) td").all()
        x, y = map(float, place.inner_text().strip("()").split(","))
        np.testing.assert_allclose([x, y], way.final, atol=0.006)
        assert float(loss.inner_text()) == pytest.approx(way.loss[-1], rel=0.01)
        assert float(distance.inner_text()) == pytest.approx(BEALE.distance(way.final), abs=0.006)
    said = page.get_by_role("status")
    page.wait_for_function(
        "() => document.querySelector('[role=status]').textContent.includes('40')"
    )
    assert "sgd is at" in said.inner_text() and "momentum is at" in said.inner_text()


def test_the_goal_is_told_when_it_is_met_and_not_before(open_page, beale):
    widget = race(BEALE, [momentum], clip=CLIP, goal=("momentum", 0.1))
    steps = np.array(widget.heat["arrived"]["momentum"])
    best = np.where(steps < 0, np.inf, steps).argmin()
    page = open_page(beale)
    assert page.get_by_text("Goal met").count() == 0
    slider(page, "learning rate").fill(str(best))
    assert page.get_by_text(f"it takes {steps[best]} steps. Goal met").is_visible()


def test_a_drag_and_the_number_boxes_send_a_new_start(open_page, valley):
    page = open_page(valley)
    box = page.locator(MAP).bounding_box()
    for k, number in enumerate(("-4", "0.5")):
        page.get_by_role("spinbutton").nth(k).fill(number)
    page.get_by_role("spinbutton").nth(1).press("Tab")
    assert page.evaluate("window.start") == [-4, 0.5]
    unit = (box["width"] - 60) / 14  # pixels in 1 along, between the paddings of 48 and 12
    x = box["x"] + 48 + unit * (-4 + 11)
    y = box["y"] + 26 + (box["height"] - 64) * (1.5 - 0.5) / 3
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + unit, y, steps=3)
    page.mouse.up()
    page.mouse.move(x, y)
    np.testing.assert_allclose(page.evaluate("window.start"), [-3, 0.5], atol=0.05)


def test_the_condition_number_is_sent(open_page, valley):
    page = open_page(valley)
    slider(page, "condition number").fill("60")
    assert page.evaluate("window.condition") == pytest.approx(1000)


@pytest.mark.parametrize(
    "rules, words",
    [
        ([], "There is no rule to race."),
        ([broken, sgd], "broken can't race. It raised ZeroDivisionError: division by nothing"),
        ([to_nan, sgd], "diverged at step 5"),
    ],
    ids=["no rule", "a rule that raises", "NaN"],
)
def test_what_goes_wrong_is_said(open_page, rules, words):
    page = open_page(html(race(BEALE, rules, steps=20)))
    assert page.get_by_text(words).first.is_visible()
    slider(page, "learning rate").press("ArrowLeft")
    slider(page, "step").press("Home")


def test_arrow_keys_stay_in_the_widget(open_page, beale):
    page = open_page(beale)
    page.evaluate("document.addEventListener('keydown', () => { window.leaked = true })")
    slider(page, "learning rate").press("ArrowDown")
    assert page.evaluate("window.leaked") is None


def test_focus_can_be_seen(open_page, beale):
    page = open_page(beale)
    for _ in range(7):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert outline == "3px"


@pytest.mark.parametrize("width", [1040, 700])
@pytest.mark.parametrize("light", ["true", "false"])
def test_axe_finds_nothing_and_nothing_sticks_out(open_page, beale, axe, width, light):
    page = open_page(beale, viewport={"width": width, "height": 900})
    page.evaluate(f"document.body.dataset.jpThemeLight = '{light}'")
    page.add_script_tag(content=axe)
    assert page.evaluate("axe.run()")["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def luminance(color):
    parts = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def test_lines_and_rules_stand_out_on_light_and_dark_pages():
    source = (FOLDER / "canvas.js").read_text("utf-8")
    looks = race(BEALE, [sgd, momentum], steps=2).scene["looks"].values()
    for theme, key in (("light", "color"), ("dark", "dark")):
        page, ink, line = re.search(
            rf'{theme}: {{ page: "(#\w+)", ink: "(#\w+)", line: "(#\w+)"', source
        ).groups()
        for color in (ink, line, *(look[key] for look in looks)):
            bright, dim = sorted([luminance(color), luminance(page)], reverse=True)
            assert (bright + 0.05) / (dim + 0.05) >= 3, (theme, color)


def test_without_scripts_there_is_a_picture_with_words(open_page, beale):
    page = open_page(beale, java_script_enabled=False)
    assert page.get_by_role("img", name=re.compile("Beale from above")).is_visible()


@pytest.mark.parametrize("name", ["race.js", "canvas.js"])
def test_modules_stay_short_and_readable(name):
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    assert len(lines) < 250 and max(map(len, lines)) <= 110
