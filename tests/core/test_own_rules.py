"""Rules as learners write them, in every style, give in many runs what they give in one."""

import functools
from itertools import islice

import numpy as np
import pytest

from course_utils.clipping import clip_by_global_norm
from course_utils.comparison import compare
from course_utils.objectives import quadratic
from course_utils.optimizers import momentum
from course_utils.rules import stateful
from course_utils.schedules import cosine
from course_utils.scores import final_loss
from course_utils.training import iterate, run
from course_utils.tuning import tune

CURVATURES = np.array([1.0, 3.0, 10.0])  # with the rates below, some runs diverge
STEPS = 12


def function(w, grad, state, lr, beta=0.9):
    v = beta * state.get("v", np.zeros_like(w)) + grad
    return w - lr * v, {"v": v}


def in_place(w, grad, state, lr, beta=0.9):
    w, v = w.copy(), state["v"].copy() if state else np.zeros_like(w)
    v *= beta
    v += grad
    w -= lr * v
    return w, {"v": v}


def guarded(w, grad, state, lr, beta=0.9):
    if "v" not in state:
        state["v"] = 0.0
    state["v"] = beta * state["v"] + grad
    return w - lr * state["v"], state


class Velocity:
    def __init__(self, beta=0.9, **others):
        self.beta, self.v = beta, None

    def step(self, w, grad, lr):
        self.v = grad if self.v is None else self.beta * self.v + grad
        w -= lr * self.v
        return w


def closure():
    v = 0.0

    def remembering(w, grad, state, lr, beta=0.9):
        nonlocal v
        v = beta * v + grad
        return w - lr * v, state

    return remembering


class Callable:
    v = 0.0

    def __call__(self, w, grad, state, lr, beta=0.9):
        self.v = beta * self.v + grad
        return w - lr * self.v, state


def closure_with_a_dict():
    memory = {"v": np.zeros(1)}

    def remembering(w, grad, state, lr, beta=0.9):
        memory["v"] = beta * memory["v"] + grad
        return w - lr * memory["v"], state

    return remembering


def of_one_run(w, grad, state, lr, beta=0.9):
    v = beta * state.get("v", 0.0) + grad / np.linalg.norm(grad)
    return w - lr * v, {"v": v}


def by_the_largest(w, grad, state, lr, beta=0.9):
    return w - lr * (1 - beta) * grad / np.abs(grad).max(), state


def with_an_if(w, grad, state, lr, beta=0.9):
    if lr > 0.05 or beta > 0.5:
        return w - 0.5 * float(lr) * grad, state
    return w - lr * grad, state


def closure_of_one_run():
    largest = 0.0

    def remembering(w, grad, state, lr, beta=0.9):
        nonlocal largest
        largest = max(beta * largest, np.linalg.norm(grad))
        return w - lr * grad / largest, state

    return remembering


STYLES = {
    "function": function,
    "in place on copies": in_place,
    "guarded first step": guarded,
    "stateful class": stateful(Velocity),
    "closure": closure(),
    "object": Callable(),
    "partial of a closure": functools.partial(closure(), beta=0.9),
    "ours": momentum,
    "closure with a dict": closure_with_a_dict(),
    "norm of one run": of_one_run,
    "largest of one run": by_the_largest,
    "if on numbers": with_an_if,
    "closure of one run": closure_of_one_run(),
}
every_style = pytest.mark.parametrize("rule", STYLES.values(), ids=STYLES)

GRIDS = {  # lr, beta, number of starts
    "rates": (np.array([0.01, 0.1, 0.3]), 0.9, None),
    "rates, as many as numbers in a point": (np.array([0.01, 0.1, 0.5]), 0.5, None),
    "beta": (0.05, np.array([0.0, 0.5, 0.99]), None),
    "rates x starts": (np.array([[0.01], [0.1]]), 0.9, 3),
    "rates x beta x starts": (np.array([[[0.01]], [[0.4]]]), np.array([[0.0], [0.5], [0.9]]), 3),
    "one rate a start": (np.array([0.01, 0.1, 0.3]), np.array([0.9, 0.0, 0.5]), 3),
}


def starts(seeds):
    return np.array([np.random.default_rng(seed).normal(size=3) for seed in np.ravel(seeds)])


def problem(seeds):
    return quadratic(CURVATURES), starts(seeds)


def alone(rule, start, lr, **options):
    return run(quadratic(CURVATURES), rule, start, float(lr), steps=STEPS, **options)


