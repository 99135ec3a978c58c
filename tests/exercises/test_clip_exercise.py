"""What the exercise clipping tells its learners, against exact arithmetic and by training."""

import math
from fractions import Fraction
from functools import partial

import numpy as np
import pytest
from classroom import notebook

from course_utils import BEALE, clip_by_global_norm, momentum, run

TOLD = ["clipping_setup", "clipping", "ways", "task", "clip_runs"]


@pytest.fixture(scope="module")
def cells():
    """What the solution's cells define; checks, predictions and pictures are left out."""
    names = {}
    for cell in notebook("solutions", "clipping").cells:
        if cell.id in TOLD:
            exec(cell.source, names)
    return names


@pytest.mark.parametrize("size", [1e-200, 1e-9, 1.0, 1e9, 1e200])
@pytest.mark.parametrize("limit", [1e-3, 0.5, 2.0, math.inf])
def test_norm_and_direction_are_exact(cells, size, limit):
    """`limit` as a part of the norm; the norm from fractions, which know no overflow."""
    rng = np.random.default_rng(3)
    grads = [size * rng.normal(size=shape) for shape in [(2, 3), (4,), (1, 1)]]
    numbers = [Fraction(float(x)) / Fraction(size) for g in grads for x in g.ravel()]
    exact = size * math.sqrt(sum(x * x for x in numbers))
    clipped, norm = cells["clip_global_norm"](grads, limit * exact)
    assert norm == pytest.approx(exact, rel=1e-14)
    for new, old in zip(clipped, grads, strict=True):
        np.testing.assert_allclose(new, old * min(1.0, limit), rtol=1e-12)


def test_the_worked_example_of_the_text(cells):
    (first, second), norm = cells["clip_global_norm"]([np.array([3.0, 0.0]), np.array([4.0])], 1.0)
    assert norm == pytest.approx(5)
    assert [*first, *second] == pytest.approx([0.6, 0, 0.8])


def test_only_one_norm_for_all_keeps_the_direction(cells):
    angle = {name: math.atan2(y, x) for name, (x, y) in flat(cells["ways"]).items()}
    assert angle["one norm for all"] == pytest.approx(math.atan2(1, 4))
    assert angle["each array by itself"] == pytest.approx(math.pi / 4)
    assert angle["each number by itself"] == pytest.approx(math.pi / 4)


def flat(ways):
    return {name: np.ravel(way) for name, way in ways.items()}


def accuracy(cells, lr, clip):
    net, seeds = cells["NET"], cells["SEEDS"]
    start = net.init(seeds, scale=0.5)
    result = cells["run"](cells["TASK"], cells["sgd"], start, lr, steps=2000, clip=clip)
    clipped = (result.grad_norm[:-1] > 1).mean()
    return cells["TASK"].accuracy(result.final), clipped


def test_clipping_saves_every_run_at_the_large_rate(cells):
    lost, _ = accuracy(cells, 1.0, None)
    saved, part = accuracy(cells, 1.0, cells["clip_runs"])
    assert (lost < 0.8).all() and (saved > 0.92).all()
    assert 0.1 < part < 0.2


def test_clipping_changes_nothing_at_the_small_rate(cells):
    without, _ = accuracy(cells, 0.2, None)
    clipped, part = accuracy(cells, 0.2, cells["clip_runs"])
    assert (without > 0.92).all() and (clipped > 0.92).all()
    assert abs(np.median(without) - np.median(clipped)) < 0.02
    assert part > 0.15


def test_the_alarm_rings_without_clipping_and_never_with_it(cells):
    deep = cells["MLP"]((2, 16, 16, 1), loss="squared")
    task = cells["Classification"](deep, *cells["circle"](), batch_size=1, seeds=cells["SEEDS"])
    rings = {}
    for limit in (np.inf, 1.0):
        belt = lambda grad, limit=limit: cells["clip_runs"](grad, deep, limit)
        start = deep.init(cells["SEEDS"])
        result = cells["run"](task, cells["sgd"], start, 0.3, steps=200, clip=belt)
        rings[limit] = (~np.isfinite(result.grad_norm)).any(axis=0).sum()
    assert rings[np.inf] > 5 and rings[1.0] == 0


def test_a_limit_saves_momentum_from_the_cliff():
    arrived = {}
    for limit in (1000.0, 3.0, 0.1):
        clip = partial(clip_by_global_norm, max_norm=limit)
        path = run(BEALE, momentum, np.array([4.0, 1.5]), 0.02, steps=300, clip=clip).w
        away = BEALE.distance(path) > 0.1
        arrived[limit] = len(away) - away[::-1].argmax() if away.any() else 0
    assert arrived[1000.0] == 301 and arrived[3.0] <= 60 < arrived[0.1]
