"""Losses of n samples from the outputs z (outputs, n) of a network, with their slopes ∂loss/∂z.

Any runs axes stand in front of every shape.
"""

import numpy as np

from .kernels import softplus


def logistic(z, y):
    """Cross-entropy of σ(z) and y, and its slope σ(z) - y; no overflow at any z."""
    z = z[..., 0, :]  # (1, n) -> (n)
    y = np.asarray(y, z.dtype)
    log = softplus(z)
    return log - y * z, (np.exp(z - log) - y)[..., None, :]


def softmax(z, y):
    """Cross-entropy -log pᵧ of p = softmax(z), and its slope: p, less 1 at the class y."""
    z = z - z.max(axis=-2, keepdims=True)  # (classes, n); the same p, and exp can't overflow
    chosen = np.arange(z.shape[-2])[:, None] == np.asarray(y)[..., None, :]  # (classes, n)
    exp = np.exp(z)  # (classes, n)
    total = exp.sum(axis=-2, keepdims=True)  # (1, n)
    loss = np.log(total[..., 0, :]) - np.sum(z, axis=-2, where=chosen)  # (n)
    return loss, exp / total - chosen


def squared(z, y):
    """(z - y)², summed over the outputs, and its slope 2 (z - y)."""
    y = np.asarray(y, z.dtype)
    gap = z - (y[..., None, :] if z.shape[-2] == 1 else y.mT)  # (outputs, n)
    return (gap**2).sum(axis=-2), 2 * gap


LOSSES = {"logistic": logistic, "softmax": softmax, "squared": squared}
