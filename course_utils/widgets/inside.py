"""A rule from inside: its lines beside their numbers, one step at a time."""

import base64

import numpy as np
import traitlets

from .. import plots
from ..contracts import require_rate, require_rule
from ..rules import name_of
from ..style import STYLES
from .kit import Widget
from .knobs import knob
from .lines import lines_of
from .racers import racers

STEPS = 40
SIZE = {"label": "size", "more": "gradients'", "scale": "log", "low": 1e-6, "high": 1e6}
GRADIENTS = {
    "noisy": np.round(1 + np.random.default_rng(2).normal(size=STEPS), 2),
    "steady": np.ones(STEPS),
    "zigzag": np.tile([1.0, -1.0], STEPS // 2),
    "rare": np.where(np.arange(STEPS) % 10 == 0, 1.0, 0.0),
}


class Inside(Widget, js="inside.js"):
    """The widget; make one with ``inside``."""

    scene = traitlets.Dict().tag(sync=True)

    @property
    def words(self):
        """What the picture shows."""
        names = ", ".join(self.scene["gradients"])
        return (
            f"{self.scene['label']} from inside: its lines with their numbers, step by step, and "
            f"the same lines for gradients of another size. Gradients to choose from: {names}. "
            "The picture shows the first of these."
        )

    def picture(self):
        """The gradients that come first, as a PNG: what the rule makes of them is to be found."""
        gradients = next(iter(self.scene["gradients"].values()))
        ax = plots.axes(figsize=(5.2, 2.2))
        plots.bars(gradients, self.scene["rule"], ax=ax, xlabel="step", ylabel="gradient")
        return base64.b64decode(plots.picture(ax, self.words)["image/png"])


def inside(rule, *, lr=0.001, knobs=(), gradients=None, size=1.0, start=1.0, path=False, **hyper):
    """Look inside a rule: its lines beside their numbers, for gradients of two sizes.

    Parameters
    ----------
    rule : Rule
        One of the course, also with ``partial``, or your own if it is made of plain lines
        (assignments with + - * / ** and np.sqrt, then ``return w, {…}``).
    lr : float
    knobs : sequence of str
        What can be turned besides the size of the gradients: "lr" or a hyperparameter.
    gradients : array ``(steps,)`` or dict of name -> array, optional
        The gradients that come, with their names on buttons; four kinds if not given.
    size : float
        The factor on the gradients of the second column at first.
    start : float
        The weight at first.
    path : bool
        Whether the picture shows the way of the weight, too.
    **hyper
        Hyperparameters at first.

    Raises
    ------
    TypeError, ValueError
        With a sentence, if the rule can't be read or a name does not fit.
    """
    require_rule(rule, hyper)
    require_rate(lr)
    (known,) = racers(rule)
    lines, memory = lines_of(rule)
    series = GRADIENTS if gradients is None else gradients
    series = series if isinstance(series, dict) else {"gradients": series}
    settings = {"size": size, "lr": lr} | known.fixed | known.defaults | hyper
    style = STYLES.get(name_of(rule))
    scene = {
        "rule": name_of(rule),
        "label": style.label if style else known.name,
        "lines": lines,
        "memory": memory,
        "start": float(start),
        "path": bool(path),
        "settings": settings,
        "knobs": [knob("size", size, **SIZE), *(_knob(name, known, settings) for name in knobs)],
        "gradients": {name: np.asarray(g, float).tolist() for name, g in series.items()},
    }
    return Inside(scene=scene)


def _knob(name, known, settings):
    if name != "lr" and name not in known.defaults:
        raise ValueError(
            f"{known.name} has no knob {name!r}; it has {', '.join(['lr', *known.defaults])}."
        )
    value = settings[name]
    return knob(name, value, **({"low": value / 100, "high": value * 100} if name == "lr" else {}))
