"""Descents: what is recorded, how runs are formed, replay, divergence, sentences for bad input."""

from itertools import islice, product

import numpy as np
import pytest

from course_utils.clipping import clip_by_global_norm, global_norm
from course_utils.data import circle
from course_utils.network import MLP
from course_utils.objectives import Classification, quadratic
from course_utils.optimizers import RULES, adam, momentum, sgd
from course_utils.schedules import cosine, warmup
from course_utils.surfaces import BEALE, RAVINE
from course_utils.training import Step, iterate, run

NET = MLP()
SEEDS = np.arange(3)
CIRCLE = Classification(NET, *circle(), batch_size=32, seeds=SEEDS)
ONE_BY_ONE = Classification(NET, *circle(), batch_size=1, seeds=SEEDS)
OBJECTIVES = {
    "surface": (RAVINE, RAVINE.start + np.arange(3)[:, None] / 10),
    "quadratic": (quadratic(np.logspace(0, 2, 6)), np.ones((3, 6)) + np.arange(3)[:, None]),
    "circle, batch 32": (CIRCLE, NET.init(SEEDS)),
    "circle, batch 1": (ONE_BY_ONE, NET.init(SEEDS)),
}
every_objective = pytest.mark.parametrize("name", OBJECTIVES)
every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


def clip(grad):
    return clip_by_global_norm(grad, 0.5)


def test_the_record_is_what_a_plain_loop_sees():
    schedule, w, state = warmup(3, then=cosine(20)), BEALE.start, {}
    result = run(
        BEALE, adam, BEALE.start, 0.1, steps=20, schedule=schedule, clip=clip, beta1=0.8,
        metrics={"distance": BEALE.distance},
    )  # fmt: skip
    for t in range(21):
        loss, grad = BEALE(w)
        np.testing.assert_allclose(result.w[t], w, rtol=1e-14)
        np.testing.assert_allclose(result.loss[t], loss, rtol=1e-13)
        np.testing.assert_allclose(result.grad_norm[t], global_norm(grad), rtol=1e-13)
        assert result.lr[t] == pytest.approx(0.1 * schedule(t))
        assert result.metrics["distance"][t] == pytest.approx(BEALE.distance(w))
        w, state = adam(w, clip(grad), state, 0.1 * schedule(t), beta1=0.8)
    assert result.name == "adam" and result.t.tolist() == list(range(21))
    np.testing.assert_array_equal(result.final, result.w[20])
    assert not result.diverged


@every_objective
@every_rule
def test_runs_equal_one_by_one(name, rule):
    objective, starts = OBJECTIVES[name]
    lrs = np.array([[0.01], [0.003]])
    together = run(objective, rule, starts, lrs, steps=25, clip=clip)
    assert together.loss.shape == (26, 2, 3) and together.w.shape == (26, 2, 3, starts.shape[1])
    for i, lr in enumerate(lrs[:, 0]):
        for j, start in enumerate(starts):
            one = objective
            if isinstance(objective, Classification):
                one = Classification(NET, *circle(), objective.batch_size, seeds=SEEDS[j])
            alone = run(one, rule, start, lr, steps=25, clip=clip)
            np.testing.assert_allclose(together.w[:, i, j], alone.w, rtol=1e-11, atol=1e-12)
            np.testing.assert_allclose(together.loss[:, i, j], alone.loss, rtol=1e-10)


@every_objective
@every_rule
def test_replay_from_any_step_gives_the_same_future(name, rule):
    objective, starts = OBJECTIVES[name]
    options = {"schedule": warmup(4, then=cosine(12)), "clip": clip}
    steps = list(islice(iterate(objective, rule, starts, 0.01, **options), 15))
    for t in (9, 14, 0):
        for again in islice(iterate(objective, rule, steps[t], 0.01, **options), 15 - t):
            then = steps[again.t]
            assert again.w.tobytes() == then.w.tobytes() and again.lr == then.lr
            assert again.loss.tobytes() == then.loss.tobytes()


def test_run_goes_on_from_a_step():
    whole = run(BEALE, momentum, BEALE.start, 1e-3, steps=30)
    first = run(BEALE, momentum, BEALE.start, 1e-3, steps=12)
    rest = run(BEALE, momentum, first.last, 1e-3, steps=18)
    np.testing.assert_array_equal(whole.w[12:], rest.w)
    assert rest.t.tolist() == list(range(12, 31))


