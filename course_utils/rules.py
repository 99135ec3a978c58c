"""What ``run`` needs to know of a rule, ours or a learner's: its name and its own memory."""

import copy
import functools
from types import CellType, FunctionType

import numpy as np

_DATA = (bool, int, float, complex, np.generic, np.ndarray, list, dict, set)


def name_of(rule):
    """A rule's name for legends: that of the function, also inside functools.partial."""
    while isinstance(rule, functools.partial):
        rule = rule.func
    return getattr(rule, "__name__", type(rule).__name__)


def fresh(rule):
    """The rule with a copy of what it remembers outside ``state``, so that each run starts alike.

    A function made by another function may keep its velocity in a variable of the outer one, and
    an object in an attribute. Without a copy, a second run would start with the velocity that
    the first one ended with.
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
