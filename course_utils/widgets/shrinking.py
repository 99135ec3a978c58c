"""Two lots of weights that shrink: λw joins the gradient, or the weights shrink directly."""

import base64

import numpy as np
import traitlets

from .. import plots
from ..contracts import require_rate
from ..optimizers import RULES
from ..style import OWN, STYLES
from .kit import Widget
from .knobs import knob
from .look import look_of

WEIGHTS = 90
STEPS = 2000
NOISE = {"label": "noise", "more": "gradients'", "scale": "log", "low": 1e-3, "high": 10}
LOOKS = OWN[0], STYLES["adamw"]  # as in the lesson's pictures: L2, and weight decay
DECAY = {"label": "λ", "more": "decay", "scale": "log", "low": 0.01, "high": 1}


class Shrinking(Widget, js="shrinking.js"):
    """The widget; make one with ``shrinking``."""

    scene = traitlets.Dict().tag(sync=True)

    @property
    def words(self):
        labels = " or ".join(rule["label"] for rule in self.scene["rules"])
        return (
            "Two lots of weights, alike at first, whose gradients are noise. In one the decay λw "
            "joins the gradient, in the other each weight shrinks by itself. Play lets "
            f"{labels} move both."
        )

    def picture(self):
        """The weights before the first step: what comes of them is for the learner to see."""
        axes = plots.axes(ncols=2, figsize=(7.4, 2.6), sharey=True)
        titles = "λw joins the gradient", "w shrinks directly"
        for ax, title, look in zip(axes, titles, LOOKS, strict=True):
            ax.plot(self.scene["starts"], ".", color=look.color)
            ax.set_title(title, loc="left")
            ax.set(xlabel="weight", ylim=(-1.2, 1.2))
        return base64.b64decode(plots.picture(axes[0], self.words)["image/png"])


def shrinking(rule, rules=None, *, weight_decay=0.1, noise=0.1, goal=None):
    """Let two lots of weights shrink under gradients that are noise around 0.

    In one lot λw joins the gradient before the rule sees it. In the other each weight shrinks by
    a factor 1 - ηλ, and then the rule moves it. Noise and λ can be turned.

    Parameters
    ----------
    rule : Rule
        One of the course, at work at first.
    rules : dict, optional
        Rule -> its learning rate: what can be chosen; ``{rule: 0.001}`` if not given.
    weight_decay : float
        λ at first.
    noise : float
        The standard deviation of the gradients at first.
    goal : Rule, optional
        One of the rules: the learner is to find a noise with which it shrinks both lots alike.

    Raises
    ------
    ValueError
        With a sentence, if a rule is not one of the course or not among those to choose from.
    """
    rates = {rule: 0.001} if rules is None else dict(rules)
    names = [getattr(one, "__name__", one) for one in rates]
    known = [name for name in RULES if name != "adamw"]  # AdamW shrinks weights by itself
    for what in (*names, getattr(rule, "__name__", rule), getattr(goal, "__name__", names[0])):
        if what not in known or what not in names:
            raise ValueError(f"shrinking takes rules of {', '.join(known)}; got {what!r}.")
    for lr in rates.values():
        require_rate(lr)
    starts = np.random.default_rng(0).uniform(-1, 1, WEIGHTS).round(3)
    settings = {"rule": rule.__name__, "weight_decay": weight_decay, "noise": noise, "steps": STEPS}
    scene = {
        "starts": starts.tolist(),
        "rules": [
            {"name": name, "label": STYLES[name].label, "lr": float(lr)}
            for name, lr in zip(names, rates.values(), strict=True)
        ],
        "looks": [look_of(look) for look in LOOKS],
        "goal": getattr(goal, "__name__", None),
        "knobs": [knob("noise", noise, **NOISE), knob("weight_decay", weight_decay, **DECAY)],
        "settings": settings,
    }
    return Shrinking(scene=scene)
