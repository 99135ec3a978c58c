"""Scores of runs, lower is better, and their middle half over seeds."""

import numpy as np


def final_loss(trajectory, share=0.1):
    """Score runs by their mean loss over the last steps.

    Parameters
    ----------
    trajectory : Trajectory
    share : float
        Part of the steps that counts, by default the last tenth.

    Returns
    -------
    array, ``(*runs,)``
        inf where a run diverged.
    """
    tail = max(1, round(share * (len(trajectory.loss) - 1)))
    return np.where(trajectory.diverged, np.inf, trajectory.loss[-tail:].mean(axis=0))


def steps_to(target, stay=False, metric=None):
    """Make a score: the first step with a loss of at most ``target``.

    Parameters
    ----------
    target : float
    stay : bool
        Score by the first step from which the loss stays there to the end. A rule that swings
        can pass the target long before it settles.
    metric : str, optional
        A metric of the run to watch in place of the loss, which is that of one batch.

    Returns
    -------
    Score
        inf where there is no such step.
    """

    def score(trajectory):
        values = trajectory.loss if metric is None else trajectory.metrics[metric]
        steps = np.arange(len(values)) if metric is None else trajectory.t
        reached = values <= target
        if stay:
            reached = np.logical_and.accumulate(reached[::-1])[::-1]
        return np.where(reached.any(axis=0), steps[reached.argmax(axis=0)].astype(float), np.inf)

    score.lost = "never"
    return score


final_loss.lost = "diverged"  # how a table says a score of inf


def nan_as_worst(scores):
    """Count NaN as inf, the worst score.

    Parameters
    ----------
    scores : array

    Returns
    -------
    array
    """
    scores = np.asarray(scores, float)
    return np.where(np.isnan(scores), np.inf, scores)


def quartiles(scores):
    """First quartile, median and third quartile over the last axis, each one of the scores.

    Parameters
    ----------
    scores : array, ``(…, seeds)``
        NaN counts as inf, the worst score.

    Returns
    -------
    array, ``(3, …)``
    """
    return np.quantile(nan_as_worst(scores), [0.25, 0.5, 0.75], axis=-1, method="inverted_cdf")
