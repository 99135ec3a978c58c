"""Problems for ``tune`` and ``compare``: from seeds, an objective and a start for each."""

import numpy as np

from .objectives import Classification


def random_starts(surface, d, spread=0.0):
    """Make a problem for ``tune`` and ``compare`` from a quadratic surface in d numbers.

    Each seed draws a direction; the start lies on it, where the loss is 1.

    Parameters
    ----------
    surface : Objective
        A quadratic with its minimum at 0.
    d : int
    spread : float
        How unequal the distances from the minimum are: each number is 10 to a normal random
        number of this deviation times as far.

    Returns
    -------
    Problem
    """

    def problem(seeds):
        draws = [np.random.default_rng(seed).normal(size=(2, d)) for seed in seeds]
        w = np.array([start * 10 ** (spread * far) for start, far in draws])
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


def drawn_problem(net, draw, batch_size=None):
    """Make a problem for ``tune`` and ``compare``: a seed draws its own points and first weights.

    Parameters
    ----------
    net : MLP
    draw : callable
        seed -> X ``(n, inputs)``, y ``(n,)``, with the same n for every seed.
    batch_size : int
        Points of a step, taken in turn; by default all n.

    Returns
    -------
    Problem
    """

    def problem(seeds):
        X, y = map(np.array, zip(*(draw(int(seed)) for seed in seeds), strict=True))
        n = y.shape[1]
        size = batch_size or n

        def objective(w, t):
            batch = np.arange(t * size, (t + 1) * size) % n
            return net.loss_and_grad(w, X[:, batch], y[:, batch])

        return objective, net.init(seeds)

    return problem


def matrix_bowl(size=16, condition=1000.0, turned=False):
    """Make a problem for ``tune`` and ``compare``: a quadratic of a square matrix.

    f(W) = ½ Σ (W H) ∘ W, where the curvatures in H run from 1 down to 1 / condition.

    Parameters
    ----------
    size : int
        Of the matrix; w has size² numbers, row by row.
    condition : float
    turned : bool
        H = Q Λ Qᵀ with axes Q that the seed draws; else H = Λ along the axes.

    Returns
    -------
    Problem
    """
    curvatures = np.geomspace(1, 1 / condition, size)

    def problem(seeds):
        draws = np.array([np.random.default_rng(s).normal(size=(2, size, size)) for s in seeds])
        axes = np.linalg.qr(draws[:, 1])[0] if turned else np.eye(size)
        hessian = axes * curvatures @ np.swapaxes(axes, -1, -2)

        def objective(w, t=0):
            matrix = w.reshape(*w.shape[:-1], size, size)
            grad = matrix @ hessian
            return (grad * matrix).sum(axis=(-2, -1)) / 2, grad.reshape(w.shape)

        return objective, draws[:, 0].reshape(len(draws), -1)

    return problem
