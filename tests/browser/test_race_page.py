"""The race in a bare page without a kernel: by mouse, finger, keys and ear, in light and dark."""

import json
import re
from functools import partial

import numpy as np
import pytest
from bare import page_of
from playwright.sync_api import expect

from course_utils.clipping import clip_by_global_norm
from course_utils.objectives import quadratic
from course_utils.optimizers import RULES, adam, momentum, nesterov, sgd
from course_utils.style import STYLES
from course_utils.surfaces import BEALE, HALF_BEALE, HIMMELBLAU, ROSENBROCK, SADDLE, ravine
from course_utils.training import run
from course_utils.widgets.look import LOOK, THEMES
from course_utils.widgets.race import race

FOUR = [sgd, momentum, nesterov, adam]
MAP = "canvas.ravine-map"
NAMES = "|".join(style.label for style in STYLES.values())
VALLEY = {"knob": "beta", "goal": ("momentum", 40)}


def my_rule(w, grad, state, lr):
    return w - lr * grad, state


def to_nan(w, grad, state, lr):
    t = state.get("t", 0) + 1
    return (w - lr * grad if t < 5 else w * np.nan), {"t": t}


@pytest.fixture(scope="module")
def valley():
    return page_of(race(ravine, FOUR, **VALLEY))


@pytest.fixture
def opened(open_page, valley):
    page = open_page(valley)
    page.locator(MAP).wait_for()
    return page


def pixels(page, which=0):
    page.evaluate("() => new Promise((next) => requestAnimationFrame(() => setTimeout(next)))")
    return page.locator(MAP).nth(which).evaluate("canvas => canvas.toDataURL()")


def slider(page, name):
    return page.get_by_role("slider", name=name)


def to_step(page, step):
    slider(page, "step").fill(str(step))


def chip(page, label):
    return page.get_by_role("group", name="rules").get_by_role("button").filter(has_text=label)


def says(page, words):
    page.get_by_text(words).first.wait_for()