@every_style
@pytest.mark.parametrize(("lr", "beta", "n"), GRIDS.values(), ids=GRIDS)
@pytest.mark.parametrize("dressed", [False, True], ids=["plain", "schedule and clip"])
def test_many_runs_equal_one_by_one(rule, lr, beta, n, dressed):
    w = starts([0])[0] if n is None else starts(range(n))
    options = {}
    if dressed:
        options = {"schedule": cosine(STEPS), "clip": lambda grad: clip_by_global_norm(grad, 0.5)}
    together = run(quadratic(CURVATURES), rule, w, lr, steps=STEPS, beta=beta, **options)
    runs = together.loss.shape[1:]
    lrs, betas = np.broadcast_to(lr, runs), np.broadcast_to(beta, runs)
    points = np.broadcast_to(w, (*runs, 3))
    for i in np.ndindex(runs):
        one = alone(rule, points[i], lrs[i], beta=float(betas[i]), **options)
        np.testing.assert_allclose(together.w[:, *i], one.w, rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(together.loss[:, *i], one.loss, rtol=1e-12)


@every_style
def test_tune_scores_equal_one_by_one(rule):
    lrs, seeds = np.array([0.01, 0.05, 0.1, 0.4]), np.arange(5)
    tuning = tune(problem, rule, lrs, seeds, steps=STEPS)
    expected = [
        [final_loss(alone(rule, start, lr)) for start in starts(seeds)] for lr in tuning.lrs
    ]
    np.testing.assert_allclose(tuning.scores, expected, rtol=1e-12)
    assert tuning.lr == tuning.lrs[np.median(expected, axis=1).argmin()]


@every_style
def test_compare_scores_equal_one_by_one(rule):
    seeds = {"tune_seeds": range(3), "test_seeds": range(3, 8)}
    result = compare(problem, [rule], np.array([0.01, 0.05, 0.4]), steps=STEPS, **seeds)
    ((name, tuned),) = result.tuned.items()
    expected = [final_loss(alone(rule, start, tuned.lr)) for start in starts(range(3, 8))]
    np.testing.assert_allclose(result.scores[name], expected, rtol=1e-12)


def test_bounds_of_a_clip_are_runs_too():
    bounds = np.array([0.1, 1.0, 10.0])
    w, options = starts([0])[0], {"steps": STEPS}
    together = run(
        quadratic(CURVATURES), momentum, w, 0.05, clip=lambda g: clip_by_global_norm(g, bounds),
        **options,
    )  # fmt: skip
    for i, bound in enumerate(bounds):
        one = alone(momentum, w, 0.05, clip=lambda g, bound=bound: clip_by_global_norm(g, bound))
        np.testing.assert_allclose(together.w[:, i], one.w, rtol=1e-12)


def test_a_schedule_may_differ_between_runs():
    floors = np.array([0.0, 0.5, 1.0])
    w = starts([0])[0]
    together = run(
        quadratic(CURVATURES), function, w, 0.05, steps=STEPS, schedule=cosine(STEPS, floors)
    )
    assert together.lr.shape == (STEPS + 1, 3)
    for i, floor in enumerate(floors):
        one = alone(function, w, 0.05, schedule=cosine(STEPS, floor))
        np.testing.assert_allclose(together.w[:, i], one.w, rtol=1e-12)


@pytest.mark.parametrize(
    "name", ["function", "in place on copies", "stateful class", "norm of one run"]
)
def test_replay_from_any_step_gives_the_same_future(name):
    options = quadratic(CURVATURES), STYLES[name]
    steps = list(islice(iterate(*options, starts(range(3)), 0.05), 12))
    for t in (7, 0):
        for again in islice(iterate(*options, steps[t], 0.05), 12 - t):
            assert again.w.tobytes() == steps[again.t].w.tobytes()


def test_a_rule_that_draws_noise_or_prints_runs_as_it_is(capsys):
    rng = np.random.default_rng(0)

    def shaken(w, grad, state, lr):
        print("a step of", w.shape)
        return w - lr * grad + 0.01 * rng.normal(size=w.shape), state

    run(quadratic(CURVATURES), shaken, starts(range(4)), 0.1, steps=2)
    assert capsys.readouterr().out == "a step of (4, 3)\n" * 2


def test_settings_that_are_not_arrays_reach_the_rule_as_they_are():
    def curious(w, grad, state, lr, **settings):
        return w - lr * grad, {"settings": settings}

    settings = {
        "flip": True,
        "betas": (0.9, 0.99),
        "period": 3,
        "of": "walls",
        "eps": np.float64(1),
    }
    result = run(quadratic(CURVATURES), curious, starts([0]), 0.1, steps=1, **settings)
    assert result.last.state["settings"] == settings
    assert type(result.last.state["settings"]["eps"]) is float


def test_what_a_rule_remembers_outside_state_stays_in_its_run():
    rule = closure()
    first, second = (run(quadratic(CURVATURES), rule, starts([0]), 0.1, steps=5) for _ in range(2))
    np.testing.assert_array_equal(first.w, second.w)


def test_a_rule_cannot_change_the_settings_of_the_next_step():
    def greedy(w, grad, state, lr, beta):
        beta *= 0.5
        return w - lr * beta * grad, state

    with pytest.raises(ValueError, match="read-only"):
        run(quadratic(CURVATURES), greedy, starts([0]), 0.1, steps=2, beta=np.array([0.5, 0.9]))
