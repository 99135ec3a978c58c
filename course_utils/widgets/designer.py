"""A schedule designer: draw a learning rate for every step, and see what runs do with it."""

import base64

import numpy as np
import traitlets

from .. import plots
from ..contracts import require_count
from ..data import circle
from ..network import MLP
from ..objectives import Classification, noisy
from ..optimizers import RULES
from ..schedules import usual_schedules
from ..style import style_of
from ..surfaces import ravine
from ..training import run
from .kit import Widget

RAVINE = {"condition": 50.0, "deviation": 0.5, "start": [-10.0, 1.0]}
NETWORK = {"hidden": 8, "activation": "relu", "batch": 16}
PROBLEMS = {  # the rates and losses to draw, the runs to practice on, to show, to judge by
    "ravine": {
        "settings": RAVINE,
        "steps": 200,
        "warm": 0,
        "every": 2,
        "rates": [0.005, 2.0],
        "loss": [0.003, 3.0],
        "average": "mean",  # which can be computed, too: design.mean_loss
        "runs": {"practice": 600, "shown": 8, "fresh": 2000},
    },
    "network": {
        "settings": NETWORK,
        "steps": 400,
        "warm": 1 / 20,  # of all steps
        "every": 20,
        "rates": [0.02, 16.0],
        "loss": [0.01, 1.0],
        "average": "median",  # a network that breaks can't raise it
        "runs": {"practice": 12, "shown": 12, "fresh": 100},
    },
}
_PEAKS = 8  # of a preset that are tried, each 1/√2 of the one before


class Designer(Widget, js="designer.js"):
    """Made by ``designer``."""

    scene = traitlets.Dict().tag(sync=True)

    @property
    def words(self):
        scene = self.scene
        place = {
            "ravine": "walk down a noisy ravine",
            "network": "train a small network on the circle",
        }[scene["problem"]]
        return (
            f"A schedule designer: draw a learning rate for each of {scene['steps']} steps, by "
            f"hand or by keys, and see at once how runs of {scene['rule']} with it {place}. Beside "
            f"yours stands {scene['against']}; other schedules can be loaded, and a score on "
            "fresh noise tells which is best."
        )

    def picture(self):
        """What it opens with, from runs in Python."""
        scene, opens, seeds = self.scene, self.scene["opens"], self.scene["runs"]["shown"]
        factors, steps = np.array(scene["presets"][opens["name"]]), np.arange(scene["steps"])
        rate, loss = plots.axes(ncols=2, figsize=(8, 3))
        rate.plot(steps, opens["peak"] * factors, color=style_of(scene["rule"]).color)
        fan = _losses(scene, lambda t: factors.take(t, mode="clip"))
        plots.fan(*fan, scene["rule"], f"{seeds} runs", ax=loss)
        for ax, (low, high), what in ((rate, scene["rates"].values(), "learning rate"),
                                      (loss, scene["loss"].values(), "loss")):  # fmt: skip
            ax.set(yscale="log", ylim=(low, high), xlabel="step", ylabel=what)
        return base64.b64decode(plots.picture(rate, self.words)["image/png"])


def _losses(scene, schedule):
    """Steps, and the losses of the runs to show ``(m, runs)``."""
    settings, seeds = scene["settings"], np.arange(scene["runs"]["shown"])
    if scene["problem"] == "ravine":
        objective = noisy(ravine(settings["condition"]), settings["deviation"])
        starts, loss = np.tile(settings["start"], (len(seeds), 1)), lambda w: objective(w, 0)[0]
    else:
        net = MLP((2, settings["hidden"], 1), settings["activation"])
        X, y = np.reshape(settings["X"], (-1, 2)), settings["y"]
        objective = Classification(net, X, y, settings["batch"], seeds)
        starts, loss = net.init(seeds), objective.loss
    way = run(objective, RULES[scene["rule"]], starts, scene["opens"]["peak"], schedule=schedule,
              steps=scene["steps"], metrics={"loss": loss}, every=10, **scene["hyper"])  # fmt: skip
    return way.t, way.metrics["loss"]


def designer(
    problem="ravine",
    rule="sgd",
    *,
    against="cosine",
    opens=("constant", 0.5),
    among=None,
    steps=None,
    rates=None,
    batch=None,
    **hyper,
):
    """Make a schedule designer that runs in the browser.

    Parameters
    ----------
    problem : {"ravine", "network"}
        Down a noisy ravine, κ = 50; or 2-8-1 ReLU on the circle.
    rule : str or Rule
        One of the course's own.
    against : str
        The schedule to beat, at its best height: one of ``usual_schedules``, all with the same
        warmup, of a twentieth of the steps for the network and none in the ravine.
    opens : (str, float)
        The schedule with which it opens, and its highest rate.
    among : list of str, optional
        The schedules that can be loaded and are scored, all of ``usual_schedules`` if not given.
    steps : int, optional
    rates : (low, high), optional
        The rates that can be drawn.
    batch : int, optional
        Batch size of the network; 200 is all points.
    **hyper
        Hyperparameters of the rule.
    """
    rule, known = getattr(rule, "__name__", rule), list(usual_schedules(100, warm=0))
    among = known if among is None else among
    for what, value, options in [
        ("problem", problem, PROBLEMS),
        ("rule", rule, RULES),
        *[("among", name, known) for name in among],
        ("against", against, among),
        ("opens", opens[0], among),
    ]:
        if value not in options:
            raise ValueError(f"{what} must be of {', '.join(options)}; got {value!r}.")
    usual = PROBLEMS[problem]
    steps = usual["steps"] if steps is None else steps
    require_count("steps", steps)
    low, high = usual["rates"] if rates is None else rates
    plans = usual_schedules(steps, warm=round(usual["warm"] * steps))
    presets = {name: plans[name](np.arange(steps)).round(5).tolist() for name in among}
    settings = dict(usual["settings"])
    if problem == "network":
        X, y = circle()
        settings |= {"X": X.ravel().tolist(), "y": y.astype(int).tolist()}
        settings |= {"batch": batch or settings["batch"]}
    scene = usual | {
        "problem": problem,
        "settings": settings,
        "rule": rule,
        "hyper": hyper,
        "steps": steps,
        "rates": {"low": low, "high": high},
        "presets": presets,
        "against": against,
        "opens": {"name": opens[0], "peak": opens[1]},
        "peaks": [high * 2 ** (-k / 2) for k in range(_PEAKS)],
    }
    scene["loss"] = dict(zip(("low", "high"), usual["loss"], strict=True))
    return Designer(scene=scene)