def start_of(page):
    name = page.locator(".ravine-handle").get_attribute("aria-label").replace("−", "-")
    return [float(x) for x in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", name)[:2]]


def test_it_opens_at_step_0_and_tab_comes_to_play_first(opened):
    assert slider(opened, "step").input_value() == "0"
    says(opened, "Goal: momentum comes within 0.1 of the star in at most 40 steps, and stays.")
    assert "loss 1" in chip(opened, "SGD").inner_text()
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Play"


def test_play_moves_the_steps_and_pause_holds_them(opened):
    opened.get_by_role("button", name="Play", exact=True).click()
    opened.wait_for_function("document.querySelector('input[name=step]').value > 3")
    opened.get_by_role("button", name="Pause", exact=True).click()
    held = slider(opened, "step").input_value()
    opened.wait_for_timeout(150)
    assert slider(opened, "step").input_value() == held


def test_play_pauses_when_all_are_there_and_goes_on_from_where_a_hand_puts_it(open_page):
    page = open_page(page_of(race(ravine(4), [sgd, momentum], lr=0.7, beta=0.3)))
    step = slider(page, "step")
    page.get_by_role("button", name="Play", exact=True).click()
    page.get_by_role("button", name="Pause", exact=True).wait_for()
    page.get_by_role("button", name="Play", exact=True).wait_for()
    paused = int(step.input_value())
    arrived = [int(x) for x in re.findall(r"from step (\d+)", page.inner_text(".ravine-chips"))]
    assert len(arrived) == 2 and max(arrived) + 12 == paused < 120
    to_step(page, 110)
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("document.querySelector('input[name=step]').value === '120'")


@pytest.mark.parametrize("width", [1040, 700, 400])
def test_nothing_moves_whatever_a_race_says(open_page, valley, width):
    page = open_page(valley, viewport={"width": width, "height": 900})
    parts = (".ravine-chips", "canvas.ravine-loss", ".ravine-knobs", ".ravine-widget")

    def boxes():
        pixels(page)
        return [page.locator(css).bounding_box() for css in parts]

    before, said = boxes(), set()
    for lr in ("100", "170", "195"):  # of 200 notches
        slider(page, "rate η").fill(lr)
        to_step(page, 120)
        assert boxes() == before
        said.add(page.inner_text(".ravine-told"))
    assert len(said) == 3


def test_reduced_motion_jumps_to_the_end(open_page, valley):
    page = open_page(valley, reduced_motion="reduce")
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("document.querySelector('input[name=step]').value === '120'")


@pytest.mark.parametrize("rule, label", [(sgd, "SGD"), (momentum, "momentum"), (adam, "Adam")])
def test_the_chips_tell_pythons_numbers(opened, rule, label):
    to_step(opened, 40)
    slider(opened, "β").fill("60")  # of 200 notches, evenly in -log(1 - β)
    beta = float(slider(opened, "β").get_attribute("aria-valuetext"))
    hyper = {"beta": beta} if rule is momentum else {}
    way = run(ravine(), rule, [-10.0, 1.0], 0.35, steps=40, **hyper)
    opened.wait_for_function(
        "() => !document.querySelector('.ravine-chips').textContent.includes('loss 1 ')"
    )
    opened.wait_for_timeout(50)
    said = float(chip(opened, label).inner_text().split("loss ")[1].replace("−", "-"))
    assert said == pytest.approx(way.loss[-1], rel=0.06)


@pytest.mark.parametrize("key", ["ArrowRight", "ArrowLeft", "PageUp", "Home"])
@pytest.mark.parametrize("name", ["rate η", "β", "condition κ"])
def test_each_knob_changes_the_picture_by_keys_that_stay_inside(opened, name, key):
    opened.evaluate("document.addEventListener('keydown', () => { window.leaked = true })")
    to_step(opened, 30)
    before = pixels(opened)
    slider(opened, name).press(key)
    assert pixels(opened) != before
    assert opened.evaluate("window.leaked") is None


def test_shift_enter_is_left_to_jupyterlab_and_letters_are_not(opened):
    told = "document.activeElement.hasAttribute('data-lm-suppress-shortcuts')"
    slider(opened, "β").press("x")
    assert opened.evaluate(told)
    opened.evaluate("document.addEventListener('keydown', () => { window.leaked = true })")
    slider(opened, "β").press("Shift+Enter")
    assert not opened.evaluate(told) and opened.evaluate("window.leaked")


def test_the_start_is_dragged_dropped_and_moved_by_keys(opened):
    box = opened.locator(MAP).bounding_box()
    unit = box["width"] / 15.6
    ring = opened.locator(".ravine-handle").bounding_box()
    x, y = ring["x"] + 22, ring["y"] + 22
    opened.mouse.move(x, y)
    opened.mouse.down()
    opened.mouse.move(x + 2 * unit, y, steps=3)
    opened.mouse.up()
    pixels(opened)
    np.testing.assert_allclose(start_of(opened), [-8, 1], atol=0.05)
    opened.mouse.click(box["x"] + unit * 5.2, box["y"] + box["height"] / 2)
    pixels(opened)
    np.testing.assert_allclose(start_of(opened), [-6, 0], atol=0.05)
    opened.keyboard.press("Shift+ArrowLeft")
    opened.keyboard.press("ArrowUp")
    pixels(opened)
    np.testing.assert_allclose(start_of(opened), [-6 - 0.78, 0.028], atol=0.05)
    opened.keyboard.press("Space")
    opened.wait_for_function("document.querySelector('input[name=step]').value > 1")
    opened.get_by_role("button", name="back to the start").click()
    pixels(opened)
    assert start_of(opened) == [-10, 1] and slider(opened, "step").input_value() == "0"


def test_a_finger_drops_the_start_and_drags_it(open_page, valley):
    page = open_page(valley, has_touch=True, viewport={"width": 400, "height": 900})
    box = page.locator(MAP).bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    pixels(page)
    np.testing.assert_allclose(start_of(page), [-3.4, 0], atol=0.1)
    touch = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for kind, far in (("touchStart", 0), ("touchMove", 20), ("touchMove", 40), ("touchEnd", None)):
        points = [] if far is None else [{"x": x - far, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    pixels(page)
    np.testing.assert_allclose(start_of(page), [-3.4 - 40 * 15.6 / box["width"], 0], atol=0.15)


def test_dragging_over_the_loss_sets_the_step(opened):
    box = opened.locator("canvas.ravine-loss").bounding_box()
    opened.mouse.move(box["x"] + 36, box["y"] + 60)
    opened.mouse.down()
    opened.mouse.move(box["x"] + 36 + (box["width"] - 114) / 2, box["y"] + 60, steps=2)
    opened.mouse.up()
    assert abs(int(slider(opened, "step").input_value()) - 60) <= 1


def test_a_chip_follows_first_and_hides_then(opened):
    to_step(opened, 30)
    before = pixels(opened)
    chip(opened, "SGD").click()
    followed = pixels(opened)
    chip(opened, "SGD").click()
    assert before != followed != pixels(opened)
    assert "hidden" in chip(opened, "SGD").inner_text()
    assert chip(opened, "SGD").get_attribute("aria-pressed") == "false"


def test_a_preset_sets_the_knobs_and_plays(opened):
    opened.get_by_role("button", name="with momentum").click()
    opened.wait_for_function("document.querySelector('input[name=step]').value > 1")
    assert slider(opened, "rate η").get_attribute("aria-valuetext") == "1.9"
    to_step(opened, 120)
    says(opened, "Nesterov blew up at step 19: its loss had grown 10¹²-fold.")
    assert "blew up" in chip(opened, "Nesterov").inner_text()


def test_the_goal_is_told_when_a_played_run_meets_it_and_that_it_is_no_luck(opened):
    to_step(opened, 120)
    says(opened, "Here it takes 77.")
    opened.get_by_text("Every setting at once").click()
    heat = opened.locator("canvas.ravine-heat")
    expect(heat).to_have_attribute("aria-label", re.compile("best cell needs"), timeout=30_000)
    heat.focus()
    for _ in range(20):
        heat.press("ArrowRight")
    says(opened, "momentum needs")
    box = heat.bounding_box()
    heat.click(position={"x": 44 + (box["width"] - 54) * 0.95, "y": box["height"] * 0.65})
    opened.get_by_role("button", name="Pause", exact=True).click()
    to_step(opened, 120)
    says(opened, re.compile("Goal met: momentum takes [23].*no luck: 20 of 20 starts"))


@pytest.mark.parametrize("html_theme, lab_light", [("dark", None), (None, "false")])
def test_both_signals_turn_the_lights_off_and_on(opened, html_theme, lab_light):
    set_theme = """([html, lab]) => {
      const root = document.documentElement, set = (node, name, value) => (
        value === null ? node.removeAttribute(name) : node.setAttribute(name, value));
      set(root, "data-theme", html);
      set(document.body, "data-jp-theme-light", lab);
    }"""
    dusk = "() => getComputedStyle(document.querySelector('.ravine-widget')).colorScheme === '{}'"
    light = pixels(opened)
    opened.evaluate(set_theme, [html_theme, lab_light])
    opened.wait_for_function(dusk.format("dark"))
    dark = pixels(opened)
    assert dark != light
    opened.evaluate(set_theme, ["light" if html_theme else None, "true" if lab_light else None])
    opened.wait_for_function(dusk.format("light"))
    assert pixels(opened) == light


def test_two_on_a_page_do_not_disturb_each_other(open_page):
    page = open_page(page_of(race(ravine, FOUR), race(BEALE, [sgd, adam])))
    page.locator(MAP).nth(1).wait_for()
    first, second = pixels(page, 0), pixels(page, 1)
    page.get_by_role("slider", name="step").nth(1).fill("40")
    assert pixels(page, 1) != second and pixels(page, 0) == first


@pytest.mark.parametrize("width", [1040, 400])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_sticks_out(open_page, axe, valley, width, theme):
    page = open_page(valley, viewport={"width": width, "height": 900}, color_scheme=theme)
    page.get_by_text("Every setting at once").click()
    page.locator("canvas.ravine-heat").wait_for()
    page.add_script_tag(content=axe)
    assert page.evaluate("axe.run()")["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_map_play_and_knobs_are_in_one_view(open_page, valley):
    page = open_page(valley, viewport={"width": 390, "height": 667})
    page.locator(MAP).evaluate("map => map.scrollIntoView()")
    boxes = [page.locator(css).bounding_box() for css in (MAP, ".ravine-clock", ".ravine-knobs")]
    tops = [box["y"] for box in boxes]
    assert tops == sorted(tops) and tops[-1] + boxes[-1]["height"] <= 667
    buttons = page.locator(".ravine-clock button").all()
    assert all(button.bounding_box()["height"] >= 44 for button in buttons)


@pytest.mark.parametrize(
    "surface", [BEALE, HALF_BEALE, SADDLE, ROSENBROCK, HIMMELBLAU], ids=lambda s: s.name
)
def test_every_surface_opens_and_plays_all_rules(open_page, surface):
    page = open_page(page_of(race(surface, list(RULES.values()))))
    page.locator(MAP).wait_for()
    before = pixels(page)
    to_step(page, 60)
    assert pixels(page) != before


def test_from_a_file_with_the_network_off(open_page, valley, tmp_path):
    (tmp_path / "race.html").write_text(valley, encoding="utf-8")
    page = open_page(url=(tmp_path / "race.html").as_uri(), offline=True)
    page.locator(MAP).wait_for()
    before = pixels(page)
    to_step(page, 40)
    assert pixels(page) != before


def test_without_scripts_there_is_a_picture_with_words(open_page, valley):
    page = open_page(valley, java_script_enabled=False)
    assert page.get_by_role("img", name=re.compile("lets SGD, momentum")).is_visible()


def test_without_a_kernel_an_own_rule_has_its_first_path_and_then_a_sentence(open_page):
    page = open_page(page_of(race(ravine, [sgd, my_rule])))
    to_step(page, 50)
    page.wait_for_function("document.querySelector('input[name=step]').value === '50'")
    pixels(page)
    lines = [chip(page, name).locator("span").inner_text() for name in ("SGD", "my_rule")]
    assert lines[0] == lines[1]
    slider(page, "rate η").press("ArrowRight")
    says(page, "my_rule is Python code, so it needs a running kernel for these settings")
    slider(page, "rate η").press("ArrowLeft")


def test_an_own_surface_is_drawn_and_raced(open_page):
    widget = race(quadratic([1.0, 9.0]), [sgd, momentum], start=(2.0, 1.0), lr=0.1)
    page = open_page(page_of(widget))
    before = pixels(page)
    to_step(page, 10)
    assert pixels(page) != before
    loss = run(quadratic([1.0, 9.0]), sgd, [2.0, 1.0], 0.1, steps=10).loss[-1]
    assert float(chip(page, "SGD").inner_text().split("loss ")[1]) == pytest.approx(loss, rel=0.01)


def test_numbers_that_stop_being_numbers_are_said(open_page):
    page = open_page(page_of(race(BEALE, [to_nan, sgd], steps=20)))
    to_step(page, 20)
    says(page, "to_nan blew up at step 5, where its numbers stopped being numbers.")


WITH_KERNEL = """async ([module, state]) => {
  const listeners = [];
  window.model = {
    get: (name) => state[name], set: (name, value) => { state[name] = value; },
    save_changes: () => { window.asked = JSON.stringify(state.asked); },
    on: (_, listener) => listeners.push(listener), off() {},
  };
  window.answer = (answers) => { state.answers = answers; listeners.forEach((heard) => heard()); };
  const { default: widget } = await import(
    URL.createObjectURL(new Blob([module], { type: "text/javascript" })));
  widget.render({ model: window.model, el: document.querySelector("main") });
}"""


def test_with_a_kernel_an_own_rule_is_asked_for_and_its_answer_drawn(open_page):
    widget = race(ravine, [sgd, my_rule])
    page = open_page('<!doctype html><html lang="en"><title>Race</title><main></main></html>')
    page.evaluate(WITH_KERNEL, [str(widget._esm), widget.state()])
    to_step(page, 50)
    slider(page, "rate η").press("ArrowRight")
    page.wait_for_function("window.asked")
    says(page, "waiting for Python")
    widget.asked = json.loads(page.evaluate("window.asked"))
    page.evaluate("(answers) => window.answer(answers)", widget.answers)
    page.wait_for_function("() => !document.body.innerText.includes('waiting')")
    lines = [chip(page, name).locator("span").inner_text() for name in ("SGD", "my_rule")]
    assert lines[0] == lines[1]


def test_clipped_beale_arrives_when_python_says(open_page):
    page = open_page(page_of(race(BEALE, FOUR, clip=50)))
    to_step(page, 300)
    cut = partial(clip_by_global_norm, max_norm=50.0)
    for rule, label in ((sgd, "SGD"), (momentum, "momentum"), (nesterov, "Nesterov")):
        way = run(BEALE, rule, [0.5, 1.2], 0.02, steps=300, clip=cut).w
        last = np.flatnonzero(~(BEALE.distance(way) < 0.1))[-1] + 1
        page.wait_for_function(
            "([label, last]) => [...document.querySelectorAll('.ravine-chip')].some((chip) =>"
            " chip.textContent === `${label}there from step ${last} of 300`)",
            arg=[label, int(last)],
        )


def luminance(color):
    parts = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


@pytest.mark.parametrize("theme", THEMES)
def test_words_and_rules_stand_out_from_the_page(theme):
    colors = THEMES[theme]
    shown = [LOOK["rules"][name][theme] for name in RULES]
    for color in (colors["ink"], colors["accent"], colors["downhill"], *shown):
        bright, dim = sorted([luminance(color), luminance(colors["page"])], reverse=True)
        assert (bright + 0.05) / (dim + 0.05) >= 3, color


def test_turning_the_ravine_turns_the_start_and_leaves_sgd_as_it_was(open_page):
    page = open_page(page_of(race(ravine, [sgd, adam], knob="turn")))
    to_step(page, 60)
    pixels(page)
    before = [chip(page, name).inner_text() for name in ("SGD", "Adam")]
    slider(page, "angle").fill("200")  # the last notch: 45 degrees
    pixels(page)
    after = [chip(page, name).inner_text() for name in ("SGD", "Adam")]
    assert before[0] == after[0] and before[1] != after[1]
    np.testing.assert_allclose(start_of(page), np.array([-11, -9]) / np.sqrt(2), atol=0.01)


# What is written on each canvas since it was cleared: words and the box that they fill.
WRITTEN = """() => {
  const own = CanvasRenderingContext2D.prototype, { clearRect, fillText } = own;
  window.written = {};
  own.clearRect = function (...box) {
    window.written[this.canvas.className] = [];
    clearRect.apply(this, box);
  };
  own.fillText = function (text, x, y, ...rest) {
    const { className, clientWidth, clientHeight } = this.canvas;
    const width = this.measureText(text).width;
    const left = x - ({ center: width / 2, right: width }[this.textAlign] ?? 0);
    const box = [left, left + width, y, clientWidth, clientHeight];
    window.written[className]?.push([String(text), ...box]);
    fillText.call(this, text, x, y, ...rest);
  };
}"""


@pytest.mark.parametrize("width", [1040, 400])
def test_names_are_on_the_canvas_and_never_on_each_other(open_page, width):
    page = open_page(page_of(race(ravine, list(RULES.values()), knob="beta")),
                     viewport={"width": width, "height": 900})  # fmt: skip
    page.evaluate(WRITTEN)
    for rate, beta, step in np.ndindex(3, 3, 3):
        slider(page, "rate η").fill(str(50 + 70 * rate))  # of 200 notches
        slider(page, "β").fill(str(60 * beta))
        to_step(page, (4, 50, 120)[step])
        pixels(page)
        for canvas in ("ravine-map", "ravine-loss"):
            told = page.evaluate("(canvas) => window.written[canvas]", canvas)
            labels = {rule: box for rule, *box in told if re.match(NAMES, rule)}
            assert len(labels) == len(RULES), (canvas, labels)
            for name, (left, right, y, wide, high) in labels.items():
                assert left >= 0 and right <= wide and 6 <= y <= high - 6, (canvas, name)
                for other, (start, end, level, *_) in labels.items():
                    apart = name == other or left >= end or right <= start or abs(y - level) > 11.5
                    assert apart, (canvas, rate, beta, step, name, other)


@pytest.mark.parametrize("degrees", [0, 45, 90])
def test_start_and_minimum_stay_in_sight_however_the_ravine_turns(open_page, degrees):
    window = ((-12.5, 5.5), (-8.0, 1.8))
    page = open_page(page_of(race(ravine, [momentum], knob="turn", window=window)))
    slider(page, "angle").fill(str(degrees * 200 // 90))
    pixels(page)
    ring, box = (page.locator(css).bounding_box() for css in (".ravine-handle", MAP))
    for at, size in (("x", "width"), ("y", "height")):
        assert box[at] + 8 <= ring[at] + 22 <= box[at] + box[size] - 8


@pytest.mark.parametrize(
    "rates, signs", [((0.3, 1), ["Dotted"]), ((0.5, 4), ["Hatched", "Dotted"])]
)
def test_a_map_explains_the_signs_that_are_on_it_and_no_other(open_page, rates, signs):
    page = open_page(
        page_of(race(ravine(2000), [momentum], knob="beta", rates=rates, open_map=True))
    )
    heat = page.locator("canvas.ravine-heat")
    expect(heat).to_have_attribute("aria-label", re.compile("best cell needs"), timeout=30_000)
    assert re.findall("Hatched|Dotted", heat.get_attribute("aria-label")) == signs


def test_while_it_plays_the_reader_does_not_hear_of_step_0(opened):
    heard = opened.locator("p[role=status]")
    expect(heard).to_have_text(re.compile("Step 0 of 120"))
    opened.get_by_role("button", name="Play", exact=True).click()
    expect(heard).to_have_text("Playing.")
    opened.get_by_role("button", name="Pause", exact=True).click()
    expect(heard).to_have_text(re.compile(r"Step [1-9]\d* of 120"))
