"""What training expects of rates, rules and objectives, said in sentences."""

import inspect

import numpy as np

from .rules import name_of


def require_count(name, value):
    """Let whole numbers from 1 on pass."""
    if not isinstance(value, (int, np.integer)) or value < 1:
        raise ValueError(f"{name} must be a whole number of 1 or more, got {value!r}.")


def require_rate(lr):
    """Let learning rates of 0 or more pass, one or many."""
    require_setting("lr", lr)
    if (
        not isinstance(lr, (float, int, np.generic, np.ndarray))
        or np.asarray(lr).dtype.kind not in "iuf"
    ):
        raise TypeError(f"lr must be a number or an array of numbers, got {lr!r}.")
    if not np.all(np.asarray(lr) >= 0):
        raise ValueError(f"lr must be 0 or more, got {lr}. A descent steps against the gradient.")


def require_setting(name, value):
    """Let everything but lists pass: many values must be an array over runs."""
    if isinstance(value, list):
        raise TypeError(f"{name} is a list; make it an array over runs: np.array({name}).")


def require_rule(rule, hyper):
    """Let functions pass that take (w, grad, state, lr) and the hyperparameters by name."""
    if isinstance(rule, type):
        raise TypeError(f"{rule.__name__} is a class. Pass stateful({rule.__name__}) instead.")
    if not callable(rule):
        raise TypeError(f"The optimizer must be a function such as adam, got {rule!r}.")
    for name, value in hyper.items():
        require_setting(name, value)
    parameters = inspect.signature(rule).parameters
    if not _takes(rule, "w", "grad", "state", "lr"):
        raise TypeError(
            f"A rule takes (w, grad, state, lr, …) and returns (w, state); "
            f"{name_of(rule)} takes ({', '.join(parameters)})."
        )
    if any(p.kind is p.VAR_KEYWORD for p in parameters.values()):
        return
    known = list(parameters)[4:]
    for name in hyper:
        if name not in known:
            raise TypeError(
                f"{name_of(rule)} has no hyperparameter {name!r}; it has {', '.join(known)}."
                if known
                else f"{name_of(rule)} has no hyperparameters, got {name!r}."
            )


def require_objective(objective):
    """Let callables pass that take (w, t)."""
    if not callable(objective):
        raise TypeError(f"The objective must be a function of (w, t), got {objective!r}.")
    if not _takes(objective, "w", "t"):
        raise TypeError(
            f"The objective must take (w, t), the point and the number of the step, and return "
            f"(loss, grad); {name_of(objective)} takes "
            f"({', '.join(inspect.signature(objective).parameters)}). "
            "If it needs no t, write it all the same: def f(w, t)."
        )


def _takes(function, *arguments):
    try:
        inspect.signature(function).bind_partial(*arguments)
    except TypeError:
        return False
    except ValueError:  # written in C, without a signature to read
        return True
    return True


def require_gradient(result, w):
    """Let (loss, grad) pass whose shapes fit ``w``."""
    if not (isinstance(result, tuple) and len(result) == 2):
        raise TypeError(
            f"The objective must return (loss, grad), got {_describe(result)}. "
            "Does it end in `return loss, grad`?"
        )
    loss, grad = result
    runs, d = w.shape[:-1], w.shape[-1]
    shape = np.shape(grad)
    fits = shape == (*np.shape(loss), d)
    if not fits or _broadcast_or_none(runs, shape[:-1]) != shape[:-1]:
        raise ValueError(
            f"For w of shape {w.shape} the objective should return a loss of shape {runs} "
            f"and a grad of shape {w.shape}; got {np.shape(loss)} and {shape}."
        )
    return loss, grad


def require_clipped(clipped, grad):
    """Let a clipped gradient pass that has as many numbers a point as before."""
    if np.shape(clipped)[-1:] != grad.shape[-1:]:
        raise ValueError(
            f"clip must return a gradient of shape {grad.shape}, got {_describe(clipped)} "
            f"of shape {np.shape(clipped)}."
        )
    return clipped


def require_update(result, w):
    """Let (w, state) pass with a ``w`` of the shape it had."""
    if not (isinstance(result, tuple) and len(result) == 2 and isinstance(result[1], dict)):
        raise TypeError(
            f"The optimizer must return (w, state) with state a dict, got {_describe(result)}. "
            "Does it end in `return w, state`?"
        )
    if getattr(result[0], "shape", None) != w.shape:
        raise ValueError(
            f"The optimizer returned w of shape {np.shape(result[0])}; it was given {w.shape}."
        )
    return result


def empty_state(rule, key):
    """The error for a rule that looks something up before it was stored."""
    return LookupError(
        f"{name_of(rule)} looks up state[{key!r}], but state is {{}} before the first step. "
        f"Write state.get({key!r}, 0.0), which gives 0.0 when there is nothing yet."
    )


def _describe(result):
    if isinstance(result, tuple):
        return f"a tuple of {', '.join(type(item).__name__ for item in result)}"
    return "None" if result is None else f"one {type(result).__name__}"


def _broadcast_or_none(*shapes):
    try:
        return np.broadcast_shapes(*shapes)
    except ValueError:
        return None
