"""How sharply an objective curves where a descent stands."""

import numpy as np


def sharpness(objective, w, t=0, rounds=30, seed=0):
    """Estimate the largest eigenvalue of the Hessian at each point.

    Gradient descent on a quadratic is stable up to η = 2 / sharpness.

    Parameters
    ----------
    objective : Objective
        Its gradients at two points beside w give the Hessian times a direction, so it should be
        smooth there; a relu network is not.
    w : array, ``(*runs, d)``
    t : int
        The batch to look at.
    rounds : int
        Steps of the Lanczos method (1950): two gradients each. For d ≤ ``rounds`` the result is
        exact but for rounding.
    seed : int
        Draws the first direction.

    Returns
    -------
    array, ``(*runs,)``
        NaN where a point or a gradient is not finite.
    """
    w = np.asarray(w, float)
    with np.errstate(all="ignore"):
        step = np.cbrt(np.finfo(float).eps) * (1 + _norm(w))
        q = np.broadcast_to(np.random.default_rng(seed).normal(size=w.shape[-1]), w.shape)
        q, basis, diagonal, beside = q / _norm(q), [], [], []
        for _ in range(min(rounds, w.shape[-1])):
            basis.append(q)
            up, down = objective(w + step * q, t)[1], objective(w - step * q, t)[1]
            curved = (up - down) / (2 * step)  # H q
            alive = _norm(q) > 0.5
            diagonal.append(np.where(alive, _dot(q, curved), diagonal[0] if diagonal else 0.0))
            for other in [*basis, *basis]:  # twice, or rounding leaves a part of them
                curved = curved - _dot(other, curved) * other
            length = _norm(curved)
            # Where every direction of the Hessian that q holds is found, the rest is rounding.
            goes_on = length > 1e-7 * np.abs(diagonal).max(axis=0)
            beside.append(np.where(goes_on, length, 0.0))
            q = np.where(goes_on, curved / np.where(goes_on, length, 1.0), 0.0)
        return _largest_eigenvalue(diagonal, beside[:-1])


def _largest_eigenvalue(diagonal, beside):
    """Of symmetric matrices with numbers ``(*runs, 1)`` on the diagonal and next to it."""
    n, runs = len(diagonal), diagonal[0].shape[:-1]
    matrix = np.zeros((*runs, n, n))
    for i, value in enumerate(diagonal):
        matrix[..., i, i] = value[..., 0]
    for i, value in enumerate(beside):
        matrix[..., i, i + 1] = matrix[..., i + 1, i] = value[..., 0]
    known = np.isfinite(matrix).all(axis=(-2, -1))
    matrix[~known] = 0.0
    return np.where(known, np.linalg.eigvalsh(matrix)[..., -1], np.nan)


def _dot(a, b):
    return (a * b).sum(axis=-1, keepdims=True)


def _norm(a):
    return np.sqrt(_dot(a, a))
