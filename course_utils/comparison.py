"""Fair comparisons: tune every rule on its own, then compare on seeds that tuning never saw."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from .rules import label_of
from .scores import final_loss, nan_as_worst
from .tables import table
from .training import run
from .tuning import tune


@dataclass(frozen=True)
class Comparison:
    """Scores of several rules on the same fresh seeds.

    Attributes
    ----------
    tuned : dict
        Label of a rule -> the Tuning that chose its settings.
    scores : dict
        Label of a rule -> array ``(seeds,)``, inf where a run has no score.
    lost : str
        How the table says inf.
    """

    tuned: dict = field(repr=False)
    scores: dict = field(repr=False)
    lost: str = field(default="never", repr=False)

    def table(self, digits=4):
        """Put the comparison in a table: each rule's settings, median score and quartiles.

        Under it stands a line for each rule whose tuning can't be trusted, such as a best rate
        at the edge of its grid.

        Parameters
        ----------
        digits : int

        Returns
        -------
        Table
        """
        tuned = [self.tuned[name] for name in self.scores]
        columns = {"rule": list(self.scores), "lr": [_rate(best) for best in tuned]}
        for name in dict.fromkeys(name for best in tuned for name in best.hyper):
            columns[name] = [_short(best.hyper.get(name, "")) for best in tuned]
        columns["score"] = list(self.scores.values())
        warnings = [best.warning for best in tuned if best.warning]
        return table(columns, digits, lost=self.lost, notes=warnings)

    def difference(self, name, other, seed=0):
        """Compare two rules seed by seed.

        Parameters
        ----------
        name, other : str
            Labels of two rules.
        seed : int
            Draws the resamples.

        Returns
        -------
        median, low, high : float
            Of ``name``'s score minus ``other``'s, and its 95 % interval by resampling seeds
            (Efron, 1979). If the interval holds 0, these runs show no difference.
        """
        ours, others = nan_as_worst(self.scores[name]), nan_as_worst(self.scores[other])
        with np.errstate(invalid="ignore"):  # two that never arrive are equal, not inf - inf
            return _interval(np.where(ours == others, 0.0, ours - others), seed)

    def ratio(self, name, other, seed=0):
        """Compare two rules seed by seed, by how many times one score is the other.

        Parameters
        ----------
        name, other : str
            Labels of two rules; their scores are greater than 0.
        seed : int
            Draws the resamples.

        Returns
        -------
        median, low, high : float
            Of ``name``'s score over ``other``'s, and its 95 % interval by resampling seeds. If
            the interval holds 1, these runs show no difference.
        """
        ours, others = nan_as_worst(self.scores[name]), nan_as_worst(self.scores[other])
        with np.errstate(invalid="ignore"):
            logs = np.where(ours == others, 0.0, np.log(ours) - np.log(others))
        return tuple(float(np.exp(number)) for number in _interval(logs, seed))


def compare(
    problem, rules, lrs, *, tune_seeds, test_seeds, steps, score=final_loss, grids=None, **options
):
    """Tune each rule on some seeds, then score it with its best settings on others.

    Parameters
    ----------
    problem : Problem
    rules : list of Rule
        A ``functools.partial`` is labeled by its hyperparameters: "momentum(beta=0.5)".
    lrs : array or dict
        Rates to try, or a rule -> rates to try with it.
    tune_seeds, test_seeds : array
        No seed may be in both.
    steps : int
    score : Score
    grids : dict
        A rule -> its own options for ``tune``: ``{momentum: {"beta": [0.5, 0.9]}}``.
    **options
        For every rule, as for ``tune``.

    Returns
    -------
    Comparison

    Raises
    ------
    ValueError
        If two rules have the same label, or a seed is used twice.
    """
    rules = list(rules)
    _require_labels(rules)
    tune_seeds, test_seeds = np.asarray(tune_seeds), np.asarray(test_seeds)
    both = np.intersect1d(tune_seeds, test_seeds)
    if both.size:
        raise ValueError(f"Seeds {both.tolist()} are in tune_seeds and in test_seeds.")
    rates = lrs if isinstance(lrs, dict) else dict.fromkeys(rules, lrs)
    objective, starts = problem(test_seeds)
    settings = {"steps": steps, "keep_path": False}
    tuned, scores = {}, {}
    for rule in rules:
        own = options | (grids or {}).get(rule, {})
        best = tune(problem, rule, rates[rule], tune_seeds, steps=steps, score=score, **own)
        result = run(objective, rule, starts, best.lr, **settings | own | best.hyper)
        tuned[best.name], scores[best.name] = best, nan_as_worst(score(result))
    return Comparison(tuned, scores, getattr(score, "lost", "never"))


def tuned_runs(
    problem, rule, schedules, lrs, *, tune_seeds, test_seeds, steps, score=final_loss, **options
):
    """Tune the height of each schedule on some seeds, then run it on others.

    Parameters
    ----------
    problem : Problem
    rule : Rule
    schedules : dict
        Name -> Schedule.
    lrs : array
        Rates to try, each times every factor of the schedule.
    tune_seeds, test_seeds : array
    steps : int
    score : Score
    **options
        For the runs on ``test_seeds``, as for ``run``.

    Returns
    -------
    dict
        Name -> Trajectory.
    """
    (objective, starts), ways = problem(test_seeds), {}
    for name, schedule in schedules.items():
        settings = {"steps": steps, "schedule": schedule}
        best = tune(problem, rule, lrs, tune_seeds, score=score, **settings)
        ways[name] = run(objective, rule, starts, best.lr, keep_path=False, **settings, **options)
    return ways


def _require_labels(rules):
    for label, count in Counter(map(label_of, rules)).items():
        if count > 1:
            raise ValueError(
                f"{count} rules are called {label}, so their results can't be told apart. Give "
                "each function a name of its own, or its hyperparameters by functools.partial."
            )


def _interval(gaps, seed):
    """The median of gaps, and its 95 % interval."""
    with np.errstate(invalid="ignore"):
        draws = np.random.default_rng(seed).choice(gaps, (10_000, len(gaps)))
        middle, medians = (np.median(values, axis=-1) for values in (gaps, draws))
    # The middle of -inf and inf is NaN: as many seeds speak for one as for the other.
    medians = np.where(np.isnan(medians), 0.0, medians)
    low, high = np.quantile(medians, [0.025, 0.975], method="inverted_cdf")
    return (0.0 if np.isnan(middle) else float(middle)), float(low), float(high)


def _rate(best):
    return f"{best.lr:.3g}{' (at the edge)' if best.at_edge else ''}"


def _short(value):
    if isinstance(value, (float, int)):
        return f"{value:.3g}"
    return value if isinstance(value, str) else getattr(value, "__name__", repr(value))
