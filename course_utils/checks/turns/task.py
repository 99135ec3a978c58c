"""How a function of a learner is tried: on inputs, or as a rule over a few steps.

A file `lesson_02.py` beside this one holds the tasks of lesson 02:

    @task([(np.arange(6.0), 4), (np.arange(3.0), 4)])
    def chunks(items, size):
        return [items[i : i + size] for i in range(0, len(items), size)]

The function is what the lesson uses until the learner's is right. `inputs` may also be a function
`rng -> list of tuples`. For a rule write `@task()`; for anything else `@task(trial=…)` with a
`trial(function, rng)` that calls the function and returns numbers.
"""

import copy
import inspect
import pkgutil
from importlib import import_module
from typing import NamedTuple

import numpy as np


class Task(NamedTuple):
    """The course's own function, and `trial(function, rng)`, which returns what it gives."""

    reference: object
    trial: object


_TASKS = {}


def task(inputs=None, trial=None, name=None):
    """Enter a function as the task of its name, or of another name."""

    def enter(reference):
        key = name or reference.__name__
        if key in _TASKS:
            raise ValueError(f"There are two tasks with the name {key}.")
        way = trial or (on_steps(reference) if inputs is None else on_inputs(inputs))
        _TASKS[key] = Task(reference, way)
        return reference

    return enter


def lesson_tasks():
    """{name: task} of all lessons."""
    package = __name__.rpartition(".")[0]
    for module in pkgutil.iter_modules(import_module(package).__path__, f"{package}."):
        import_module(module.name)
    return _TASKS


def on_inputs(inputs):
    """A trial: call the function with each tuple of arguments."""

    def trial(function, rng):
        tuples = inputs(rng) if callable(inputs) else copy.deepcopy(inputs)
        return {
            f"call {n}, with {listed(arguments)},": function(*arguments)
            for n, arguments in enumerate(tuples, 1)
        }

    return trial


def listed(arguments):
    return ", ".join(brief(argument) for argument in arguments)


def brief(argument):
    """An argument in a few characters, the same on every machine."""
    if callable(argument) and hasattr(argument, "__name__"):
        return argument.__name__
    try:
        array = np.asarray(argument)
    except ValueError:  # rows of unequal lengths
        array = np.array(None)
    if array.dtype.kind not in "biuf":
        return f"a {type(argument).__name__}"
    if array.size > 6:
        return f"an array of shape {array.shape}"
    return np.array2string(array, precision=3, separator=", ").replace("\n", "")


def on_steps(rule):
    """A trial of a rule: four steps of one run, then of two with other hyperparameters."""
    settings = list(inspect.signature(rule).parameters.values())[4:]
    others = {p.name: other(p.default) for p in settings if p.default is not p.empty}
    ways = {"": ((3,), 0.2, {}), "two runs, ": ((2, 3), np.array([[0.1], [0.3]]), others)}

    def trial(function, rng):
        points = {}
        for kind, (shape, lr, given) in ways.items():
            before, grads = rng.uniform(1, 3, shape), rng.uniform(1, 3, (4, *shape))
            for t, w in enumerate(walk(function, before, grads, lr, given), 1):
                place, named = f"{kind}w after step {t}", {"grad": grads[t - 1], "lr": lr, **given}
                settings = ", ".join(f"{name} = {brief(value)}" for name, value in named.items())
                trial.given[place] = f"step {t} from w = {brief(before)} with {settings}"
                points[place] = before = w
        return points

    trial.given = {}  # place -> what was put in there, in words

    return trial


def other(default):
    """A value of a hyperparameter that is not its default, and with which it is not idle."""
    if not isinstance(default, float):
        return default
    return 1 - 2.5 * (1 - default) if 0.8 <= default < 1 else 3 * default + 0.01


def walk(rule, w, grads, lr, settings):
    """The points that a rule goes through."""
    state = {}
    for grad in grads:
        try:
            result = rule(w, grad, state, lr, **settings)
        except KeyError as error:
            (key,) = error.args
            raise Complaint(
                f"state has no {key!r} yet: it is {{}} before the first step. "
                f"Take `state.get({key!r}, 0.0)`."
            ) from None
        except UnboundLocalError as error:
            raise Complaint(
                f"{error.name!r} is used before it has a value. A rule remembers nothing by "
                "itself: what it needs of the step before comes in `state`."
            ) from None
        except TypeError as error:
            if "NoneType" not in str(error) or state:
                raise
            raise Complaint(
                "`state.get(…)` gives None before the first step: state is {} then. Say what to "
                "begin with, `state.get(…, 0.0)`."
            ) from None
        if not isinstance(result, tuple) or len(result) != 2:
            many = f"{len(result)} things" if isinstance(result, tuple) else "one thing"
            raise Complaint(f"A rule returns two things, `return w, state`; yours returned {many}.")
        w, state = result
        if not isinstance(state, dict):
            raise Complaint(
                "A rule returns the point first and the state second, and the state is a dict, "
                f'such as {{"v": v}}; your second thing is a {type(state).__name__}.'
            )
        yield w


class Complaint(Exception):
    """What is wrong, in words for a learner."""


class Unfilled(Complaint):
    """The function is still the stub, or half of it is."""


def ask(function):
    """The function, complaining where it is unfilled, returns nothing or changes its inputs.

    ``stopped_with`` says with which arguments it raised an error.
    """

    def asked(*arguments, **settings):
        before = copy.deepcopy(arguments)
        try:
            result = function(*arguments, **settings)
        except Exception as error:
            if isinstance(error, NotImplementedError) or "ellipsis" in str(error):
                raise Unfilled from None
            if not isinstance(error, NameError):
                asked.stopped_with = named(function, arguments, settings)
            raise
        if has_hole(result) or (result is None and is_stub(function)):
            raise Unfilled
        if result is None:
            raise Complaint("It returned nothing. Is its `return` line missing?")
        for old, new in zip(before, arguments, strict=True):
            if isinstance(old, np.ndarray) and not same(old, new):
                raise Complaint(
                    "It changes an array that it was given. Make a new one: `w = w - …`, not "
                    "`w -= …`."
                )
        return result

    asked.stopped_with = ""
    return asked


def named(function, arguments, settings):
    """What a function was given, by name: "lr = 0.5, beta = 0"."""
    try:
        given = inspect.signature(function).bind(*arguments, **settings).arguments
    except TypeError:  # it takes other arguments than these
        return ""
    return ", ".join(f"{name} = {brief(value)}" for name, value in given.items())


def same(old, new):
    """Whether two arrays hold the same numbers, NaN in the same places."""
    return np.array_equal(old, new, equal_nan=old.dtype.kind in "fc")


def has_hole(result):
    if isinstance(result, dict):
        result = tuple(result.values())
    return result is ... or (isinstance(result, tuple | list) and any(map(has_hole, result)))


def is_stub(function):
    """Whether the body has `...` in it, or nothing."""
    code = getattr(function, "__code__", None)
    nothing = (lambda: None).__code__
    return code is not None and (... in code.co_consts or len(code.co_code) == len(nothing.co_code))
