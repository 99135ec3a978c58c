"""Schedules against torch's, against published numbers, and at their edges."""

import numpy as np
import pytest

from course_utils.schedules import (
    constant,
    cosine,
    exponential,
    linear,
    one_cycle,
    step_decay,
    usual_schedules,
    warmup,
    wsd,
)

ALL = {
    "constant": constant(),
    "step_decay": step_decay(7, 0.3),
    "exponential": exponential(0.97),
    "linear": linear(30, 0.1),
    "cosine": cosine(30, 0.1),
    "cosine with restarts": cosine(30, 0.1, cycles=3),
    "warmup": warmup(5),
    "warmup, then cosine": warmup(5, then=cosine(25)),
    "one_cycle": one_cycle(30),
    "one_cycle, half rising": one_cycle(40, rise=0.5, first=0.1, last=0.001),
    "wsd": wsd(30, warm=5, decay=10, floor=0.1),
}
every_schedule = pytest.mark.parametrize("schedule", ALL.values(), ids=ALL)

TORCH = {  # steps that torch defines, the class in torch.optim.lr_scheduler, its arguments
    "constant": (40, "ConstantLR", {"factor": 1.0}),
    "step_decay": (40, "StepLR", {"step_size": 7, "gamma": 0.3}),
    "exponential": (40, "ExponentialLR", {"gamma": 0.97}),
    "linear": (40, "LinearLR", {"start_factor": 1.0, "end_factor": 0.1, "total_iters": 30}),
    "cosine": (31, "CosineAnnealingLR", {"T_max": 30, "eta_min": 0.1}),
    "cosine with restarts": (
        30,
        "CosineAnnealingWarmRestarts",
        {"T_0": 10, "eta_min": 0.1},
    ),
    "one_cycle": (30, "OneCycleLR", {"max_lr": 1.0, "total_steps": 30}),
    "one_cycle, half rising": (
        40,
        "OneCycleLR",
        {
            "max_lr": 1.0,
            "total_steps": 40,
            "pct_start": 0.5,
            "div_factor": 10,
            "final_div_factor": 100,
        },
    ),
}


@pytest.mark.parametrize("name", TORCH)
def test_equals_torch(name, from_torch):
    steps, scheduler, arguments = TORCH[name]

    def factors(torch):
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
        schedule = getattr(torch.optim.lr_scheduler, scheduler)(optimizer, **arguments)
        lrs = []
        for _ in range(steps):
            lrs.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            schedule.step()
        return lrs

    np.testing.assert_allclose(ALL[name](np.arange(steps)), from_torch(factors), rtol=1e-12)


PUBLISHED = [  # id, our schedule, decimals printed there
    ("hf_cosine_with_warmup", warmup(2, then=cosine(8)), 2),
    ("hf_linear_with_warmup", warmup(2, then=linear(8)), 2),
    ("hf_constant_with_warmup", warmup(4), 2),
    ("hf_cosine_hard_restarts", warmup(2, then=cosine(8, cycles=2)), 2),
]


@pytest.mark.parametrize(("vector", "schedule", "decimals"), PUBLISHED)
def test_gives_the_published_numbers(published, vector, schedule, decimals):
    lrs = 10 * schedule(np.arange(10))
    np.testing.assert_allclose(lrs, published[vector]["expected"], atol=10.0**-decimals)


def test_giant_step_numbers_stay_exact(published):
    expected = published["optax_cosine_1e9_of_1e10"]["expected"]
    assert 1000 * cosine(10_000_000_000)(1_000_000_000) == pytest.approx(expected, abs=1e-5)


def test_a_power_of_a_schedule_is_a_schedule(published):
    squared = 0.1 * cosine(100)(np.array([0, 10, 50, 75, 100])) ** 2
    np.testing.assert_allclose(
        squared, published["optax_cosine_exponent2"]["expected"], rtol=1e-6, atol=1e-15
    )


def test_warmup_then_power_of_cosine_matches_the_published_numbers(published):
    """Any function of t can follow: here a squared cosine, between two given rates."""
    vector = published["optax_warmup_cosine_exponent2"]
    p = vector["hyperparameters"]
    low, peak, end = p["init_value"], p["peak_value"], p["end_value"]
    t, rest = np.array([0, 10, 50, 75, 100]), p["decay_steps"] - p["warmup_steps"]
    rise = low + (peak - low) * warmup(p["warmup_steps"])(t)
    fall = end + (peak - end) * cosine(rest)(np.maximum(t - p["warmup_steps"], 0)) ** 2
    lrs = np.where(t < p["warmup_steps"], rise, fall)
    np.testing.assert_allclose(lrs, vector["expected"], rtol=1e-6)


@every_schedule
def test_takes_arrays_and_integers_alike(schedule):
    t = np.arange(50)
    np.testing.assert_allclose(schedule(t), [schedule(int(k)) for k in t], rtol=1e-14)
    assert np.shape(schedule(3)) == ()


@every_schedule
def test_stays_within_0_and_1_and_keeps_its_last_value(schedule):
    factors = schedule(np.arange(1000))
    assert (factors >= 0).all() and (factors <= 1).all()
    if schedule not in (ALL["step_decay"], ALL["exponential"]):
        assert (factors[40:] == factors[40]).all()


def test_warmup_rises_in_equal_steps_from_0_and_hands_over():
    np.testing.assert_allclose(warmup(4)(np.arange(6)), [0, 0.25, 0.5, 0.75, 1, 1])
    assert warmup(4, then=linear(2))(5) == 0.5
    assert warmup(0, then=linear(2))(1) == 0.5


def test_wsd_is_warmup_a_plateau_and_a_straight_fall():
    expected = [0, 0.5, 1, 1, 1, 1, 1, 0.8, 0.6, 0.4, 0.2, 0.2]
    factors = wsd(10, warm=2, decay=4, floor=0.2)(np.arange(12))
    np.testing.assert_allclose(factors, expected)


@pytest.mark.parametrize(
    "make",
    [
        lambda: step_decay(0),
        lambda: step_decay(3, -0.1),
        lambda: exponential(0),
        lambda: linear(0),
        lambda: cosine(-1),
        lambda: cosine(10, cycles=0),
        lambda: warmup(-1),
        lambda: one_cycle(0),
        lambda: one_cycle(10, rise=0.1),
        lambda: one_cycle(10, rise=1),
        lambda: wsd(10, warm=0, decay=0),
        lambda: wsd(10, warm=6, decay=5),
    ],
)
def test_impossible_settings_get_a_sentence(make):
    with pytest.raises(ValueError, match=r"(must be|needs).*, got .*\."):
        make()


def test_for_a_fair_comparison_all_rise_alike_and_then_go_their_way():
    plans, t = usual_schedules(100, warm=10), np.arange(100)
    own_rise = plans.pop("one-cycle")
    np.testing.assert_allclose(own_rise(t), one_cycle(100)(t))
    for plan in plans.values():
        np.testing.assert_allclose(plan(t[:11]), t[:11] / 10)
    np.testing.assert_allclose(plans["WSD"](t), np.minimum(1, np.minimum(t / 10, (100 - t) / 20)))
    np.testing.assert_allclose(plans["linear"](t[10:]), (100 - t[10:]) / 90)
    np.testing.assert_allclose(plans["cosine"](t), usual_schedules(100)["warmup + cosine"](t))
