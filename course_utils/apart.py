"""Rules written for one run, such as one that divides by ``np.linalg.norm(grad)``, in many runs."""

import contextlib
import io

import numpy as np

from .rules import fresh

_SCALES = np.array([[1.0], [10.0], [0.1]])  # of the gradients of three runs on trial


def for_runs(rule, w, lr, hyper):
    """Give the rule in a form that treats every run as if it were alone.

    On a trial of three runs and two steps the rule must do to all at once what it does to each.
    If it does not, or raises, it is called for one run after the other.

    Parameters
    ----------
    rule : Rule
    w : array, ``(*runs, d)``
    lr : float or array, ``(*runs, 1)``
    hyper : dict

    Returns
    -------
    Rule
        With a memory of its own.
    """
    runs = w.shape[:-1]
    own = getattr(rule, "__module__", "").startswith("course_utils.optimizers")
    if not runs or own or _keeps_runs_apart(rule, w, {"lr": lr, **hyper}):
        return fresh(rule)
    return _one_by_one(rule, runs)


def _one_by_one(rule, runs):
    copies = [fresh(rule) for _ in np.ndindex(runs)]

    def each(w, grad, state, lr, **hyper):
        settings = {"lr": lr, **hyper}
        states, new = list(state.get("runs", [{}] * len(copies))), np.empty_like(w)
        for k, i in enumerate(np.ndindex(runs)):
            new[i], states[k] = copies[k](
                w[i], grad[i], states[k] or {}, **_of_run(i, runs, settings)
            )
        return new, {"runs": states}

    return each


def _of_run(i, runs, settings):
    """The settings of run i as numbers."""
    return {
        name: np.broadcast_to(value, (*runs, 1))[i].item()
        if isinstance(value, np.ndarray)
        else value
        for name, value in settings.items()
    }


def _keeps_runs_apart(rule, w, settings):
    runs, rng = w.shape[:-1], np.random.default_rng(0)
    few = [np.unravel_index(k, runs) for k in np.linspace(0, np.prod(runs) - 1, 3).astype(int)]
    numbers = [_of_run(i, runs, settings) for i in few]
    columns = {
        name: np.array([[own[name]] for own in numbers], w.dtype)
        if isinstance(value, np.ndarray) and value.dtype.kind == "f"
        else value
        for name, value in settings.items()
    }
    points = rng.normal(size=(3, w.shape[-1])).astype(w.dtype)
    grads = (_SCALES * rng.normal(size=(2, *points.shape))).astype(w.dtype)
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            together, again = (_two_steps(rule, points, grads, columns) for _ in range(2))
        except Exception:  # not written for arrays, or wrong; that shows when it runs alone
            return False
        if not np.array_equal(together, again, equal_nan=True):  # it draws random numbers
            return True
        try:
            alone = [_two_steps(rule, points[k], grads[:, k], numbers[k]) for k in range(3)]
        except Exception:  # written for many runs
            return True
    rtol = 1e-3 if w.dtype == np.float32 else 1e-9
    return np.allclose(together, np.stack(alone), rtol=rtol, atol=rtol / 1000, equal_nan=True)


def _two_steps(rule, w, grads, settings):
    rule, w, state = fresh(rule), w.copy(), {}
    for grad in grads:
        w, state = rule(w, grad.copy(), state, **settings)
    return np.asarray(w, float)
