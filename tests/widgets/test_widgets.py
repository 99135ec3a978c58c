"""The race from the kernel's side: what is computed and sent, callbacks, rules gone wrong."""

import base64
import json
import re
from functools import partial

import numpy as np
import pytest

from course_utils.clipping import clip_by_global_norm
from course_utils.optimizers import adam, momentum, sgd
from course_utils.surfaces import BEALE, RAVINE, ROSENBROCK, SADDLE, Surface, ravine
from course_utils.training import run
from course_utils.widgets import heats
from course_utils.widgets.race import race

LRS = np.array([0.001, 0.01, 0.03])
CLIP = partial(clip_by_global_norm, max_norm=50.0)
SLOPE = Surface(
    "slope", lambda x, y: x, lambda x, y: (1 + 0 * x, 0 * y), (0, 0), [], [(-1, 1), (-1, 1)]
)
SURFACES = [BEALE, RAVINE, SADDLE, ROSENBROCK, SLOPE]


def plain_momentum(w, grad, state, lr):
    v = 0.9 * state.get("v", 0.0) + grad
    return w - lr * v, {"v": v}


def one_run_only(w, grad, state, lr):  # mixes what it takes for one point with other runs
    return w - lr * grad / np.linalg.norm(grad), state


def one_number_only(w, grad, state, lr):
    return w - float(lr) * grad, state


def to_nan(w, grad, state, lr):
    t = state.get("t", 0) + 1
    return (w - lr * grad if t < 5 else w * np.nan), {"t": t}


def broken(w, grad, state, lr):
    raise ZeroDivisionError("division by nothing")


def late_to_raise(w, grad, state, lr):
    t = state.get("t", 0) + 1
    if t > 22:
        raise ZeroDivisionError("division by nothing")
    return w - lr * grad, {"t": t}


RULES = [adam, plain_momentum, one_run_only, one_number_only, sgd]


@pytest.mark.parametrize("rules", [RULES, RULES[::-1], [adam, sgd]], ids=len)
def test_each_run_of_a_race_is_what_it_does_alone(rules):
    start, options = BEALE.start + 0.1, {"steps": 25, "clip": CLIP}
    done, sentences = heats.heats(BEALE, rules, start, LRS, **options)
    assert list(done) == [rule.__name__ for rule in rules] and sentences == []
    for rule, heat in zip(rules, done.values(), strict=True):
        for i, lr in enumerate(LRS):
            alone = run(BEALE, rule, start, lr, **options)
            np.testing.assert_allclose(heat.w[:, i], alone.w, rtol=1e-9)
            np.testing.assert_allclose(heat.loss[:, i], alone.loss, rtol=1e-9)


def test_a_rule_that_raises_late_gets_a_sentence_and_the_others_race():
    options = {"steps": 25, "clip": CLIP}
    done, sentences = heats.heats(BEALE, [sgd, late_to_raise], BEALE.start, LRS, **options)
    assert list(done) == ["sgd"] and sentences[0].startswith("late_to_raise can't race.")


def test_packed_numbers_give_back_positions_losses_and_reversals():
    heat = heats.one_by_one(BEALE, momentum, BEALE.start, LRS, steps=60, clip=CLIP)
    box = heats.box_of(BEALE.window)
    packed = heats.pack(heat, box).astype(float)
    assert packed.shape == (3, 61, 4)
    for axis, (low, high) in enumerate(box):
        inside = np.clip(heat.w[..., axis].T, low, high)
        along = low + (packed[..., axis] / 32767 + 1) / 2 * (high - low)
        np.testing.assert_allclose(along, inside, atol=(high - low) / 65534)
    np.testing.assert_allclose(10 ** (packed[..., 2] / 1000), heat.loss.T, rtol=2e-3)
    np.testing.assert_array_equal(packed[..., 3], heats.reversals(heat.w).T)


@pytest.mark.parametrize("surface, floor", [(BEALE, 0), (SADDLE, -0.25), (SLOPE, -0.2)])
def test_losses_below_zero_are_packed_above_a_floor(surface, floor):
    heat = heats.one_by_one(surface, sgd, surface.start, np.array([0.01]), steps=20, clip=CLIP)
    assert heats.floor_under(surface, [heat]) == pytest.approx(floor)
    packed = heats.pack(heat, heats.box_of(surface.window), floor)[0, :-1, 2].astype(float)
    np.testing.assert_allclose(
        10 ** (packed / 1000) + floor, heat.loss[:-1, 0], rtol=0.01, atol=0.01
    )


