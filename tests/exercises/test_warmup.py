"""What the exercise warmup tells its learners, against exact fractions and by training."""

from fractions import Fraction
from math import cos, pi

import numpy as np
import pytest
from classroom import notebook

TOLD = ["warmup_setup", "warmup", "warmup_scheduler", "warmup_loop", "mended", "train", "arms"]


@pytest.fixture(scope="module")
def cells():
    """What the solution's cells define; checks, predictions and pictures are left out."""
    names = {}
    for cell in notebook("solutions", "warmup").cells:
        if cell.id in [*TOLD, "measures"]:
            exec(cell.source, names)
    return names


@pytest.fixture(scope="module")
def trained(cells):
    """{(largest rate, schedule): the run from 100 starts}."""
    return {
        (lr, name): cells["train"](rates)
        for lr in (3.0, 0.3)
        for name, rates in cells["schedules"](lr).items()
    }


def reached(result):
    return (result.metrics["accuracy"][-1] >= 0.9).sum()


@pytest.mark.parametrize("fraction", [0, 0.125, 0.25, 0.5, 1])
def test_the_schedule_is_the_one_of_fractions(cells, fraction):
    """With cos² of half the angle, and W and p exact."""
    total, max_lr, warmup = 16, 0.7, Fraction(fraction) * 16
    for t in range(total + 6):
        if t < warmup:
            share = t / warmup
        elif t < total:
            share = cos(pi / 2 * (t - warmup) / (total - warmup)) ** 2
        else:
            share = 0
        rate = cells["warmup_cosine"](t, total, max_lr, fraction)
        assert rate == pytest.approx(max_lr * float(share), rel=1e-12, abs=1e-15)


def test_the_worked_example_of_the_text(cells):
    steps = np.array([0, 1, 5, 10, 15, 20, 25])
    rates = cells["warmup_cosine"](steps, 20, 2.0, 0.25)
    np.testing.assert_allclose(rates, [0, 0.4, 2, 1.5, 0.5, 0, 0], rtol=1e-12, atol=1e-15)


def test_only_the_first_update_of_the_scheduler_is_wrong(cells):
    schedule = lambda t: cells["warmup_cosine"](t, 300, 3.0)
    used = cells["rates_used"](cells["Scheduler"], 3.0, schedule, 300)
    mended = cells["rates_used"](cells["mended"], 3.0, schedule, 300)
    meant = schedule(np.arange(300))
    assert used[0] == 3.0 and meant[0] == 0.0
    np.testing.assert_array_equal(used[1:], meant[1:])
    np.testing.assert_array_equal(mended, meant)


def test_warmup_makes_a_large_rate_safe_and_the_bug_undoes_it(trained):
    assert reached(trained[3.0, "warmup"]) == 100
    assert reached(trained[3.0, "no warmup"]) < 50
    assert reached(trained[3.0, "warmup, with the bug"]) < 50


def test_warmup_is_slower_where_the_rate_is_safe_anyway(cells, trained):
    names = ["no warmup", "warmup", "warmup, with the bug"]
    assert [reached(trained[0.3, name]) for name in names] == [100] * 3
    slow, fast = (cells["updates_to_90"](trained[0.3, name]) for name in ("warmup", "no warmup"))
    assert np.median(slow) > 1.5 * np.median(fast)


def test_units_die_without_the_warmup(cells, trained):
    dead = {key: cells["dead_units"](result).mean() for key, result in trained.items()}
    assert min(dead[3.0, "no warmup"], dead[3.0, "warmup, with the bug"]) > 4
    assert dead[3.0, "warmup"] < 2 and dead[0.3, "no warmup"] < 1


def test_the_first_update_moves_each_weight_by_the_rate(cells):
    task = cells["Classification"](cells["NET"], *cells["circle"]())
    start = cells["NET"].init(np.arange(100), scale=0.5)
    moved = cells["run"](task, cells["adam"], start, 3.0, steps=1).final - start
    grad = task(start, 0)[1]
    np.testing.assert_allclose(moved[grad != 0], -3.0 * np.sign(grad[grad != 0]), rtol=1e-2)
