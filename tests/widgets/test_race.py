"""The race from the kernel's side: what is sent, what is refused with a sentence, own rules."""

import base64
import json
import re
from functools import partial

import numpy as np
import pytest

from course_utils.clipping import clip_by_global_norm, clip_by_value
from course_utils.objectives import quadratic
from course_utils.optimizers import RULES, adam, momentum, nesterov, sgd
from course_utils.schedules import cosine
from course_utils.surfaces import BEALE, RAVINE, SURFACES, Surface, ravine
from course_utils.training import run
from course_utils.widgets import twins
from course_utils.widgets.race import race

SLOPE = Surface(
    "slope", lambda x, y: x, lambda x, y: (1 + 0 * x, 0 * y), (0, 0), [], [(-1, 1), (-1, 1)]
)


def my_momentum(w, grad, state, lr, beta=0.9):
    v = beta * state.get("v", 0.0) + grad
    return w - lr * v, {"v": v}


def forgot_the_start(w, grad, state, lr):
    return w - lr * state["v"], {"v": grad}


def broken(w, grad, state, lr):
    raise ZeroDivisionError("division by nothing")


def to_nan(w, grad, state, lr):
    t = state.get("t", 0) + 1
    return (w - lr * grad if t < 5 else w * np.nan), {"t": t}


def test_all_surfaces_and_rules_of_the_course_have_twins():
    for surface in [*SURFACES.values(), ravine(7.0)]:
        widget = race(surface, list(RULES.values()))
        assert widget.scene["twin"] and not widget.answers["runs"], surface.name
        assert all(rule["twin"] == rule["name"] for rule in widget.scene["rules"])
    assert race(ravine(7.0), sgd).scene["settings"]["condition"] == 7.0


@pytest.mark.parametrize(
    "surface",
    [BEALE, ravine, SLOPE, quadratic([1.0, 9.0])],
    ids=["beale", "any ravine", "a surface of one's own", "an objective"],
)
def test_a_scene_is_plain_json_and_has_a_first_setting(surface):
    widget = race(surface, sgd, start=(1.0, 0.5))
    scene = json.loads(json.dumps(widget.state(), allow_nan=False))["scene"]
    assert scene["home"] == [1.0, 0.5] and scene["settings"]["lr"] > 0
    low, high = (scene["knobs"][0][end] for end in ("low", "high"))
    assert low < scene["settings"]["lr"] < high


@pytest.mark.parametrize("open_map", [True, False, None])
def test_the_map_of_settings_is_open_closed_or_not_there(open_map):
    shown = race(ravine, [sgd, momentum], knob="beta", open_map=open_map).scene["map"]
    assert shown is None if open_map is None else shown["open"] is open_map


def test_a_single_rule_will_do():
    assert [rule["name"] for rule in race(BEALE, sgd).scene["rules"]] == ["sgd"]


def test_knobs_start_at_what_was_given_or_at_the_default_of_the_rule():
    scene = race(ravine, [sgd, momentum, adam], knob=["beta", "beta2"], beta=0.5, lr=0.1).scene
    values = {knob["name"]: knob["value"] for knob in scene["knobs"]}
    assert values == {"lr": 0.1, "beta": 0.5, "beta2": 0.999, "condition": 100.0}
    assert race(BEALE, sgd, lr=7.0).scene["knobs"][0]["high"] == 7.0


@pytest.mark.parametrize(
    "clip, how, limits",
    [
        (50, "clip_by_global_norm", {"max_norm": 50.0}),
        (partial(clip_by_global_norm, max_norm=2), "clip_by_global_norm", {"max_norm": 2.0}),
        (partial(clip_by_value, limit=3), "clip_by_value", {"limit": 3.0}),
    ],
)
def test_clipping_is_told_by_name_and_limit(clip, how, limits):
    scene = race(BEALE, sgd, clip=clip).scene
    assert scene["clip"] == how and limits.items() <= scene["settings"].items()


def test_a_schedule_is_sent_as_its_factors():
    factors = race(BEALE, sgd, schedule=cosine(300)).scene["factors"]
    np.testing.assert_allclose(factors[:301], [cosine(300)(t) for t in range(301)])


def test_partial_fixes_a_hyperparameter_and_has_its_own_name():
    first, second = race(ravine, [partial(momentum, beta=0.5), momentum], knob="beta").scene[
        "rules"
    ]
    assert first["name"] == "momentum(beta=0.5)" and first["hyper"] == {"beta": 0.5}
    assert first["takes"] == [] and second["takes"] == ["beta"]


