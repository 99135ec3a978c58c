"""The playground in a bare page: it trains as Python does, answers its controls, uses words."""

import numpy as np
import pytest
from bare import page_of

from course_utils import MLP, RULES, Classification, playground, run
from course_utils.widgets.bundle import bundle

STEPS = 40
FULL = {"hidden": 8, "activation": "relu", "hyper": {}, "batch": 200, "schedule": "constant"}


@pytest.fixture(scope="module")
def everything():
    return playground(knobs=("data", "rule", "schedule", "lr", "beta", "batch", "hidden", "units"))


@pytest.fixture
def page(open_page, everything):
    page = open_page(page_of(everything))
    page.locator(".ravine-playground").wait_for()
    return page


def facts(page):
    return page.locator(".ravine-facts").inner_text()


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("data", ["circle", "moons", "spirals"])
def test_learning_follows_python(browser, everything, name, data):
    """Full batches, all seeds at once: the losses over steps are those of ``run``."""
    points = everything.scene["data"][data]
    X, y = np.reshape(points["X"], (-1, 2)), np.array(points["y"], float)
    net, seeds = MLP((2, 8, 1)), np.arange(3)
    task = Classification(net, X, y)
    expected = run(task, RULES[name], net.init(seeds), 0.02, steps=STEPS).loss
    settings = FULL | {"rule": name, "lr": 0.02, "steps": STEPS}
    page = browser.new_page()
    page.add_script_tag(
        content=f"(() => {{ {bundle('learning.js')}\nlearn = learning; }})();var learn;"
    )
    found = page.evaluate(
        """([data, normals, settings]) => {
          const run = learn(data, normals, { ...settings, max_norm: Infinity });
          run.advance(settings.steps);
          return [...run.loss];
        }""",
        [points, everything.scene["normals"][:3], settings],
    )
    page.close()
    np.testing.assert_allclose(np.reshape(found, (-1, 3)), expected, rtol=1e-7)


def test_it_opens_at_step_0_and_plays(page):
    assert facts(page).startswith("Step 0, epoch 0")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("() => +document.querySelector('[name=step]').value > 20")
    assert "Step 0" not in facts(page)


@pytest.mark.parametrize("choice", ["moons", "sgd", "cosine"])
def test_a_choice_changes_what_is_seen(page, choice):
    page.get_by_role("slider", name="step").fill("60")
    page.wait_for_timeout(100)
    before = page.locator(".ravine-playground").screenshot()
    page.get_by_role("button", name=choice, exact=True).click()
    page.wait_for_timeout(100)
    assert page.locator(".ravine-playground").screenshot() != before


@pytest.mark.parametrize("knob", ["lr", "beta", "batch", "hidden", "units"])
def test_a_key_on_a_knob_changes_what_is_seen(page, knob):
    page.get_by_role("slider", name="step").fill("60")
    page.wait_for_timeout(100)
    before = page.locator("canvas").first.screenshot()
    page.locator(f"[name={knob}]").focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft" if knob in ("batch", "hidden") else "ArrowRight")
    page.wait_for_timeout(200)
    assert page.locator("canvas").first.screenshot() != before


def test_nothing_moves_whatever_it_says(page):
    page.get_by_role("button", name="sgd", exact=True).click()
    below = page.locator(".ravine-below")
    place, lengths = below.bounding_box(), set()
    for rate in ("100", "190", "200"):  # of 200 notches; at high rates the caption says more
        page.locator("[name=lr]").fill(rate)
        page.get_by_role("slider", name="step").fill("400")
        page.wait_for_timeout(200)
        lengths.add(len(facts(page)))
        assert below.bounding_box() == place
    assert max(lengths) > min(lengths) + 40


def test_back_to_the_start_gives_the_same_start(page):
    first = page.locator("canvas").first.screenshot()
    page.get_by_role("slider", name="step").fill("30")
    page.wait_for_timeout(100)
    page.get_by_role("button", name="back to the start").click()
    page.wait_for_timeout(100)
    assert page.locator("canvas").first.screenshot() == first


def test_a_network_that_blows_up_is_told_in_words(page):
    page.get_by_role("button", name="sgd", exact=True).click()
    page.locator("[name=units]").fill("200")
    page.locator("[name=lr]").fill("200")
    page.get_by_role("slider", name="step").fill("400")
    page.wait_for_function(
        "() => document.querySelector('.ravine-facts').innerText.includes('400')"
    )
    assert "0 of 10 starts have 95%" in facts(page)


@pytest.mark.parametrize(
    "losses, swings",
    [
        ([3.1, 0.7, 2.1], True), ([1, 2], True), ([0.5], False),
        (np.linspace(1, 0.1, 40).tolist(), False), (np.abs(np.linspace(-1, 1, 40)), False),
    ],
)  # fmt: skip
def test_a_curve_that_goes_to_and_fro_is_told_from_one_that_goes_on(browser, losses, swings):
    page = browser.new_page()
    code = bundle("playground_draw.js")
    page.add_script_tag(content=f"(() => {{ {code}\nfound = lately; }})();var found;")
    told = page.evaluate("(v) => found((t) => v[t % v.length], 30)", [float(v) for v in losses])
    page.close()
    assert told[2] == swings


def test_a_loss_that_jumps_is_told_in_words(page):
    page.get_by_role("button", name="sgd", exact=True).click()
    page.locator("[name=lr]").fill("200")
    page.get_by_role("slider", name="step").fill("400")
    page.wait_for_function(
        "() => document.querySelector('.ravine-facts').innerText.includes('400')"
    )
    assert "From step to step its loss jumps between 0." in facts(page)


def test_nothing_keeps_anybody_out(page, axe):
    page.evaluate(axe)
    found = page.evaluate("async () => (await axe.run()).violations.map((v) => v.id)")
    assert found == []


def test_wrong_arguments_get_a_sentence():
    with pytest.raises(
        ValueError, match="data_set must be of circle, moons, spirals; got 'square'"
    ):
        playground(data_set="square")
    with pytest.raises(ValueError, match="hidden must be between 1 and 16, got 99"):
        playground(hidden=99)


def test_it_is_small_and_has_words_and_a_picture(everything):
    shown = everything.static()
    assert len(shown["text/html"]) < 80_000 and shown["image/png"]
    assert "10 random starts" in shown["text/plain"]
