"""What is said of a drawing beside a real curve: what a sentence must say, and what it must not."""

import re

import numpy as np
import pytest

from course_utils.widgets.bundle import bundle
from course_utils.widgets.predict_words import COLUMNS, Axis

T, FINE = np.linspace(0, 1, COLUMNS), np.linspace(0, 1, 4 * (COLUMNS - 1) + 1)
RIGHT = "Close|shape is right"
TOLD_OFF = "Yours|turns|swings"


def jitter(size, points=FINE.size, seed=0):
    """Noise that is new at each of some points, on the grid of a real curve."""
    drawn = np.random.default_rng(seed).normal(size=points)
    return size * np.interp(FINE, np.linspace(0, 1, points), drawn)


def decay(t, low=0.15, high=0.9, rate=6):
    return low + (high - low) * np.exp(-rate * t)


def climb(t, low=0.1, level=0.6, rate=8):
    return level - (level - low) * np.exp(-rate * t)


def swing(t, height=0.4, fade=3, speed=18):
    return 0.5 + height * np.exp(-fade * t) * np.cos(speed * t)


def from_column(first, drawing):
    """A drawing that begins some columns after the left edge."""
    return np.where(np.arange(COLUMNS) < first, np.nan, drawing)


# A wiggle about a level, as five rounds of Muon leave it; a fall from a known start, then a climb.
ROUNDS = np.where(FINE < 0.03, FINE / 0.03 * 0.7, 0.6 + 0.13 * np.sin(58 * FINE))
PLUNGE = np.where(FINE < 0.02, 0.9 - 40 * FINE, climb(FINE - 0.02))
HUMP = 0.3 + 0.5 * np.exp(-(((T - 0.3) / 0.12) ** 2))
LATE_HUMP = 0.3 + 0.5 * np.exp(-(((FINE - 0.45) / 0.12) ** 2))

VERDICTS = {  # drawing, real curve, what must be said, what must not
    "about 1, for a wiggle about 1": (0 * T + 0.62, ROUNDS, "level right", "turns|Yours"),
    "a climb, for a wiggle": (climb(T, 0, 0.6, 40), ROUNDS, "level right", "turns|Yours"),
    "level, for noise": (0 * T + 0.5, 0.5 + jitter(0.1), RIGHT, TOLD_OFF),
    "level, for noise of few points": (0 * T + 0.5, 0.5 + jitter(0.07, 60), RIGHT, TOLD_OFF),
    "a fall, for a noisy fall": (decay(T), decay(FINE) + jitter(0.05), RIGHT, TOLD_OFF),
    "a fall, for noise of few points": (decay(T), decay(FINE) + jitter(0.04, 40), RIGHT, TOLD_OFF),
    "a climb that stays, for one with a bump": (
        climb(T, 0.1, 0.25),
        climb(FINE, 0.1, 0.25) + 0.11 * np.exp(-(((FINE - 0.16) / 0.03) ** 2)),
        RIGHT,
        TOLD_OFF,
    ),
    "a fall, for one that dips a little below": (
        decay(T),
        decay(FINE) - 0.08 * np.exp(-(((FINE - 0.5) / 0.1) ** 2)),
        RIGHT,
        "Yours falls;|rises|turn",
    ),
    "no swings": (decay(T), swing(FINE), "the real one swings", RIGHT),
    "level in the middle of wide swings": (
        0 * T + 0.5,
        swing(FINE, fade=0.5, speed=40),
        "the real one swings",
        f"level right|{RIGHT}",
    ),
    "level beside swings": (0 * T + 0.9, swing(FINE), "the real one swings", "level right|Close"),
    "a swing too few": (swing(T, 0.4, 1, 22), swing(FINE, 0.4, 1, 25), "[Cc]lose|apart", "turns"),
    "swings too narrow": (swing(T, 0.15, 0), swing(FINE, 0.4, 0), "swings wider", "turns"),
    "the other way": (0.1 + 0.75 * T, 0.9 - 0.75 * FINE, "Yours rises; the real one falls", RIGHT),
    "a dip that does not come back": (
        decay(T),
        0.9 - 0.75 * np.sin(np.pi * FINE),
        "real one falls, then rises",
        "turn|" + RIGHT,
    ),
    "a hump too early": (HUMP, LATE_HUMP, "step", "Yours rises"),
    "a level too high": (decay(T, 0.45, rate=9), decay(FINE, rate=9), "end at 0.45.*0.15", "Yours"),
    "flat too early": (decay(T, rate=20), decay(FINE, rate=3), "near its end from", "one falls"),
    "half a fall": (
        from_column(25, decay(T, rate=2)),
        decay(FINE, rate=2),
        "Close.*You drew step 167 to 400",
        TOLD_OFF,
    ),
}  # fmt: skip
LATE = f"{TOLD_OFF}|only that"
STARTED = {  # the same, where the question shows that the curve begins at 0.9
    "a climb joining the start": (from_column(2, climb(T)), PLUNGE, RIGHT, LATE),
    "a climb from the first column": (climb(T), PLUNGE, RIGHT, TOLD_OFF),
    "a fall that begins late": (from_column(6, decay(T)), decay(FINE), RIGHT, LATE),
    "half a fall": (from_column(30, decay(T, rate=2)), decay(FINE, rate=2), "only that", TOLD_OFF),
}  # fmt: skip


@pytest.fixture(scope="module")
def say(browser):
    """(drawing, real curve, start, high) -> what is said, with heights from 0 to `high`."""
    page = browser.new_page()
    text = re.sub(r"^export default .*$", "", bundle("predict_compare.js"), flags=re.MULTILINE)
    page.evaluate(f"() => {{ {text}\nObject.assign(window, {{ compare }}) }}")

    def listed(curve):
        return [None if np.isnan(v) else round(float(v), 4) for v in curve]

    def say(drawing, truth, start=None, y=("y", 0, 1)):
        x, y = Axis.of("step", 0, 400)._asdict(), Axis.of(*y)._asdict()
        state = [listed(drawing), listed(truth), x, y, [], start]
        return page.evaluate("(it) => compare(...it).text", state)

    yield say
    page.close()


@pytest.mark.parametrize("wobble", range(3))
@pytest.mark.parametrize("name", VERDICTS)
def test_a_sentence_says_what_differs_most_and_nothing_tiny(say, name, wobble):
    drawing, truth, must, never = VERDICTS[name]
    said = say(by_hand(drawing, wobble), truth)
    assert re.search(must, said) and not re.search(never, said), said


@pytest.mark.parametrize("name", STARTED)
def test_a_drawing_joins_the_known_start(say, name):
    drawing, truth, must, never = STARTED[name]
    said = say(drawing, truth, start=0.9)
    assert re.search(must, said) and not re.search(never, said), said


def test_long_numbers_have_commas_and_powers_are_words(say):
    said = say(0.5 + 0 * T, 0.2 + 0 * FINE, y=("steps", 0, 500_000))
    assert "250,000" in said and "100,000" in said
    said = say(0.9 - 0.2 * T, 0.9 - 0.6 * FINE, y=("loss", 1e-10, 1, "log"))
    assert "4 powers of ten" in said


def by_hand(drawing, seed):
    """The drawing as a hand makes it: a smooth wobble of a hundredth; none for seed 0."""
    knots = 0.01 * (seed > 0) * np.random.default_rng(seed).normal(size=9)
    return np.clip(drawing + np.interp(T, np.linspace(0, 1, 9), knots), 0, 1)
