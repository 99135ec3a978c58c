"""Gradient clipping for points of shape ``(*runs, d)``, each run on its own."""

import numpy as np


def global_norm(grad):
    """Length of each run's whole gradient: ‖g‖ = √(Σ gᵢ²).

    Parameters
    ----------
    grad : array, ``(*runs, d)``

    Returns
    -------
    array, ``(*runs,)``
    """
    return np.sqrt(squared_norm(grad))


def squared_norm(grad):
    """‖g‖² of each run, by NumPy's faster way for one run and for many.

    In the plane it is written out, so that it rounds as the browser's does.

    Parameters
    ----------
    grad : array, ``(*runs, d)``

    Returns
    -------
    array, ``(*runs,)``
    """
    if grad.shape[-1] == 2:
        x, y = grad[..., 0], grad[..., 1]
        return x * x + y * y
    if grad.ndim == 1:
        return np.vecdot(grad, grad)
    return np.einsum("...i,...i->...", grad, grad)


def angle(a, b):
    """Angle between two directions, in degrees: arccos(a·b / ‖a‖‖b‖).

    Parameters
    ----------
    a, b : array, ``(*runs, d)``
        Not 0.

    Returns
    -------
    array, ``(*runs,)``
    """
    a, b = (v / np.linalg.norm(v, axis=-1, keepdims=True) for v in (a, b))
    apart, together = (np.linalg.norm(v, axis=-1) for v in (a - b, a + b))
    return np.degrees(2 * np.arctan2(apart, together))  # near 0, arccos loses half the digits


def clip_by_global_norm(grad, max_norm):
    """Shorten each run's gradient to at most ``max_norm``, direction kept.

    g ← g · min(1, max_norm / ‖g‖)   (Pascanu, Mikolov & Bengio, 2013)

    Parameters
    ----------
    grad : array, ``(*runs, d)``
    max_norm : float or array, ``(*runs,)``
        Greater than 0; inf cuts nothing.

    Returns
    -------
    array, ``(*runs, d)``

    Notes
    -----
    torch divides by ‖g‖ + 1e-6 instead.
    """
    max_norm = _positive("max_norm", max_norm, grad.dtype)
    return grad * (max_norm / np.maximum(global_norm(grad), max_norm))[..., None]


def clip_by_value(grad, limit):
    """Cut every component to the interval [-limit, limit]; this can turn the direction.

    Parameters
    ----------
    grad : array, ``(*runs, d)``
    limit : float or array, ``(*runs,)``
        Greater than 0; inf cuts nothing.

    Returns
    -------
    array, ``(*runs, d)``
    """
    limit = _positive("limit", limit, grad.dtype)[..., None]
    return np.clip(grad, -limit, limit)


def _positive(name, value, dtype):
    value = np.asarray(value, dtype)
    if not np.all(value > 0):
        raise ValueError(f"{name} must be greater than 0, got {value}.")
    return np.minimum(value, np.finfo(dtype).max)  # inf cuts nothing, but inf / inf is NaN
