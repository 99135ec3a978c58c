"""What a comparison finds when tuning may cost more or less: chances, worked out exactly."""

from math import prod

import numpy as np

from .scores import quartiles


def trials_of(tuned, judged):
    """Scores of each trial, the best one first in the eyes of tuning.

    Parameters
    ----------
    tuned : Tuning
        Its seeds choose among trials.
    judged : Tuning
        Of the same trials on other seeds, which say how good a choice was.

    Returns
    -------
    array, ``(n,)``
        The median scores on the seeds of ``judged``.
    """
    if tuned.trials.shape[:-1] != judged.trials.shape[:-1] or tuned.name != judged.name:
        raise ValueError(
            f"Tune and judge the same rule on the same grid; got {tuned.name} with trials "
            f"{tuned.trials.shape[:-1]} and {judged.name} with {judged.trials.shape[:-1]}."
        )
    choosing, judging = (np.ravel(quartiles(part.trials)[1]) for part in (tuned, judged))
    return judging[np.argsort(choosing, kind="stable")]


def chances(n, budget):
    """Chance of each of n ranked trials to be the best of some drawn with replacement.

    P(rank j) = ((n - j + 1) / n)ᵏ - ((n - j) / n)ᵏ for a budget of k draws.

    Parameters
    ----------
    n, budget : int

    Returns
    -------
    array, ``(n,)``
    """
    left = (1 - np.arange(n + 1) / n) ** budget
    return left[:-1] - left[1:]


def win_shares(tuned, judged, budgets):
    """Say how often each rule wins if it may choose among so many trials.

    Each rule draws some of its trials, keeps the one that tuning likes best, and is judged by it
    on other seeds. Nothing is drawn here: the shares are exact.

    Parameters
    ----------
    tuned, judged : dict name -> Tuning
        As for ``trials_of``.
    budgets : list of int or dict name -> int
        A number of trials for all, or for each its own.

    Returns
    -------
    dict name -> array, ``(len(budgets),)``
        Together they are 1 at each budget; rules that tie share the win.
    """
    scores = {name: trials_of(tuned[name], judged[name]) for name in tuned}
    each = [k if isinstance(k, dict) else dict.fromkeys(scores, k) for k in budgets]
    return {name: np.array([_wins(scores, name, trials) for trials in each]) for name in scores}


def _wins(scores, name, trials):
    ours, worse, equal = scores[name], [], []
    for key in (key for key in scores if key != name):
        other, likely = scores[key], chances(len(scores[key]), trials[key])
        worse.append((other > ours[:, None]) @ likely)
        equal.append((other == ours[:, None]) @ likely)
    # ∫ Π (worse + equal · x) dx over 0..1 gives each of k rules that tie a share of 1 / k.
    points, weights = np.polynomial.legendre.leggauss(max(1, len(scores)))
    win = sum(
        weight / 2 * prod(w + e * (point + 1) / 2 for w, e in zip(worse, equal, strict=True))
        for point, weight in zip(points, weights, strict=True)
    )
    return float(chances(len(ours), trials[name]) @ win)
