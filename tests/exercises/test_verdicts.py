"""A verdict is right only for what is right: outcomes of every kind, each changed in every way."""

import itertools

import numpy as np
import pytest

from course_utils.checks.difference import TOLERANCE, difference
from course_utils.checks.outcome import leaves
from course_utils.checks.verdict import KEEPS, NEARLY, WHOLE, verdict

OUTCOMES = {  # what a check may return
    "a number": 2.5,
    "a whole number": 3,
    "a NumPy number": np.float32(7.5),
    "an array": np.array([1.0, -2.0, 3e-5]),
    "a table": np.arange(6.0).reshape(2, 3) + 1,
    "a tuple": (1.5, np.array([2.0, 3.0])),
    "a list": [1.0, 2.0, 3.0],
    "nested": {"first": (1.0, [2.0, 3.0]), "second": {"a": np.ones(2), "b": 4.0}},
    "named": {"w": np.array([1.0, 2.0]), "velocity": np.array([3.0, 4.0])},
    "zeros": {"rest": np.zeros(3), "w": 1.0},
    "huge and tiny": {"huge": 1e300, "tiny": 1e-300},
    "infinite": np.array([np.inf, 1.0, -np.inf]),
    "not a number": np.array([np.nan, 1.0]),
    "true and false": np.array([True, False]),
}


def came(result):
    return dict(leaves(result))


def judged(result, expected):
    return verdict({"values": came(result)}, {"expected": came(expected), "mistakes": {}})


@pytest.mark.parametrize("kind", OUTCOMES)
def test_what_is_right_is_right(kind):
    assert judged(OUTCOMES[kind], OUTCOMES[kind]).right


@pytest.mark.parametrize(("kind", "other"), list(itertools.permutations(OUTCOMES, 2)))
def test_another_outcome_is_wrong(kind, other):
    assert not judged(OUTCOMES[other], OUTCOMES[kind]).right


@pytest.mark.parametrize(
    "other", [None, "text", {}, (), [], np.array([]), object(), 1 + 2j, np.nan]
)
@pytest.mark.parametrize("kind", OUTCOMES)
def test_nothing_text_and_nan_are_wrong(kind, other):
    assert not judged(other, OUTCOMES[kind]).right


@pytest.mark.parametrize("expected", [{}, (), None, "text", np.array(None)])
def test_where_no_numbers_are_expected_nothing_is_right(expected):
    for result in [expected, 1.0, None]:
        assert not judged(result, expected).right


def changed(leaf):
    """A leaf, changed by little more than the tolerance, in shape, in number and in kind."""
    values, shape = leaf["values"], leaf["shape"]
    finite = [abs(x) for x in values if np.isfinite(x)]
    gap = 1.01 * TOLERANCE * max(finite, default=1) or 1e-300
    for i, value in enumerate(values):
        for new in (value + gap, value - gap, np.nan, np.inf, -np.inf, None, "1"):
            if new != value and not (value != value and new != new):
                yield {"shape": shape, "values": [*values[:i], new, *values[i + 1 :]]}
    yield {"shape": [*shape, 1], "values": values}
    yield {"shape": [len(values) + 1], "values": [*values, 1.0]}
    yield {"shape": [0], "values": []}
    yield {"type": "list"}
    yield from (None, [], {}, 1.0, "1", {"shape": shape}, {"values": values})


@pytest.mark.parametrize("kind", OUTCOMES)
def test_every_change_of_a_leaf_is_found_and_told(kind):
    expected = came(OUTCOMES[kind])
    for path, leaf in expected.items():
        for other in changed(leaf):
            values = expected | {path: other}
            found = verdict({"values": values}, {"expected": expected, "mistakes": {}})
            assert not found.right, other
            came_line, expected_line, *_ = found.lines
            assert came_line.split(None, 1)[1] != expected_line.split(None, 1)[1]


@pytest.mark.parametrize("kind", OUTCOMES)
def test_leaves_that_lack_and_extra_leaves_are_wrong(kind):
    expected = came(OUTCOMES[kind])
    for path in expected:
        less = {other: leaf for other, leaf in expected.items() if other != path}
        assert difference(less, expected) is not None
        assert difference(expected, less) is not None
        assert difference(expected | {f"{path}[7]": expected[path]}, expected) is not None
    assert difference(expected | {"extra": {"shape": [], "values": [1.0]}}, expected) is not None


def test_within_the_tolerance_all_is_right():
    for kind in ("a number", "an array", "a table", "named", "huge and tiny"):
        expected = came(OUTCOMES[kind])
        for path, leaf in expected.items():
            gap = 0.9 * TOLERANCE * max(map(abs, leaf["values"]))
            near = {"shape": leaf["shape"], "values": [x + gap for x in leaf["values"]]}
            assert difference(expected | {path: near}, expected) is None