@every_objective
def test_a_diverging_run_leaves_its_neighbors_alone(name):
    objective, starts = OBJECTIVES[name]
    calm = run(objective, momentum, starts, np.array([0.01, 0.01, 0.01]), steps=400)
    mixed = run(objective, momentum, starts, np.array([0.01, 1e80, 0.01]), steps=400)
    assert mixed.diverged.tolist() == [False, True, False] and not calm.diverged.any()
    assert not np.isfinite(mixed.final[1]).all()
    for kept in (0, 2):
        assert calm.w[:, kept].tobytes() == mixed.w[:, kept].tobytes()
        assert calm.loss[:, kept].tobytes() == mixed.loss[:, kept].tobytes()


@pytest.mark.parametrize(
    ("start", "lr", "hyper", "runs"),
    [
        (np.ones(2), 0.1, {}, ()),
        (np.ones((4, 2)), 0.1, {}, (4,)),
        (np.ones(2), np.full(4, 0.1), {}, (4,)),
        (np.ones((4, 2)), np.full((3, 1), 0.1), {}, (3, 4)),
        (np.ones(2), 0.1, {"beta": np.array([0.5, 0.9])}, (2,)),
        (np.ones((4, 2)), np.full((3, 1), 0.1), {"beta": np.full((5, 1, 1), 0.9)}, (5, 3, 4)),
    ],
)
def test_start_rates_and_hyperparameters_form_one_set_of_runs(start, lr, hyper, runs):
    result = run(
        RAVINE, momentum, start, lr, steps=3, metrics={"loss": lambda w: RAVINE(w)[0]}, **hyper
    )
    assert result.loss.shape == result.grad_norm.shape == (4, *runs)
    assert result.w.shape == (4, *runs, 2) and result.final.shape == (*runs, 2)
    assert result.metrics["loss"].shape == (4, *runs) and result.diverged.shape == runs


def test_seeds_of_the_objective_are_runs_too():
    result = run(CIRCLE, sgd, NET.init(0), 0.1, steps=2)
    assert result.w.shape == (3, 3, NET.d)
    assert (result.w[0] == result.w[0, 0]).all() and not (result.w[1] == result.w[1, 0]).all()


def test_every_thins_points_and_metrics_but_not_losses():
    result = run(
        RAVINE, sgd, RAVINE.start, 0.1, steps=10, every=4, metrics={"x": lambda w: w[..., 0]}
    )
    assert result.t.tolist() == [0, 4, 8, 10] and len(result.loss) == 11
    full = run(RAVINE, sgd, RAVINE.start, 0.1, steps=10)
    np.testing.assert_array_equal(result.w, full.w[[0, 4, 8, 10]])
    np.testing.assert_array_equal(result.metrics["x"], result.w[:, 0])
    assert run(RAVINE, sgd, RAVINE.start, 0.1, steps=10, keep_path=False).w is None


@every_rule
def test_float32_stays_float32(rule):
    for (objective, starts), lr in product(
        OBJECTIVES.values(), (0.01, np.float64(0.01), np.array(0.01), np.full(3, 0.01))
    ):
        result = run(
            objective, rule, starts.astype(np.float32), lr, steps=3, schedule=warmup(2), clip=clip
        )
        assert result.w.dtype == result.loss.dtype == result.grad_norm.dtype == np.float32
        assert result.final.dtype == result.last.grad.dtype == np.float32


def test_the_callers_start_and_settings_stay_as_they_are():
    start, before = np.ones((3, 2)), np.geterr()

    def in_place(w, grad, state, lr):
        w -= lr * grad
        return w, state

    result = run(RAVINE, in_place, start, 0.5, steps=2)
    assert (start == 1).all() and np.geterr() == before
    np.testing.assert_array_equal(result.w, run(RAVINE, sgd, start, 0.5, steps=2).w)
    steps = iterate(RAVINE, sgd, start, 0.5)
    next(steps)
    assert np.geterr() == before


def test_lists_and_whole_numbers_make_a_start():
    assert run(RAVINE, sgd, [1, 2], 0.1, steps=1).w.dtype == float


def test_progress_says_where_it_is(capsys):
    run(RAVINE, sgd, RAVINE.start, 0.1, steps=4, progress=True)
    printed = capsys.readouterr().out
    assert "50 % of 4 steps" in printed and printed.endswith("100 % of 4 steps\n")


def no_state(w, grad, state, lr):
    return w - lr * grad


def no_return(w, grad, state, lr):
    w - lr * grad


def too_long(w, grad, state, lr):
    return np.concatenate([w, w], axis=-1), state


def forgets(w, grad, state, lr):
    v = 0.9 * state["v"] + grad
    return w - lr * v, {"v": v}


def test_a_key_that_is_missing_later_is_the_rules_own_error():
    def mistyped(w, grad, state, lr):
        return w - lr * grad, {"v": state["V"] if state else grad}

    with pytest.raises(KeyError, match="V"):
        run(RAVINE, mistyped, RAVINE.start, 0.1, steps=2)


