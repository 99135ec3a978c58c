"""What is said of predictions: 300 drawings of a kind as hands make them, and numbers."""

import re

import numpy as np
import pytest

from course_utils.widgets.bundle import bundle
from course_utils.widgets.predict_words import COLUMNS, Axis

T = np.linspace(0, 1, COLUMNS)
SHAPES = {
    "falls": 0.9 - 0.75 * T,
    "rises": 0.1 + 0.75 * T,
    "falls, then flat": 0.15 + 0.75 * np.exp(-6 * T),
    "swings": 0.5 + 0.4 * np.exp(-3 * T) * np.cos(18 * T),
    "swings and grows": 0.5 + 0.06 * np.exp(2 * T) * np.cos(18 * T),
    "dips": 0.9 - 0.75 * np.sin(np.pi * T),
    "level": 0.5 + 0 * T,
}
KINDS = {"falls, then flat": "falls", "swings and grows": "swings", "dips": "falls, then rises"}
KINDS |= {"level": "stays level"}
NEVER_OF_A_RIGHT_ONE = {"turns", "kind", "trend", "leaves", "size", "width", "early"}


def by_hand(heights, count=300, wobble=0.02, seed=0):
    """Drawings of a curve: time stretched a little, all a little off, and a smooth wobble."""
    rng = np.random.default_rng(seed)
    drawings = []
    for _ in range(count):
        stretched = np.interp(T * (1 + 0.04 * rng.normal()), T, heights)
        knots = np.interp(T, np.linspace(0, 1, 9), wobble * rng.normal(size=9))
        drawings.append(np.clip(stretched + knots + 0.02 * rng.normal(), 0, 1).round(3).tolist())
    return drawings


@pytest.fixture(scope="module")
def page(browser):
    """A page that knows the functions which compare."""
    page = browser.new_page()
    modules = {
        "predict_compare.js": "compare, kindOf: (curve) => kind(features(curve))",
        "predict_number.js": "compareNumber, parsed",
        "predict_ranking.js": "compareRanking",
    }
    for entry, names in modules.items():
        text = re.sub(r"^export default .*$", "", bundle(entry), flags=re.MULTILINE)
        page.evaluate(f"() => {{ {text}\nObject.assign(window, {{ {names} }}) }}")
    yield page
    page.close()


@pytest.fixture
def compared(page):
    """(drawings, truth, …) -> the code of what is said of each."""

    def compared(drawings, truth, scale="linear", ideas=None):
        axes = [Axis.of("step", 0, 400)._asdict(), Axis.of("y", 1e-8, 1, scale)._asdict()]
        known = [{"name": n, "curve": list(c), "text": "Why."} for n, c in (ideas or {}).items()]
        return page.evaluate(
            "([drawings, truth, x, y, ideas]) =>"
            " drawings.map((drawing) => compare(drawing, truth, x, y, ideas).code)",
            [drawings, list(truth), *axes, known],
        )

    return compared


def share(codes, *wanted):
    return np.mean([code in wanted for code in codes])


@pytest.mark.parametrize("name", SHAPES)
def test_the_kind_of_a_drawing_is_recognized(page, name):
    kinds = page.evaluate("(all) => all.map(kindOf)", by_hand(SHAPES[name]))
    assert share(kinds, KINDS.get(name, name)) >= 0.97


@pytest.mark.parametrize("name", SHAPES)
def test_a_right_drawing_is_never_called_wrong(compared, name):
    codes = compared(by_hand(SHAPES[name]), SHAPES[name], ideas={"otherwise": SHAPES["falls"] ** 2})
    assert share(codes, *NEVER_OF_A_RIGHT_ONE, "idea: otherwise") <= 0.02, set(codes)


