"""Tuning and comparing: the right rate, the right runs, honest intervals."""

from functools import partial
from math import comb

import numpy as np
import pytest

from course_utils.comparison import Comparison, compare, tuned_runs
from course_utils.objectives import quadratic
from course_utils.optimizers import momentum, nesterov, sgd
from course_utils.schedules import constant, cosine
from course_utils.scores import final_loss, quartiles, steps_to
from course_utils.tables import table
from course_utils.training import run
from course_utils.tuning import tune

CURVATURES = np.array([1.0, 100.0])
LRS = np.linspace(0.001, 0.02, 20)


def problem(seeds):
    starts = [np.random.default_rng(seed).normal(size=2) for seed in np.ravel(seeds)]
    return quadratic(CURVATURES), np.array(starts)


def test_tune_finds_the_best_rate_of_theory():
    """SGD on a quadratic is fastest at 2 / (λ_min + λ_max), and above 2 / λ_max it diverges."""
    best = tune(problem, sgd, LRS, range(9), steps=600, score=steps_to(1e-6))
    assert best.lr == pytest.approx(2 / CURVATURES.sum(), abs=LRS[1] - LRS[0])
    assert best.scores.shape == (20, 9) and not best.at_edge and best.name == "sgd"
    assert np.isinf(best.scores[LRS * CURVATURES.max() > 1.99999]).all()


def test_tune_says_when_the_grid_is_too_narrow():
    assert tune(problem, sgd, LRS[:5], range(3), steps=200).at_edge
    assert tune(problem, sgd, LRS[:5], range(3), steps=200).ends == [f"sgd's lr = {LRS[4]:g}"]


def test_every_schedule_runs_at_its_own_best_height():
    schedules = {"constant": constant(), "double": lambda t: 2.0 + 0.0 * t}
    seeds = {"tune_seeds": range(4), "test_seeds": range(4, 7)}
    ways = tuned_runs(
        problem, sgd, schedules, LRS, steps=60, metrics={"w0": lambda w: w[..., 0]}, **seeds
    )
    best = tune(problem, sgd, LRS, range(4), steps=60).lr
    assert ways["constant"].lr.max() == best and ways["constant"].metrics["w0"].shape == (61, 3)
    assert ways["double"].lr.max() == pytest.approx(best, abs=1.01 * (LRS[1] - LRS[0]))


def test_scores_equal_single_runs():
    best = tune(problem, momentum, LRS, range(4), steps=50)
    objective, starts = problem(range(4))
    for i, j in ((0, 0), (7, 3), (19, 1)):
        alone = run(objective, momentum, starts[j], LRS[i], steps=50)
        assert best.scores[i, j] == pytest.approx(final_loss(alone), rel=1e-12)


def test_final_loss_is_the_mean_of_the_last_tenth_and_inf_for_a_diverged_run():
    objective, starts = problem([0])
    calm = run(objective, sgd, starts[0], 0.01, steps=50)
    assert final_loss(calm) == pytest.approx(calm.loss[-5:].mean())
    assert np.isinf(final_loss(run(objective, sgd, starts[0], 1e10, steps=50)))


def test_steps_to_is_the_first_step_at_the_target():
    objective, starts = problem([0])
    result = run(objective, sgd, starts, np.array([[0.01], [1e-9]]), steps=400)
    first, never = steps_to(1e-3)(result)[:, 0]
    assert steps_to(result.loss[7, 0, 0])(result)[0, 0] == 7  # falls at every step
    assert result.loss[int(first), 0] <= 1e-3 < result.loss[int(first) - 1, 0]
    assert np.isinf(never)


def test_steps_to_may_watch_a_metric_at_the_steps_where_it_was_taken():
    watch, lrs = {"metrics": {"far": lambda w: abs(w[..., 0])}, "every": 5}, np.array([[0.1], [0]])
    result = run(quadratic([1.0]), sgd, np.ones((1, 1)), lrs, steps=50, **watch)
    # 0.9 ** 25 = 0.072 is the first below a tenth of those at 0, 5, 10 …
    assert steps_to(0.1, metric="far")(result)[:, 0].tolist() == [25, np.inf]


def test_steps_to_stay_counts_from_the_last_time_above_the_target():
    swinging = run(quadratic([1.0]), momentum, np.ones((1, 1)), np.array([0.5]), steps=200)
    above = np.flatnonzero(swinging.loss[:, 0] > 1e-3)
    assert steps_to(1e-3)(swinging) < steps_to(1e-3, stay=True)(swinging) == above[-1] + 1
    assert np.isinf(steps_to(swinging.loss[-1, 0] / 2, stay=True)(swinging))


def test_compare_scores_each_rule_at_its_own_rate_on_fresh_seeds():
    options = {"steps": 300, "score": steps_to(1e-6)}
    result = compare(
        problem, [sgd, momentum], LRS, tune_seeds=range(5), test_seeds=range(5, 25), **options
    )
    assert list(result.scores) == ["sgd", "momentum"]
    for rule in (sgd, momentum):
        tuned = tune(problem, rule, LRS, range(5), **options)
        assert result.tuned[rule.__name__].lr == tuned.lr
        objective, starts = problem(range(5, 25))
        fresh = steps_to(1e-6)(run(objective, rule, starts, tuned.lr, steps=300))
        np.testing.assert_array_equal(result.scores[rule.__name__], fresh)
    lines = result.table().splitlines()
    assert len(lines) == 3 and lines[1].split()[0] == "sgd" and "to" in lines[2]


