"""The rules of a race: ours, a learner's own, and either with hyperparameters fixed."""

import functools
import inspect
from dataclasses import dataclass

from ..contracts import require_rule
from ..rules import label_of, name_of
from ..style import styles_of
from .look import look_of
from .twins import rule_twin

_GIVEN = ("w", "grad", "state", "lr")


@dataclass(frozen=True)
class Racer:
    """A rule of the race; ``defaults`` are the hyperparameters that a knob may turn."""

    function: object
    name: str
    twin: str | None
    fixed: dict
    defaults: dict

    def hyper(self, settings):
        """Its hyperparameters among the settings."""
        return {name: settings[name] for name in self.defaults if name in settings}


def racers(rules):
    """Check what was given as rules: a list of Racer, no two of one name."""
    rules = [rules] if callable(rules) else list(rules)
    if not rules:
        raise ValueError("There is no rule to race. Give at least one: race(BEALE, [sgd]).")
    found = [_racer(rule) for rule in rules]
    names = [racer.name for racer in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise ValueError(
            f"Two rules are named {twice}, so nobody could tell them apart. "
            "Give one of the functions another name."
        )
    return found


def _racer(rule):
    require_rule(rule, {})
    twin, fixed = rule_twin(rule)
    return Racer(rule, label_of(rule), twin, fixed, _defaults(rule))


def _defaults(rule):
    """Hyperparameters that are numbers, by name; those that ``partial`` fixes are left out."""
    fixed = rule.keywords if isinstance(rule, functools.partial) else {}
    try:
        parameters = inspect.signature(rule).parameters.values()
    except ValueError:  # written in C, or otherwise closed
        return {}
    return {
        p.name: float(p.default)
        for p in parameters
        if isinstance(p.default, (int, float)) and p.name not in (*_GIVEN, *fixed)
    }


def told(rules):
    """The rules as the browser wants them, no two of one look."""
    known = [name_of(rule.function) for rule in rules]
    # On a map no dash tells two settings of one rule apart, so the second gets a look of its own.
    keys = [
        rule.name.replace("(", " (", 1) if name in known[:place] else rule.name
        for place, (rule, name) in enumerate(zip(rules, known, strict=True))
    ]
    return [
        {
            "name": rule.name,
            "label": style.label,
            "look": look_of(style),
            "twin": rule.twin,
            "hyper": {name: float(value) for name, value in rule.fixed.items()},
            "takes": list(rule.defaults),
        }
        for rule, style in zip(rules, styles_of(keys).values(), strict=True)
    ]