class Stepper:
    def step(self, w, grad, lr):
        return w - lr * grad


BAD = [
    ({"steps": 0}, ValueError, "steps must be a whole number of 1 or more, got 0"),
    ({"steps": 2.5}, ValueError, "steps must be a whole number"),
    ({"every": 0}, ValueError, "every must be a whole number of 1 or more, got 0"),
    ({"lr": -0.1}, ValueError, "lr must be 0 or more, got -0.1"),
    ({"lr": np.array([0.1, np.nan])}, ValueError, "lr must be 0 or more"),
    ({"lr": [0.1, 0.2]}, TypeError, "lr is a list; make it an array over runs: np.array.lr."),
    ({"lr": "0.1"}, TypeError, "lr must be a number or an array of numbers, got '0.1'"),
    ({"lr": None}, TypeError, "lr must be a number or an array of numbers, got None"),
    ({"optimizer": momentum, "beta": [0, 0.9]}, TypeError, "beta is a list; make it an array"),
    ({"optimizer": forgets}, LookupError, r"looks up state\['v'\], but .* Write state.get\('v'"),
    ({"optimizer": lambda w, grad, lr: w}, TypeError, r"A rule takes \(w, grad, state, lr, …\)"),
    ({"objective": lambda w: w.sum()}, TypeError, r"must take \(w, t\).*<lambda> takes \(w\)"),
    ({"objective": 3.0}, TypeError, r"must be a function of \(w, t\), got 3.0"),
    ({"clip": lambda grad: None}, ValueError, r"clip must return a gradient of shape \(2,\)"),
    ({"w": np.array([np.nan, 1])}, ValueError, "start holds NaN or inf"),
    ({"w": 3.0}, ValueError, "start must be an array of shape"),
    ({"w": np.ones((3, 2)), "lr": np.ones(4)}, ValueError, "don't fit together: .*give lr"),
    ({"optimizer": "adam"}, TypeError, "must be a function such as adam, got 'adam'"),
    ({"optimizer": Stepper}, TypeError, r"Pass stateful\(Stepper\)"),
    ({"optimizer": no_state}, TypeError, r"must return \(w, state\).*got one ndarray"),
    ({"optimizer": no_return}, TypeError, r"must return \(w, state\).*got None"),
    ({"optimizer": too_long}, ValueError, r"returned w of shape \(4,\); it was given \(2,\)"),
    ({"beta1": 0.9}, TypeError, "sgd has no hyperparameters, got 'beta1'"),
    ({"optimizer": adam, "beta": 0.9}, TypeError, "no hyperparameter 'beta'; it has beta1, b"),
    ({"objective": lambda w, t: w.sum()}, TypeError, r"\(loss, grad\), got one float64"),
    ({"objective": lambda w, t: None}, TypeError, r"must return \(loss, grad\), got None"),
    ({"objective": lambda w, t: (w, w)}, ValueError, r"a loss of shape \(\) and a grad"),
    ({"objective": lambda w, t: (0.0, w[:1])}, ValueError, r"got \(\) and \(1,\)"),
    (
        {"w": np.ones((3, 2)), "objective": lambda w, t: (w.sum(), w)},
        ValueError,
        r"a loss of shape \(3,\).*got \(\) and \(3, 2\)",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("change", "error", "sentence"), BAD)
def test_bad_input_gets_a_sentence(change, error, sentence):
    good = {"objective": RAVINE, "optimizer": sgd, "w": RAVINE.start, "lr": 0.1, "steps": 3}
    with pytest.raises(error, match=sentence):
        run(**good | change)


def test_a_rate_of_0_stays_at_the_start():
    result = run(RAVINE, adam, RAVINE.start, np.array([0.0, 0.1]), steps=3)
    assert (result.w[:, 0] == RAVINE.start).all() and not (result.w[3, 1] == RAVINE.start).any()


def test_iterate_diverges_without_a_warning():
    steps = list(islice(iterate(quadratic([1.0, 2.0]), sgd, np.ones(2), 1e200), 4))
    assert not np.isfinite(steps[-1].loss) and np.isfinite(steps[0].loss)


def test_iterate_refuses_bad_input_at_once():
    with pytest.raises(ValueError, match="lr must be 0 or more"):
        iterate(RAVINE, sgd, RAVINE.start, -1.0)


def test_a_step_shows_the_gradient_before_clipping():
    step = next(iterate(RAVINE, sgd, RAVINE.start, 0.1, clip=clip))
    assert isinstance(step, Step) and step.t == 0 and step.state == {}
    np.testing.assert_array_equal(step.grad, RAVINE(RAVINE.start)[1])
