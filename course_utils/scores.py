"""Scores of runs, lower is better, and their middle half over seeds."""

import numpy as np


def final_loss(trajectory, share=0.1):
    """Mean loss over the last ``share`` of the steps, ``(*runs,)``; inf where a run diverged."""
    tail = max(1, round(share * (len(trajectory.loss) - 1)))
    return np.where(trajectory.diverged, np.inf, trajectory.loss[-tail:].mean(axis=0))


def steps_to(target, stay=False):
    """Make a score: the first step with a loss of at most ``target``, inf if there is none.

    With ``stay``, the first step from which the loss stays there to the end. A rule that swings
    can pass the target long before it settles.
    """

    def score(trajectory):
        reached = trajectory.loss <= target
        if stay:
            reached = np.logical_and.accumulate(reached[::-1])[::-1]
        return np.where(reached.any(axis=0), reached.argmax(axis=0).astype(float), np.inf)

    return score


def quartiles(scores):
    """First quartile, median and third quartile over the last axis, each one of the scores.

    NaN counts as inf, the worst score. Shape ``(3, …)``.
    """
    worst = np.where(np.isnan(scores), np.inf, scores)
    return np.quantile(worst, [0.25, 0.5, 0.75], axis=-1, method="inverted_cdf")