SLOW, QUICK = 0.15 + 0.75 * np.exp(-3 * T), 0.15 + 0.75 * np.exp(-20 * T)
WRONG = {  # what is drawn, what is true, the code: at least in 95 of 100
    "no swings": (SHAPES["falls, then flat"], SHAPES["swings"], "turns"),
    "too few swings": (
        0.5 + 0.4 * np.exp(-3 * T) * np.cos(9 * T),
        0.5 + 0.4 * np.exp(-T) * np.cos(40 * T),
        "turns",
    ),
    "the other way": (SHAPES["rises"], SHAPES["falls"], "kind"),
    "growing for fading": (SHAPES["swings and grows"], SHAPES["swings"], "trend"),
    "fading for growing": (SHAPES["swings"], SHAPES["swings and grows"], "trend"),
    "too narrow": (0.5 + 0.15 * np.cos(18 * T), 0.5 + 0.45 * np.cos(18 * T), "width"),
    "flat too early": (QUICK, SLOW, "early"),
    "straight for bent": (
        0.05 + 0.85 * np.minimum(T * 6, 1),
        0.05 + 0.85 * (1 - np.exp(-6.3 * T)),
        "early",
    ),
    "flat too late": (0.9 - 0.75 * T, QUICK, "late"),
    "a hump left out": (SHAPES["level"], 0.5 + 0.2 * np.exp(-(((T - 0.3) / 0.06) ** 2)), "kind"),
    "an end too early": (0.95 - 0.7 * T, 0.95 - 0.7 * T - 0.2 * np.exp(-30 * (1 - T)), "end"),
    "a floor too high": (0.45 + 0.45 * np.exp(-9 * T), 0.15 + 0.75 * np.exp(-9 * T), "end"),
    "out of the frame": (SHAPES["rises"], SHAPES["rises"] ** 3 * 4, "leaves"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_drawing_is_told_what_is_wrong(compared, name):
    drawn, truth, code = WRONG[name]
    codes = compared(by_hand(drawn), truth)
    assert share(codes, code) >= 0.95, {c: codes.count(c) for c in set(codes)}


def test_powers_of_ten_at_the_end(compared):
    codes = compared(by_hand(0.9 - 0.3 * T), 0.9 - 0.75 * T, scale="log")
    assert share(codes, "size") >= 0.95


def test_a_usual_wrong_idea_is_named_and_only_that_one(compared):
    ideas = {"without momentum": SHAPES["falls, then flat"], "with beta = 0.9": SHAPES["level"]}
    codes = compared(by_hand(SHAPES["falls, then flat"]), SHAPES["swings"], ideas=ideas)
    assert share(codes, "idea: without momentum") >= 0.97


def test_an_idea_is_not_named_for_a_drawing_on_a_side_of_zero_where_it_never_is(page):
    x, y = Axis.of("step", 0, 400)._asdict(), Axis.of("w", -1, 1)._asdict()
    idea, truth = 0.5 + 0.5 * np.exp(-6 * T), 0.5 + 0.5 * np.exp(-T) * np.cos(18 * T)
    ideas = [{"name": "without momentum", "curve": idea.tolist(), "text": "Why."}]
    drawings = {"as it is": idea, "through zero": 0.37 + 0.63 * np.exp(-6 * T)}
    codes = [
        page.evaluate("(it) => compare(...it).code", [list(drawing), list(truth), x, y, ideas])
        for drawing in drawings.values()
    ]
    assert codes[0] == "idea: without momentum" and not codes[1].startswith("idea"), codes


@pytest.mark.parametrize("part", [slice(0, 30), slice(20, 61)])
def test_half_a_drawing_is_compared_where_it_is(compared, part):
    whole = by_hand(SHAPES["falls"], count=50)
    halves = [
        [v if i in range(*part.indices(COLUMNS)) else None for i, v in enumerate(drawing)]
        for drawing in whole
    ]
    assert share(compared(halves, SHAPES["falls"]), *NEVER_OF_A_RIGHT_ONE) <= 0.04
    assert compared([[None] * COLUMNS], SHAPES["falls"]) == ["none"]


SIZE = "Not far off."
SOME = "Before you open the explanation, think what your guess leaves out."
NUMBERS = [  # said, truth, what is said; 100 is a usual wrong number, "as many as κ"
    (None, 1354, "You have set no number yet. It is 1354 steps."),
    (1354, 1354, "You said 1354 steps, and so it is."),
    (1200, 1354, "You said 1200 steps; it is 1354 steps. Close."),
    (690, 1354, "You said 690 steps; it is 1354 steps. Yours is about 2 times too small. " + SIZE),
    (
        2700,
        1354,
        "You said 2700 steps; it is 1354 steps. Yours is about 2 times too large. " + SIZE,
    ),
    (
        600,
        1354,
        "You said 600 steps; it is 1354 steps. Yours is about 2.3 times too small. " + SIZE,
    ),
    (
        300,
        1354,
        "You said 300 steps; it is 1354 steps. Yours is about 4.5 times too small. " + SOME,
    ),
    (13540, 1354, "You said 13,540 steps; it is 1354 steps. Yours is 10 times too large. " + SOME),
    (
        2e6,
        1354,
        "You said 2,000,000 steps; it is 1354 steps. Yours is about 1500 times too large. " + SOME,
    ),
    (104, 1354, "You said 104 steps; it is 1354 steps. That is the idea “as many as κ”. Why."),
    (104, 106, "You said 104 steps; it is 106 steps. Close."),
    (-3, 1354, "You said −3 steps; it is 1354 steps. Yours is too small."),
    (0, 0, "You said 0 steps, and so it is."),
    (2, 0, "You said 2 steps; it is 0 steps. Yours is too large."),
]


BESIDE = {"beside": [0.056, 0.18]}  # the rates tried below and above 0.1


@pytest.mark.parametrize("mine, truth, text", NUMBERS)
def test_what_is_said_of_a_number(page, mine, truth, text):
    facts = {"truth": truth, "shown": str(truth), "unit": "steps", "scale": None}
    facts["ideas"] = [{"name": "as many as κ", "number": 100, "text": "Why."}]
    assert page.evaluate("(it) => compareNumber(...it).text", [mine, facts]) == text


@pytest.mark.parametrize("mine, close", [(0.15, True), (0.06, True), (0.2, False), (0.05, False)])
def test_between_the_best_rate_tried_and_the_next_a_number_is_close(page, mine, close):
    facts = {"truth": 0.1, "shown": "0.1", "unit": "", "scale": None, "ideas": []}
    text = page.evaluate("(it) => compareNumber(...it).text", [mine, facts | BESIDE])
    assert text.endswith("Close: nothing between the two was tried.") == close


@pytest.mark.parametrize(
    "typed, number",
    [
        ("300", 300), ("0.5", 0.5), ("0,5", 0.5), ("0,125", 0.125), ("1,25", 1.25), ("1,250", 1250),
        ("1,250,000.5", 1250000.5), ("12 500", 12500), ("1_000", 1000), ("−3", -3), ("1e-3", 1e-3),
        ("", None), ("many", None), ("1,2,3", None), ("3 or 4", None),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_meant(page, typed, number):
    assert (
        page.evaluate("(text) => [parsed(text)].map((n) => isNaN(n) ? null : n)[0]", typed)
        == number
    )


@pytest.mark.parametrize("mine, close", [(0.44, True), (0.65, False), (-0.2, False)])
def test_on_an_even_scale_close_is_a_part_of_the_scale(page, mine, close):
    scale = {"low": -1, "high": 1, "log": False}
    facts = {"truth": 0.5, "shown": "0.5", "unit": "", "scale": scale, "ideas": []}
    text = page.evaluate("(it) => compareNumber(...it).text", [mine, facts])
    assert text.endswith("Close.") == close


ORDERS = [
    (None, "You have set no order yet."),
    (["a", "b", "c"], "All in their places."),
    (["c", "b", "a"], "1 of 3 in their places. Farthest off: c, place 1 in your order, really 3."),
]


@pytest.mark.parametrize("mine, text", ORDERS)
def test_what_is_said_of_an_order(page, mine, text):
    said = page.evaluate("(it) => compareRanking(...it).text", [mine, ["a", "b", "c"]])
    assert said.startswith(text)
