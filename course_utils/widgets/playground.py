"""A playground: a small network learns, with every knob of the course in reach."""

import base64

import numpy as np
import traitlets

from .. import data, plots
from ..contracts import require_count
from ..network import MLP
from ..optimizers import RULES
from .kit import Widget

SCHEDULES = ["constant", "step decay", "cosine", "warmup", "warmup + cosine"]
KNOBS = [
    "data",
    "rule",
    "schedule",
    "lr",
    "beta",
    "batch",
    "hidden",
    "units",
    "max_norm",
    "weight_decay",
]
MOST_HIDDEN = 16


class Playground(Widget, js="playground.js"):
    """Made by ``playground``."""

    scene = traitlets.Dict().tag(sync=True)

    @property
    def words(self):
        now = self.scene["settings"]
        return (
            f"A playground: a network of 2 inputs, {now['hidden']} hidden units and 1 output "
            f"learns to tell the two kinds of points of {now['data']} apart. Play trains it "
            f"with {now['rule']} from {len(self.scene['normals'])} random starts at once; the map "
            "shows where it draws the border, the curves show loss and accuracy of every start."
        )

    def picture(self):
        """The border before training: what comes of it is for the learner to see."""
        now = self.scene["settings"]
        points = self.scene["data"][now["data"]]
        X, y = np.reshape(points["X"], (-1, 2)), np.array(points["y"], float)
        net = MLP((2, now["hidden"], 1), now["activation"])
        ax = plots.boundary(net, net.init(0), X, y, ax=plots.axes(figsize=(3.6, 3.8)))
        ax.set_title("start 1, step 0", loc="left")
        return base64.b64decode(plots.picture(ax, self.words)["image/png"])


def playground(
    rule="adam",
    lr=0.03,
    *,
    data_set="circle",
    hidden=8,
    batch=None,
    beta=0.9,
    schedule="constant",
    max_norm=10.0,
    weight_decay=0.01,
    units=1.0,
    activation="relu",
    steps=400,
    seeds=10,
    rules=None,
    knobs=("data", "rule", "lr", "batch", "hidden"),
):
    """Make a playground that trains in the browser; the arguments say how it stands at first.

    Parameters
    ----------
    rule, lr, beta, weight_decay
        The rule by name and its numbers.
    data_set : {"circle", "moons", "spirals"}
    hidden : int
        Hidden units, 1 to 16.
    batch : int, optional
        Batch size; all points if not given.
    schedule : {"constant", "step decay", "cosine", "warmup", "warmup + cosine"}
    max_norm : float
        Clip the gradient's norm; 10 and more means no clipping.
    units : float
        The first input is multiplied by it and the second divided, as by other units of measure.
    steps, seeds : int
        How long, and from how many starts; start k is ``MLP.init(k)``.
    rules : list of str, optional
        Rules to choose from; all seven if not given.
    knobs : sequence of str
        Which of data, rule, schedule, lr, beta, batch, hidden, units, max_norm and weight_decay
        can be chosen.
    """
    require_count("steps", steps)
    require_count("seeds", seeds)
    rules = list(RULES) if rules is None else [getattr(r, "__name__", r) for r in rules]
    rule = getattr(rule, "__name__", rule)
    sets = {name: getattr(data, name)() for name in ("circle", "moons", "spirals")}
    for what, value, known in [
        ("rule", rule, rules),
        ("data_set", data_set, sets),
        ("schedule", schedule, SCHEDULES),
        *(("knobs", name, KNOBS) for name in knobs),
    ]:
        if value not in known:
            raise ValueError(f"{what} must be of {', '.join(known)}; got {value!r}.")
    if not 1 <= hidden <= MOST_HIDDEN:
        raise ValueError(f"hidden must be between 1 and {MOST_HIDDEN}, got {hidden}.")
    settings = {
        "data": data_set, "rule": rule, "lr": lr, "beta": beta, "batch": batch or 200,
        "hidden": hidden, "units": units, "max_norm": max_norm, "weight_decay": weight_decay,
        "schedule": schedule, "activation": activation, "steps": steps,
    }  # fmt: skip
    scene = {
        "data": {name: _points(*points) for name, points in sets.items()},
        "normals": [_normals(seed) for seed in range(seeds)],
        "rules": rules,
        "schedules": SCHEDULES,
        "knobs": list(knobs),
        "settings": settings,
    }
    return Playground(scene=scene)


def _points(X, y):
    """Four decimals are enough to draw and to learn from."""
    return {"X": np.round(X, 4).ravel().tolist(), "y": y.astype(int).tolist()}


def _normals(seed):
    """What MLP.init draws for a seed, before it is scaled: the largest network needs so many."""
    return np.random.default_rng(seed).normal(size=3 * MOST_HIDDEN).tolist()