@pytest.mark.parametrize(
    ("result", "expected", "lines"),
    [
        (np.ones(3), (np.ones(3), 2.0), ["result = [1, 1, 1], shape (3,)", "result = 2 values"]),
        ((1.0, 2.0, 3.0), (1.0, 2.0), ["result = 3 values", "result = 2 values"]),
        (
            {"w": [1.0, 2.0]},
            {"w": np.array([1.0, 2.0])},
            ["w = a list of 2 values", "w = [1, 2], shape (2,)"],
        ),
        ({"w": None}, {"w": 1.0}, ["w = None", "w = 1"]),
        (
            {"w": np.array([1.0])},
            {"w": np.array(1.0)},
            ["w = [1], shape (1,)", "w = 1"],
        ),
        (
            {"w": np.arange(9.0)},
            {"w": np.r_[np.arange(8.0), 9]},
            ["w = […, 8], shape (9,)", "w = […, 9], shape (9,)"],
        ),
        ({"w": 1.0001001}, {"w": 1.0}, ["w = 1.0001", "w = 1"]),
        ({"w": "x"}, {"w": 1.0}, ["w = not numbers but str", "w = 1"]),
        ({}, {"w": 1.0}, ["w = nothing", "w = 1"]),
    ],
)
def test_came_and_expected_show_the_difference(result, expected, lines):
    found = judged(result, expected)
    assert [line.split(None, 1)[1] for line in found.lines[:2]] == lines
    assert found.lines[2:] == ((found.cause,) if found.cause in (NEARLY, WHOLE) else ())


ONE, OTHER = ({"values": came(OUTCOMES[kind])} for kind in ("named", "zeros"))
BROKEN = {"trouble": "Your code stopped in `f`."}
EXPECTED = came({"w": np.array([1.0, 2.0]), "velocity": np.array([3.0, 5.0])})


@pytest.mark.parametrize(
    ("first", "again", "keeps"),
    [
        (ONE, ONE, False),
        (ONE, OTHER, True),
        (ONE, BROKEN, True),
        (BROKEN, BROKEN | {"trouble": "at 0x7f"}, False),
        ({"values": came({"w": np.nan})}, {"values": came({"w": np.nan})}, False),
        ({"values": came({"w": "text"})}, {"values": came({"w": "text"})}, False),
    ],
)
def test_another_result_on_the_same_numbers_is_told_of(first, again, keeps):
    found = verdict(first, {"expected": EXPECTED, "mistakes": {}}, again=again)
    assert not found.right and (found.cause == KEEPS) == keeps


def test_of_two_mistakes_that_give_the_same_the_likely_one_is_told():
    stored = {"expected": EXPECTED, "mistakes": dict.fromkeys(["a", "b"], [ONE["values"]])}
    assert verdict(ONE, stored).cause == "a"
    assert verdict(ONE, stored, likely=["c", "b", "a"]).cause == "b"


def test_the_shape_is_told_where_the_numbers_are_not():
    expected = came({"w": np.ones((2, 3)), "v": 1.0})
    stored = {"expected": expected, "mistakes": {}}
    found = verdict({"values": came({"w": np.ones(6), "v": 1.0})}, stored, reveal=False)
    assert found.lines[1:] == ("Its shape should be (2, 3).",)


@pytest.mark.parametrize(("off", "near"), [(2e-4, True), (9e-3, True), (2e-2, False)])
def test_nearly_right_is_told_so(off, near):
    expected = came({"w": np.array([1.0, 2.0])})
    mine = came({"w": np.array([1.0, 2.0 * (1 + off)])})
    found = verdict({"values": mine}, {"expected": expected, "mistakes": {}})
    assert not found.right and (found.cause == NEARLY) == near


@pytest.mark.parametrize(
    ("mine", "right", "cut"),
    [
        ([1.0, 2.0], [1.4, 2.9], True),
        ([0.0, 0.0], [1e-20, 2e-20], True),
        ([1.0, 5.0], [1.4, 2.9], False),
        ([1.5, 2.0], [1.4, 2.9], False),
        ([2.0, 3.0], [1.0, 2.0], False),
        ([np.nan, np.inf], [1.4, 2.9], False),
    ],
)
def test_whole_numbers_in_place_of_others_are_told(mine, right, cut):
    found = judged({"w": np.array(mine)}, {"w": np.array(right)})
    assert not found.right and (found.cause == WHOLE) == cut


def test_a_list_in_place_of_an_array_is_told():
    stored = {"expected": came({"w": np.array([1.5, 2.5])}), "mistakes": {}}
    found = verdict({"values": came({"w": [1.0, 2.0]})}, stored, reveal=False)
    assert found.lines[1:] == ("It should be an array of shape (2,).",)
