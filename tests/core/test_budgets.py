"""What tuning finds with a budget: chances worked out, held to dice."""

import numpy as np
import pytest

from course_utils.budgets import chances, trials_of, win_shares
from course_utils.tuning import Tuning


def tuning(name, *scores):
    trials = np.array(scores, float)[:, None]
    return Tuning(name, 0.1, {}, np.arange(1.0, len(trials) + 1), {}, trials)


def by_dice(tuned, judged, budget, times=100_000):
    """Shares of wins, drawn as a person would; ties are shared."""
    rng, found = np.random.default_rng(0), []
    for name in tuned:
        choosing, judging = tuned[name].trials[:, 0], judged[name].trials[:, 0]
        drawn = rng.integers(0, len(choosing), (times, budget[name]))
        kept = drawn[np.arange(times), choosing[drawn].argmin(axis=1)]
        found.append(judging[kept])
    best = np.array(found) == np.min(found, axis=0)
    return (best / best.sum(axis=0)).mean(axis=1)


@pytest.mark.parametrize("n, budget", [(1, 3), (5, 1), (5, 2), (51, 32)])
def test_chances_add_up_and_the_best_is_drawn_as_often_as_it_must(n, budget):
    shares = chances(n, budget)
    assert shares.sum() == pytest.approx(1) and (shares >= 0).all()
    assert shares[0] == pytest.approx(1 - ((n - 1) / n) ** budget)


@pytest.mark.parametrize("budget", [1, 2, 7, {"a": 1, "b": 4, "c": 2}])
@pytest.mark.parametrize("ties", [False, True])
def test_shares_of_wins_are_those_of_dice(budget, ties):
    rng = np.random.default_rng(3)
    tuned = {name: tuning(name, *rng.permutation(9)) for name in "abc"}
    judged = {name: tuning(name, *rng.permutation(9) + k / 4) for k, name in enumerate("abc")}
    if ties:
        judged = {name: tuning(name, *part.trials[:, 0] // 3) for name, part in judged.items()}
    shares = win_shares(tuned, judged, [budget])
    each = budget if isinstance(budget, dict) else dict.fromkeys("abc", budget)
    assert sum(shares.values()) == pytest.approx(1)
    np.testing.assert_allclose(
        [share[0] for share in shares.values()], by_dice(tuned, judged, each), atol=0.006
    )


def test_a_run_that_is_lost_never_wins():
    tuned = {"a": tuning("a", np.inf, np.inf), "b": tuning("b", 1, 2)}
    assert win_shares(tuned, tuned, [1, 5])["a"] == pytest.approx([0, 0])


def test_trials_come_in_the_order_of_tuning_with_the_scores_of_judging():
    assert trials_of(tuning("a", 3, 1, 2), tuning("a", 30, 10, 20)).tolist() == [10, 20, 30]


def test_other_trials_are_refused():
    with pytest.raises(ValueError, match="the same rule on the same grid"):
        trials_of(tuning("a", 3, 1, 2), tuning("a", 3, 1))