def test_tune_takes_rates_in_any_order():
    mixed = tune(problem, sgd, LRS[::-1], range(3), steps=100)
    in_order = tune(problem, sgd, LRS, range(3), steps=100)
    assert mixed.lr == in_order.lr and mixed.lrs.tolist() == sorted(LRS)
    np.testing.assert_array_equal(mixed.scores, in_order.scores)


@pytest.mark.parametrize(
    ("lrs", "edge", "words"),
    [
        (LRS[:5], True, "sgd: best at the edge of its grid; try rates above 0.005."),
        (LRS[-2:], True, "sgd: best at the edge of its grid; try rates below 0.019."),
        (LRS, False, ""),
        (LRS[3:4], False, ""),
        (LRS + 1, True, "sgd: no setting of its grid worked for half of the seeds."),
    ],
    ids=["above", "below", "inside", "one rate", "none works"],
)
def test_a_grid_that_is_too_narrow_is_told_in_the_table(lrs, edge, words):
    options = {"steps": 400}
    best = tune(problem, sgd, lrs, range(3), **options)
    assert best.at_edge == edge and best.warning == words
    table = compare(problem, [sgd], lrs, tune_seeds=range(3), test_seeds=[3], **options).table()
    assert table.splitlines()[2:] == [words] * bool(words)


def test_partials_are_compared_by_their_hyperparameters():
    rules = [partial(momentum, beta=beta) for beta in (0.5, 0.9)]
    seeds = {"tune_seeds": [0, 1], "test_seeds": [2, 3]}
    result = compare(problem, rules, LRS, steps=50, **seeds)
    assert list(result.scores) == ["momentum(beta=0.5)", "momentum(beta=0.9)"]
    for rule, (label, scores) in zip(rules, result.scores.items(), strict=True):
        alone = compare(problem, [momentum], LRS, steps=50, **seeds, **rule.keywords)
        np.testing.assert_array_equal(scores, alone.scores["momentum"])
        assert label in result.table()


def test_compare_refuses_rules_that_it_cannot_tell_apart():
    def mine(w, grad, state, lr):
        return w - lr * grad, state

    other = mine

    def mine(w, grad, state, lr):
        return w + lr * grad, state

    for pair in ([mine, other], [partial(momentum, beta=0.5)] * 2):
        with pytest.raises(ValueError, match=r"2 rules are called m.* can't be told apart"):
            compare(problem, pair, LRS, tune_seeds=[0], test_seeds=[1], steps=2)


def test_compare_takes_grids_for_each_rule():
    grids = {momentum: {"beta": [0.5, 0.9]}}
    seeds = {"tune_seeds": [0, 1], "test_seeds": [2, 3]}
    result = compare(problem, [sgd, momentum], LRS, steps=200, grids=grids, **seeds)
    alone = tune(problem, momentum, LRS, [0, 1], steps=200, beta=[0.5, 0.9])
    assert result.tuned["sgd"].hyper == {} and result.tuned["momentum"].hyper == alone.hyper
    header, _, row = result.table().splitlines()[:3]
    assert header.split() == ["rule", "lr", "beta", "score"]
    assert row.replace("(at the edge)", "").split()[2] == f"{alone.hyper['beta']:g}"


def test_a_larger_budget_finds_a_better_score():
    best = tune(problem, sgd, LRS[:19], range(3), steps=100)  # no quartile falls between two
    medians = np.median(best.trials, axis=-1)
    rng = np.random.default_rng(0)
    for budget in (1, 3, 10):
        draws = rng.choice(medians, (20_000, budget)).min(axis=-1)
        expected = np.quantile(draws, [0.25, 0.5, 0.75], method="inverted_cdf")
        np.testing.assert_allclose(best.best_of(budget), expected)
    assert (best.best_of(1000) == medians.min()).all()


def test_schedules_can_be_tuned_too():
    schedules = [constant(), cosine(100)]
    best = tune(problem, momentum, LRS, range(3), steps=100, schedule=schedules, beta=[0.5, 0.9])
    assert best.trials.shape == (2, 2, 20, 3)
    for i, schedule in enumerate(schedules):
        alone = tune(problem, momentum, LRS, range(3), steps=100, schedule=schedule, beta=0.9)
        np.testing.assert_array_equal(best.trials[i, 1], alone.scores)
    medians = np.median(best.trials, axis=-1)
    chosen = schedules.index(best.hyper["schedule"]), [0.5, 0.9].index(best.hyper["beta"])
    assert medians[chosen][best.lrs == best.lr] == medians.min()
    np.testing.assert_array_equal(best.scores, best.trials[chosen])


