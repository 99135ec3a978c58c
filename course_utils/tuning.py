"""Tuning: every rate with every hyperparameter and every seed."""

from dataclasses import dataclass, field
from itertools import product

import numpy as np

from .rules import label_of
from .scores import final_loss, quartiles
from .training import run


@dataclass(frozen=True)
class Tuning:
    """What ``tune`` found. Lower scores are better.

    Attributes
    ----------
    name : str
        The rule.
    lr : float
        The rate with the lowest median score over seeds.
    hyper : dict
        Name -> the value chosen from its grid.
    lrs : array, ``(n,)``
        The rates tried, in order.
    grids : dict
        Name -> the values tried, in order.
    trials : array, ``(*lengths of grids, n, seeds)``
        The score of every trial.
    """

    name: str
    lr: float
    hyper: dict
    lrs: np.ndarray = field(repr=False)
    grids: dict = field(repr=False)
    trials: np.ndarray = field(repr=False)

    @property
    def scores(self):
        """Scores with the values chosen, ``(n, seeds)``: one row for each rate."""
        chosen = tuple(self.grids[name].index(value) for name, value in self.hyper.items())
        return self.trials[chosen]

    def best_of(self, budget):
        """Say what tuning finds with a smaller budget: the best of some trials drawn at random.

        Parameters
        ----------
        budget : int
            Trials drawn from all that were made, with replacement. The score of a trial is its
            median over seeds.

        Returns
        -------
        array, ``(3,)``
            First quartile, median and third quartile of the best score over all draws.
        """
        medians = np.sort(quartiles(self.trials)[1], axis=None)
        share = np.arange(1, medians.size + 1) / medians.size
        as_good = 1 - (1 - share) ** budget  # probability that the best is at most this one
        return medians[np.searchsorted(as_good, [0.25, 0.5, 0.75])]

    @property
    def at_edge(self):
        """Whether the best rate is the first or last one tried: the grid may be too narrow."""
        return bool(len(self.lrs) > 1 and self.lr in (self.lrs[0], self.lrs[-1]))

    @property
    def ends(self):
        """What was chosen from an end of its grid, in words; where that is, more may lie beyond."""
        tried, chosen = {"lr": self.lrs} | self.grids, {"lr": self.lr} | self.hyper
        grids = {name: grid for name, grid in tried.items() if len(grid) > 1}
        at_end = [name for name, grid in grids.items() if chosen[name] in (grid[0], grid[-1])]
        return [f"{self.name}'s {name} = {chosen[name]:g}" for name in at_end]

    @property
    def warning(self):
        """What a reader of the result must know, in words; "" if there is nothing."""
        if np.isinf(quartiles(self.trials)[1]).all():
            return f"{self.name}: no setting of its grid worked for half of the seeds."
        if self.at_edge:
            side = "below" if self.lr == self.lrs[0] else "above"
            return f"{self.name}: best at the edge of its grid; try rates {side} {self.lr:.3g}."
        return ""


def tune(problem, optimizer, lrs, seeds, *, steps, score=final_loss, **options):
    """Try every rate, with every value of each grid and every seed.

    Parameters
    ----------
    problem : Problem
    optimizer : Rule
    lrs : array, ``(n,)``
    seeds : array, ``(seeds,)``
    steps : int
    score : Score
    **options
        Go to ``run``: hyperparameters, schedule, clip … A list is a grid and each of its values
        is tried: ``beta=[0.5, 0.9]``.

    Returns
    -------
    Tuning
    """
    grids = {name: list(value) for name, value in options.items() if isinstance(value, list)}
    fixed = {name: value for name, value in options.items() if name not in grids}
    lrs, seeds = np.sort(np.asarray(lrs, float)), np.asarray(seeds)
    objective, starts = problem(seeds)
    settings = {"steps": steps, "keep_path": False, **fixed}

    def scores_with(values):
        hyper = dict(zip(grids, values, strict=True))
        return score(run(objective, optimizer, starts, lrs[:, None], **settings, **hyper))

    trials = np.array([scores_with(values) for values in product(*grids.values())])
    trials = trials.reshape(*map(len, grids.values()), *trials.shape[1:])
    medians = quartiles(trials)[1]
    *chosen, row = np.unravel_index(medians.argmin(), medians.shape)
    hyper = {name: grids[name][i] for name, i in zip(grids, chosen, strict=True)}
    return Tuning(label_of(optimizer), float(lrs[row]), hyper, lrs, grids, trials)