def test_what_is_not_finite_is_marked_and_leaves_the_others_alone():
    heat = heats.one_by_one(BEALE, to_nan, BEALE.start, LRS, steps=9)
    packed = heats.pack(heat, heats.box_of(BEALE.window))
    assert (packed[:, 5:] == heats.NONE).all() and (packed[:, :5] != heats.NONE).all()
    assert (heats.arrivals(BEALE, heat, 1e9) == -1).all()


def test_reversals_count_steps_that_turn_back():
    w = np.array([[0, 0], [1, 0], [0.5, 0], [1, 0], [1, 1], [1, 2]], float)[:, None]
    assert heats.reversals(w)[:, 0].tolist() == [0, 0, 1, 2, 2, 2]


def test_to_arrive_is_to_come_near_and_stay():
    x = [9.0, 0.05, 9.0, 0.05, 0.0]
    w = np.stack([np.array([x, x[::-1]]).T, np.zeros((5, 2))], axis=-1)
    heat = heats.Heat(w, w[..., 0])
    assert heats.arrivals(RAVINE, heat, 0.1).tolist() == [3, -1]


@pytest.mark.parametrize(
    "surface", [BEALE, RAVINE, SADDLE, ROSENBROCK, SLOPE], ids=lambda s: s.name
)
def test_every_surface_can_be_raced_on(surface):
    widget = race(surface, [sgd, momentum], steps=20)
    assert widget.heat["names"] == ["sgd", "momentum"] and not widget.heat["sentences"]
    assert len(widget.paths) == 2 * len(widget.scene["lrs"]) * 21 * 4 * 2
    assert json.loads(json.dumps(widget.scene, allow_nan=False))["window"]


def test_moving_the_start_runs_the_race_again():
    widget = race(BEALE, [sgd], steps=20)
    before = widget.paths
    widget.start = [1.0, 1.0]
    first = np.frombuffer(widget.paths, "<i2")[:2]
    low, high = np.array(heats.box_of(BEALE.window)).T
    np.testing.assert_allclose(low + (first / 32767 + 1) / 2 * (high - low), [1, 1], atol=1e-3)
    assert widget.paths != before


def test_another_condition_number_makes_another_ravine():
    widget = race(ravine, [sgd, momentum], steps=20)
    before = widget.scene["contours"], widget.paths
    widget.condition = 10.0
    assert widget.scene["title"] == "ravine, condition number 10"
    assert widget.scene["contours"] != before[0] and widget.paths != before[1]


def test_no_rule_gets_a_sentence():
    widget = race(BEALE, [])
    assert widget.heat["sentences"][0].startswith("There is no rule to race.")
    assert widget.picture()["image/png"]


def test_a_rule_that_raises_gets_a_sentence_and_the_others_race():
    widget = race(BEALE, [broken, sgd], steps=20)
    assert widget.heat["names"] == ["sgd"]
    (sentence,) = widget.heat["sentences"]
    assert sentence == "broken can't race. It raised ZeroDivisionError: division by nothing"
    widget.start = [1.0, 1.0]
    assert widget.heat["sentences"] == [sentence]


def test_two_rules_of_one_name_get_a_sentence():
    widget = race(BEALE, [sgd, sgd], steps=20)
    assert widget.heat["names"] == ["sgd"]
    assert widget.heat["sentences"] == ["Two rules are named sgd; only the first one races."]


def test_a_given_start_is_where_reset_goes_back_to():
    widget = race(BEALE, [sgd], steps=20, start=(1, 1))
    widget.start = [2.0, 1.0]
    assert widget.scene["home"] == [1.0, 1.0]


def test_the_goal_knows_the_soonest_arrival():
    widget = race(BEALE, [momentum], lrs=[0.005, 0.02, 0.03], clip=CLIP, goal=("momentum", 0.1))
    none, *some = widget.heat["arrived"]["momentum"]
    assert none == -1
    for lr, step in zip((0.02, 0.03), some, strict=True):
        path = run(BEALE, momentum, BEALE.start, lr, steps=300, clip=CLIP).w
        near = BEALE.distance(path) < 0.1
        assert near[step:].all() and not near[step - 1]


def test_the_bundle_works_without_a_kernel_and_has_words_and_a_picture():
    widget = race(BEALE, [sgd, momentum], steps=20)
    data, _ = widget._repr_mimebundle_()
    assert data["text/plain"] == widget.alt and "sgd and momentum" in widget.alt
    assert f'alt="{widget.alt}"' in data["text/html"]
    assert "http" not in re.sub(r"base64,[\w+/=]+", "", data["text/html"])
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    stored = re.findall(r'"base64,([\w+/=]+)"', data["text/html"])
    state, paths = map(base64.b64decode, stored)
    assert json.loads(state)["heat"]["names"] == ["sgd", "momentum"] and paths == widget.paths
