"""Runs that only Python can do: a learner's own rule, or any rule on a learner's own surface."""

import numpy as np

from ..training import run


def run_once(plan, rule, settings, start):
    """The Trajectory of one rule of a race."""
    surface, options = plan.descent(settings)
    return run(surface, rule.function, np.array(start, float), **options, **rule.hyper(settings))


def own_runs(plan, settings, start):
    """Run the rules that the browser can't: name -> its run as lists, or what went wrong."""
    return {rule.name: _numbers_of(plan, rule, settings, start) for rule in plan.own}


def _numbers_of(plan, rule, settings, start):
    try:
        done = run_once(plan, rule, settings, start)
    except Exception as error:  # a learner's rule may raise anything; the race goes on
        kind = type(error).__name__
        return {"trouble": f"{rule.name} can't race. It raised {kind}: {error}"}
    surface, _ = plan.descent(settings)
    with np.errstate(all="ignore"):
        slopes = np.array([surface(w, t)[1] for t, w in enumerate(done.w)])
        sound = np.isfinite(done.w).all(axis=1) & np.isfinite(done.loss)
        sound &= np.isfinite(slopes).all(axis=1)
    until = len(sound) if sound.all() else int(sound.argmin())
    return {
        "way": _rounded(done.w[:until]),
        "slopes": _rounded(slopes[:until]),
        "loss": _rounded(done.loss[:until]),
    }


def _rounded(values):
    """Six digits are more than a screen shows."""
    return [float(f"{x:.6g}") for x in np.ravel(values)]