@pytest.mark.parametrize(
    "make, sentence",
    [
        (lambda: race(BEALE, []), "There is no rule to race"),
        (lambda: race(BEALE, [sgd, sgd]), "Two rules are named sgd"),
        (lambda: race(BEALE, ["sgd"]), "must be a function"),
        (lambda: race(3, sgd), "needs a surface such as BEALE"),
        (lambda: race(lambda w, t: (w @ w, 2 * w), sgd), "say where to start"),
        (lambda: race(lambda w: w @ w, sgd, start=(1, 1)), r"calls an objective as f\(w, t\)"),
        (lambda: race(quadratic([1.0, 2.0, 3.0]), sgd, start=(1, 1)), "w an array of two numbers"),
        (lambda: race(lambda w, t: (w @ w, w[:1]), sgd, start=(1, 1)), "a grad of shape"),
        (lambda: race(BEALE, [sgd], goal=("adam", 40)), "The goal is for adam, which is not in"),
        (lambda: race(BEALE, [sgd], knob="beta"), "No rule of this race has 'beta'"),
        (lambda: race(BEALE, [sgd], beta=0.5), "No rule of this race has 'beta'"),
        (lambda: race(BEALE, [sgd], knob="condition"), "is a knob of the ravine"),
        (lambda: race(BEALE, [sgd], clip=lambda g: g), "race takes clip=50"),
        (lambda: race(BEALE, [sgd], presets={"x": {"speed": 1}}), "The preset 'x' sets speed"),
        (lambda: race(BEALE, [sgd], presets={"x": {"follow": "adam"}}), "which is not in the race"),
    ],
    ids=range(15),
)
def test_what_does_not_fit_gets_a_sentence(make, sentence):
    with pytest.raises((TypeError, ValueError), match=sentence):
        make()


def answers(widget, **changes):
    asked = {"settings": widget.scene["settings"] | changes, "start": [1.0, 1.0], "key": "k"}
    widget.asked = asked
    assert widget.answers["key"] == "k"
    return widget.answers["runs"]


def test_an_own_rule_runs_in_the_kernel_with_the_settings_of_the_knobs():
    widget = race(ravine, [sgd, my_momentum], knob="beta", clip=0.7, steps=30)
    assert list(widget.answers["runs"]) == ["my_momentum"]
    mine = answers(widget, lr=0.2, beta=0.5, condition=10.0)["my_momentum"]
    cut = partial(clip_by_global_norm, max_norm=0.7)
    theirs = run(ravine(10.0), momentum, [1.0, 1.0], 0.2, steps=30, clip=cut, beta=0.5)
    np.testing.assert_allclose(mine["way"], theirs.w.ravel(), rtol=1e-5)
    np.testing.assert_allclose(mine["loss"], theirs.loss, rtol=1e-5)
    np.testing.assert_allclose(mine["slopes"], ravine(10.0)(theirs.w)[1].ravel(), rtol=1e-5)


def test_on_an_own_surface_every_rule_runs_in_the_kernel():
    widget = race(quadratic([1.0, 9.0]), [sgd, adam], start=(2.0, 1.0), lr=0.1, steps=20)
    assert set(widget.answers["runs"]) == {"sgd", "adam"} and widget.scene["twin"] is None
    np.testing.assert_allclose(answers(widget)["sgd"]["way"][:4], [1.0, 1.0, 0.9, 0.1], rtol=1e-5)
    grid = widget.scene["heights"]
    (left, _), (bottom, _) = grid["window"]
    assert grid["values"][0] == pytest.approx((left**2 + 9 * bottom**2) / 2, rel=1e-4)


@pytest.mark.parametrize(
    "rule, words",
    [
        (broken, "broken can't race. It raised ZeroDivisionError: division by nothing"),
        (forgot_the_start, "Write state.get('v', 0.0)"),
    ],
)
def test_a_rule_that_raises_gets_a_sentence_and_the_others_race(rule, words):
    widget = race(BEALE, [rule, sgd], steps=20)
    assert words in widget.answers["runs"][rule.__name__]["trouble"]
    assert widget.picture().startswith(b"\x89PNG")


def test_a_run_is_sent_up_to_where_it_stops_being_numbers():
    assert len(race(BEALE, to_nan, steps=20).answers["runs"]["to_nan"]["loss"]) == 5


def test_turned_surfaces_have_the_heights_slopes_and_minima_of_the_turned_points():
    surface, points = twins.turned(BEALE, 30), np.random.default_rng(0).normal(size=(9, 2))
    c, s = np.cos(np.pi / 6), np.sin(np.pi / 6)
    back = points @ np.array([[c, -s], [s, c]])
    loss, grad = BEALE(back)
    np.testing.assert_allclose(surface(points)[0], loss)
    np.testing.assert_allclose(surface(points)[1], grad @ np.array([[c, s], [-s, c]]))
    np.testing.assert_allclose(surface(surface.minima)[0], 0, atol=1e-20)


def test_a_race_is_stored_small_with_words_and_a_picture():
    data = race(ravine, [sgd, momentum, nesterov, adam], knob="beta").static()
    assert sum(map(len, data.values())) < 110_000
    assert "lets SGD, momentum, Nesterov and Adam walk" in data["text/plain"]
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert "http" not in re.sub(r"base64,[\w+/=]+", "", data["text/html"])


def test_the_picture_shows_the_opening():
    assert race(RAVINE, [sgd]).picture() == race(ravine, [sgd]).picture()


def test_the_picture_does_not_tell_how_the_race_goes():
    assert race(RAVINE, [sgd]).picture() == race(RAVINE, [momentum, adam], lr=1.9).picture()


def test_the_start_turns_with_the_ravine_unless_it_is_given():
    np.testing.assert_allclose(race(ravine, sgd, knob="turn", turn=90).scene["home"], [-1, -10])
    assert race(ravine, sgd, knob="turn", turn=90, start=(3, 4)).scene["home"] == [3, 4]


def test_two_settings_of_one_rule_look_different():
    rules = race(ravine, [momentum, partial(momentum, beta=0.5), my_momentum]).scene["rules"]
    assert len({json.dumps(rule["look"]) for rule in rules}) == 3
