"""Fair comparisons: tune every rule on its own, then compare on seeds that tuning never saw."""

from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np

from .rules import name_of
from .scores import final_loss, quartiles
from .tables import table
from .training import run


@dataclass(frozen=True)
class Tuning:
    """What ``tune`` found. Lower scores are better.

    lr       the rate with the lowest median score over seeds
    lrs      the rates tried, ``(n,)``
    scores   ``(n, seeds)``
    hyper    name -> the value chosen from ``grid``
    at_edge  whether the best rate is the first or last one tried, so that the grid is too narrow
    """

    name: str
    lr: float
    lrs: np.ndarray = field(repr=False)
    scores: np.ndarray = field(repr=False)
    hyper: dict = field(default_factory=dict)

    @property
    def at_edge(self):
        return bool(self.lr in (self.lrs[0], self.lrs[-1]))


def tune(problem, optimizer, lrs, seeds, *, steps, score=final_loss, grid=None, **options):
    """Try every rate with every seed, all at once, and return the Tuning.

    problem  function of an array of seeds ``(s,)`` that returns (objective, starts ``(s, d)``)
    score    Trajectory -> ``(*runs,)``, lower is better
    grid     hyperparameter -> values to try, each with every rate
    options  go to ``run``: schedule, clip, hyperparameters …
    """
    if grid:
        options |= {"steps": steps, "score": score}
        choices = [dict(zip(grid, values, strict=True)) for values in product(*grid.values())]
        found = [
            replace(tune(problem, optimizer, lrs, seeds, **options, **choice), hyper=choice)
            for choice in choices
        ]
        return min(found, key=lambda tuning: quartiles(tuning.scores)[1].min())
    lrs, seeds = np.sort(np.asarray(lrs, float)), np.asarray(seeds)
    objective, starts = problem(seeds)
    result = run(
        objective, optimizer, starts, lrs[:, None], steps=steps, keep_path=False, **options
    )
    scores = score(result)
    return Tuning(name_of(optimizer), float(lrs[quartiles(scores)[1].argmin()]), lrs, scores)


@dataclass(frozen=True)
class Comparison:
    """Scores of several rules on the same fresh seeds.

    tuned   name -> the Tuning that chose its rate
    scores  name -> ``(seeds,)``
    """

    tuned: dict = field(repr=False)
    scores: dict = field(repr=False)

    def table(self, digits=4):
        """The comparison as text: each rule's rate, median score and quartiles."""
        lrs = [f"{self.tuned[name].lr:.3g}" for name in self.scores]
        columns = {"rule": list(self.scores), "lr": lrs, "score": list(self.scores.values())}
        return table(columns, digits)

    def difference(self, name, other, seed=0):
        """Median of ``name``'s score minus ``other``'s, seed by seed, and its 95 % interval.

        Returns (median, low, high), the interval by resampling seeds. (Efron, 1979) If it holds
        0, these runs show no difference.
        """
        ours, others = self.scores[name], self.scores[other]
        with np.errstate(invalid="ignore"):  # two that never arrive are equal, not inf - inf
            gaps = np.where(ours == others, 0.0, ours - others)
            draws = np.random.default_rng(seed).choice(gaps, (10_000, len(gaps)))
            medians = np.median(draws, axis=1)
        low, high = np.quantile(medians, [0.025, 0.975], method="inverted_cdf")
        return float(np.median(gaps)), float(low), float(high)


def compare(problem, rules, lrs, *, tune_seeds, test_seeds, steps, score=final_loss, **options):
    """Tune each rule on ``tune_seeds``, then score it at its best rate on ``test_seeds``.

    lrs      rates to try, or a dict rule -> rates to try with it
    options  as for ``tune``
    """
    tune_seeds, test_seeds = np.asarray(tune_seeds), np.asarray(test_seeds)
    both = np.intersect1d(tune_seeds, test_seeds)
    if both.size:
        raise ValueError(f"Seeds {both.tolist()} are in tune_seeds and in test_seeds.")
    grids = lrs if isinstance(lrs, dict) else dict.fromkeys(rules, lrs)
    objective, starts = problem(test_seeds)
    tuned, scores = {}, {}
    for rule in rules:
        best = tune(problem, rule, grids[rule], tune_seeds, steps=steps, score=score, **options)
        hyper = {name: value for name, value in options.items() if name != "grid"} | best.hyper
        result = run(objective, rule, starts, best.lr, steps=steps, keep_path=False, **hyper)
        tuned[best.name], scores[best.name] = best, score(result)
    return Comparison(tuned, scores)
