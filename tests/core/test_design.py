"""The mean loss of a schedule and the best one: simulations, differences, a closed form."""

import numpy as np
import pytest

from course_utils import noisy, quadratic, run, sgd, usual_schedules
from course_utils.design import best_height, best_schedule, mean_loss

BOWL = {"curvatures": [0.1, 1.0], "start": [-4.0, 1.0], "deviation": 0.5}
STEPS = 60
RATES = 0.9 * usual_schedules(STEPS)["cosine"](np.arange(STEPS))


def test_mean_loss_is_the_mean_over_many_runs():
    starts = np.tile(BOWL["start"], (20_000, 1))
    bowl = noisy(quadratic(BOWL["curvatures"]), BOWL["deviation"])
    way = run(bowl, sgd, starts, 0.9, steps=STEPS, schedule=usual_schedules(STEPS)["cosine"])
    assert mean_loss(RATES, **BOWL)[0] == pytest.approx(way.loss[-1].mean(), rel=0.03)


def test_its_slope_is_that_of_finite_differences():
    h = 1e-6 * np.eye(STEPS)
    ahead, behind = (mean_loss(RATES + side * h, **BOWL)[0] for side in (1, -1))
    np.testing.assert_allclose(mean_loss(RATES, **BOWL)[1], (ahead - behind) / 2e-6, rtol=1e-5)


def test_runs_come_first():
    many = np.stack([RATES, 0.5 * RATES])
    loss, slope = mean_loss(many, **BOWL)
    for k in range(2):
        alone = mean_loss(many[k], **BOWL)
        np.testing.assert_allclose([loss[k], *slope[k]], [alone[0], *alone[1]])


def test_in_one_direction_the_best_rate_weighs_what_is_left_against_noise():
    """Each step alone is best at η = λ m / (λ² m + σ²), and then all of them are."""
    m, expected = 9.0, []
    for _ in range(20):
        expected.append(2 * m / (4 * m + 1))
        m = (1 - 2 * expected[-1]) ** 2 * m + expected[-1] ** 2
    found = best_schedule([2.0], [3.0], 1.0, steps=20, highest=1.0)
    np.testing.assert_allclose(found, expected, rtol=0.02)


def test_no_usual_schedule_is_better_at_any_height():
    best = best_schedule(**BOWL, steps=STEPS, highest=2.0)
    assert (best <= 2).all()
    for schedule in usual_schedules(STEPS).values():
        rates = best_height(schedule, **BOWL, steps=STEPS, highest=2.0)
        np.testing.assert_allclose(rates / rates.max(), schedule(np.arange(STEPS)), atol=0.05)
        assert rates.max() <= 2 and mean_loss(best, **BOWL)[0] < mean_loss(rates, **BOWL)[0]
        for other in (0.8 * rates, rates * min(1.2, 2 / rates.max())):
            assert mean_loss(rates, **BOWL)[0] <= 1.001 * mean_loss(other, **BOWL)[0]