def test_compare_takes_a_grid_for_each_rule():
    grids = {sgd: LRS, nesterov: LRS / 10}
    result = compare(problem, [sgd, nesterov], grids, tune_seeds=[0], test_seeds=[1], steps=20)
    assert result.tuned["nesterov"].lrs.max() == pytest.approx(LRS.max() / 10)


def test_tune_tries_every_value_of_a_grid_with_every_rate():
    options = {"steps": 300, "score": steps_to(1e-6, stay=True)}
    best = tune(problem, momentum, LRS, range(5), beta=[0.9, 0.6, 0.1], **options)
    alone = [tune(problem, momentum, LRS, range(5), beta=b, **options) for b in (0.9, 0.6, 0.1)]
    medians = [quartiles(tuning.scores)[1].min() for tuning in alone]
    assert best.hyper == {"beta": (0.9, 0.6, 0.1)[np.argmin(medians)]}
    assert best.lr == alone[np.argmin(medians)].lr


def test_compare_scores_with_the_value_that_tuning_chose():
    options = {"tune_seeds": range(5), "test_seeds": range(5, 9), "steps": 300}
    chosen = compare(problem, [momentum], LRS, beta=[0.6, 0.9], **options)
    beta = chosen.tuned["momentum"].hyper["beta"]
    fixed = compare(problem, [momentum], LRS, beta=beta, **options)
    np.testing.assert_array_equal(chosen.scores["momentum"], fixed.scores["momentum"])


def test_table_lines_up_columns_and_says_scores_with_their_middle_half():
    scores = [[3.0, 1.0, 2.0, 4.0], [np.inf] * 4]
    text = table({"rule": ["sgd", "mine"], "lr": [0.123456, 1e9], "steps": scores, "n": [7.0, 1e5]})
    first, second, third = text.splitlines()
    assert first.split() == ["rule", "lr", "steps", "n"]
    assert second.split() == ["sgd", "0.123", "2", "(1", "to", "3)", "7"]
    assert third.split() == ["mine", "1e+09", "never", "(never", "to", "never)", "100000"]
    assert len(first) == len(second) == len(third)
    said = table({"loss": [np.inf, -np.inf, np.nan]}, lost="diverged").split()
    assert said == ["loss", "diverged", "-inf", "nan"]


def test_compare_refuses_seeds_that_tuning_has_seen():
    with pytest.raises(ValueError, match=r"Seeds \[3\] are in tune_seeds and in test_seeds"):
        compare(problem, [sgd], LRS, tune_seeds=[1, 3], test_seeds=[3, 4], steps=2)


def test_the_interval_is_that_of_the_binomial_distribution():
    """The median of n resampled gaps is at most the k-th if most draws fall on the first k."""
    n = 41
    gaps = np.sort(np.random.default_rng(3).normal(size=n))

    def share_at_most(k):
        p = k / n
        return sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(n // 2 + 1, n + 1))

    expected = [
        next(gaps[k - 1] for k in range(1, n + 1) if share_at_most(k) >= share)
        for share in (0.5, 0.025, 0.975)
    ]
    result = Comparison({}, {"a": gaps, "b": np.zeros(n)})
    assert result.difference("a", "b") == tuple(expected)


def test_difference_finds_a_gap_and_admits_when_there_is_none():
    noise = np.random.default_rng(0).normal(size=(3, 200))
    scores = {"a": noise[0], "b": noise[1] + 3.0, "same": noise[0] + 0.1 * noise[2]}
    result = Comparison({}, scores)
    middle, low, high = result.difference("b", "a")
    assert 2 < low < middle < high < 4
    _, low, high = result.difference("same", "a")
    assert low < 0 < high
    assert result.difference("b", "a") == result.difference("b", "a")


def test_ratio_is_the_difference_of_logarithms():
    scores = {name: np.random.default_rng(k).uniform(1, 2, 40) for k, name in enumerate("ab")}
    logs = Comparison({}, {name: np.log(score) for name, score in scores.items()})
    expected = np.exp(logs.difference("a", "b"))
    np.testing.assert_allclose(Comparison({}, scores).ratio("a", "b"), expected, rtol=1e-12)
    halved = Comparison({}, {"a": scores["a"], "half": scores["a"] / 2})
    np.testing.assert_allclose(halved.ratio("half", "a"), 0.5)


def test_difference_of_runs_that_never_arrive():
    late = np.array([np.inf, np.inf, 40.0, 41.0, 42.0])
    scores = {"a": late, "b": late + 1, "never": np.full(5, np.inf)}
    result = Comparison({}, scores)
    assert result.difference("a", "b")[0] == -1.0
    assert result.difference("never", "never") == (0.0, 0.0, 0.0)
    assert result.difference("never", "a") == (np.inf, 0.0, np.inf)
    halves = Comparison({}, {"a": np.array([1.0, np.nan]), "b": np.array([np.inf, 1.0])})
    assert halves.difference("a", "b") == (0.0, -np.inf, np.inf)


def test_quartiles_count_nan_as_the_worst():
    assert quartiles([3.0, np.nan, 1.0, 2.0]).tolist() == [1.0, 2.0, 3.0]
    assert np.isinf(quartiles([np.nan, np.inf, 1.0])).tolist() == [False, True, True]
