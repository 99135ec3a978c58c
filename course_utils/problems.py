"""Problems for ``tune`` and ``compare``: from seeds, an objective and a start for each."""

import numpy as np

from .objectives import Classification


def random_starts(surface, d):
    """Make a problem for ``tune`` and ``compare`` from a quadratic surface in d numbers.

    Each seed draws a direction; the start lies on it, where the loss is 1.

    Parameters
    ----------
    surface : Objective
        A quadratic with its minimum at 0.
    d : int

    Returns
    -------
    Problem
    """

    def problem(seeds):
        w = np.array([np.random.default_rng(seed).normal(size=d) for seed in seeds])
        return surface, w / np.sqrt(surface(w)[0])[:, None]

    return problem


def training_problem(net, X, y, batch_size=None):
    """Make a problem for ``tune`` and ``compare``: a seed draws first weights and batches.

    Parameters
    ----------
    net : MLP
    X : array, ``(n, inputs)``
    y : array, ``(n,)``
    batch_size : int
        By default all n.

    Returns
    -------
    Problem
    """

    def problem(seeds):
        return Classification(net, X, y, batch_size, seeds), net.init(seeds)

    return problem
