"""The shapes of a descent: starts ``(*runs, d)``, and settings that vary over runs."""

import numpy as np


def as_start(w):
    """Give the start back as a new floating-point array of shape ``(*runs, d)``."""
    w = np.asarray(w)
    if not np.issubdtype(w.dtype, np.floating):
        w = w.astype(float)
    if w.ndim == 0:
        raise ValueError("The start must be an array of shape (*runs, d), got one number.")
    if not np.isfinite(w).all():
        raise ValueError("The start holds NaN or inf. Check how it was computed.")
    return w


def common_runs(**shapes):
    """Broadcast the runs axes of the start, lr and hyperparameters to one shape."""
    try:
        return np.broadcast_shapes(*shapes.values())
    except ValueError:
        listed = ", ".join(f"{name} {shape}" for name, shape in shapes.items() if shape)
        raise ValueError(
            f"The runs of the start, lr and hyperparameters don't fit together: {listed}. "
            "For every lr with every start, give lr the shape (n, 1)."
        ) from None


def over_points(value, dtype):
    """Make a setting multiply points of shape ``(*runs, d)``.

    An array over runs gets a last axis of length 1 and the points' dtype, and refuses to be
    changed in place. A number becomes Python's own, which leaves the dtype of points alone.
    Anything else stays what it is.
    """
    if type(value) is float:
        return value
    if isinstance(value, np.ndarray) and value.ndim:
        value = value[..., None]
        value = value.astype(dtype) if value.dtype.kind in "iuf" else value.view()
        value.flags.writeable = False
        return value
    return value.item() if isinstance(value, (np.generic, np.ndarray)) else value
