"""What ``run`` needs to know of a rule, ours or a learner's: its name, label and own memory."""

import copy
import functools
import inspect
from types import CellType, FunctionType

import numpy as np

_DATA = (bool, int, float, complex, np.generic, np.ndarray, list, dict, set)


def name_of(rule):
    """Name a rule: as its function is named, also inside ``functools.partial``.

    Parameters
    ----------
    rule : Rule

    Returns
    -------
    str
    """
    while isinstance(rule, functools.partial):
        rule = rule.func
    return getattr(rule, "__name__", type(rule).__name__)


def label_of(rule):
    """Name a rule with the hyperparameters that a ``functools.partial`` gives it.

    Parameters
    ----------
    rule : Rule

    Returns
    -------
    str
        Such as "momentum(beta=0.5)"; without a partial, the name alone.
    """
    if not isinstance(rule, functools.partial):
        return name_of(rule)
    settings = ", ".join(f"{name}={_short(value)}" for name, value in rule.keywords.items())
    return f"{label_of(rule.func)}({settings})" if settings else label_of(rule.func)


def _short(value):
    if isinstance(value, (float, np.floating)):
        return f"{value:g}"
    return getattr(value, "__name__", repr(value))


def stateful(cls):
    """Let a class with a method ``step(w, grad, lr) -> w`` stand where a rule is wanted.

    The object travels in ``state`` and is copied before each step, so that replay works as it
    does for a function.

    Parameters
    ----------
    cls : type
        Hyperparameters go to ``cls(**hyper)``.

    Returns
    -------
    Rule
    """

    @functools.wraps(cls, updated=())
    def rule(w, grad, state, lr, **hyper):
        instance = copy.deepcopy(state["instance"]) if state else cls(**hyper)
        return instance.step(w.copy(), grad.copy(), lr), {"instance": instance}

    settings = [
        p for p in inspect.signature(cls).parameters.values() if p.kind is not p.VAR_POSITIONAL
    ]
    points = list(inspect.signature(rule, follow_wrapped=False).parameters.values())[:4]
    rule.__signature__ = inspect.Signature([*points, *settings])
    return rule


def fresh(rule):
    """Copy what a rule remembers outside ``state``, so that each descent starts alike.

    A function made by another function may keep its velocity in a variable of the outer one, and
    an object in an attribute. Without a copy, a second run would start with the velocity that
    the first one ended with.

    Parameters
    ----------
    rule : Rule

    Returns
    -------
    Rule
        The same rule with its own memory; the rule itself if it keeps none.
    """
    if isinstance(rule, functools.partial):
        return functools.partial(fresh(rule.func), *rule.args, **rule.keywords)
    if not isinstance(rule, FunctionType):
        return copy.deepcopy(rule)
    if not rule.__closure__:
        return rule
    cells = tuple(CellType(_own(cell.cell_contents)) for cell in rule.__closure__)
    twin = FunctionType(rule.__code__, rule.__globals__, rule.__name__, rule.__defaults__, cells)
    twin.__kwdefaults__ = rule.__kwdefaults__
    return functools.update_wrapper(twin, rule)


def _own(value):
    return copy.deepcopy(value) if isinstance(value, _DATA) else value
