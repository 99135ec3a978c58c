"""Problems for ``tune`` and ``compare``: from seeds, an objective and a start for each."""

import numpy as np

from .objectives import Classification


def random_starts(surface, d):
    """Make a problem for ``tune`` and ``compare`` from a quadratic surface in d numbers.

    Each seed draws a direction; the start lies on it, where the loss is 1.
    """

    def problem(seeds):
        w = np.array([np.random.default_rng(seed).normal(size=d) for seed in seeds])
        return surface, w / np.sqrt(surface(w)[0])[:, None]

    return problem


def training_problem(net, X, y, batch_size=None):
    """Make a problem for ``tune`` and ``compare``: a seed draws first weights and batches."""

    def problem(seeds):
        return Classification(net, X, y, batch_size, seeds), net.init(seeds)

    return problem
