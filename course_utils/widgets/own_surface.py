"""A learner's own surface: any objective of two numbers, and its heights for the browser."""

import numpy as np

from ..surfaces import Surface

_GRID = 72, 54  # columns, rows


def as_surface(surface, start, window):
    """What was given as a Surface, whether it is one or an objective (w, t) -> loss, grad."""
    if isinstance(surface, Surface):
        return surface
    if not callable(surface):
        raise TypeError(
            "race needs a surface such as BEALE, or an objective (w, t) -> (loss, grad) of two "
            f"numbers; got {surface!r}."
        )
    if start is None:
        raise ValueError("For your own objective say where to start: race(f, [sgd], start=(1, 1)).")
    _require_two_numbers(surface, np.array(start, float))
    reach = 1.3 * max(np.abs(start).max(), 0.5)
    name = getattr(surface, "__name__", "objective").strip("<>")
    return Surface(
        f"your {name}",
        lambda x, y: _each(surface, x, y)[0],
        lambda x, y: tuple(np.moveaxis(_each(surface, x, y)[1], -1, 0)),
        start=start,
        minima=[],
        window=window or ((-reach, reach), (-reach, reach)),
    )


def _require_two_numbers(objective, w):
    try:
        loss, grad = objective(w, 0)
    except Exception as error:
        raise TypeError(
            "race calls an objective as f(w, t), with w an array of two numbers, and wants "
            f"(loss, grad) back. Yours raised {type(error).__name__}: {error}"
        ) from error
    if np.shape(grad) != (2,) or np.shape(loss) != ():
        raise ValueError(
            "race draws a surface over two numbers: for w of shape (2,) it needs one loss and a "
            f"grad of shape (2,); got {np.shape(loss)} and {np.shape(grad)}."
        )


def _each(objective, x, y):
    """Loss and grad at points, also where an objective takes one point only."""
    w = np.stack(np.broadcast_arrays(x, y), axis=-1).astype(float)
    try:
        loss, grad = objective(w, 0)
        if np.shape(loss) == w.shape[:-1] and np.shape(grad) == w.shape:
            return loss, grad
    except Exception:  # it is written for one point
        pass
    pairs = [objective(point, 0) for point in w.reshape(-1, 2)]
    loss, grad = (np.array(part, float) for part in zip(*pairs, strict=True))
    return loss.reshape(w.shape[:-1]), grad.reshape(w.shape)


def heights(surface, window):
    """Heights on a grid over the window, for the browser to draw in between."""
    (left, right), (bottom, top) = window
    wide, high = _GRID
    x, y = np.meshgrid(np.linspace(left, right, wide), np.linspace(bottom, top, high))
    with np.errstate(all="ignore"):
        values = np.nan_to_num(surface.f(x, y), posinf=1e30, neginf=-1e30)
    return {
        "window": [[left, right], [bottom, top]],
        "wide": wide,
        "high": high,
        "values": [float(f"{value:.5g}") for value in values.ravel()],
    }
