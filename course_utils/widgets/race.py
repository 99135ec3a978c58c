"""A race of rules on a surface: the widget ``race``."""

import base64

import traitlets

from .. import plots
from ..plots.paths import mark_start
from .kernel import own_runs
from .kit import Widget
from .plan import Plan


class Race(Widget, js="race.js"):
    """The widget; make one with ``race``."""

    scene = traitlets.Dict().tag(sync=True)  # all that the browser needs to begin
    asked = traitlets.Dict().tag(sync=True)  # settings for which it wants runs from the kernel
    answers = traitlets.Dict().tag(sync=True)  # those runs

    def __init__(self, plan):
        self._plan = plan
        first = {"settings": plan.settings, "start": plan.home}
        super().__init__(scene=plan.scene(), answers=self._answer(first))
        self.observe(lambda change: self.set_trait("answers", self._answer(change.new)), "asked")

    def _answer(self, asked):
        plan = self._plan
        return {
            "key": asked.get("key", ""),
            "runs": own_runs(plan, asked["settings"], asked["start"]),
        }

    @property
    def words(self):
        """What the picture shows."""
        labels = [rule["label"] for rule in self.scene["rules"]]
        return (
            f"{self.scene['title']} from above, with a star where it is lowest; Play lets "
            f"{_listed(labels)} walk down it from one start."
        )

    def picture(self):
        """The map as it opens, as a PNG: no path, which would tell how the race ends."""
        ax = plots.axes(figsize=(5.2, 2.85))
        plots.contour(self._plan.surface, window=self._plan.window, ax=ax)
        mark_start(ax, self._plan.home)
        return base64.b64decode(plots.picture(ax, self.words)["image/png"])


def _listed(names):
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def race(
    surface,
    rules,
    *,
    lr=None,
    knob=None,
    goal=None,
    within=0.1,
    start=None,
    steps=None,
    clip=None,
    schedule=None,
    presets=None,
    window=None,
    rates=None,
    open_map=False,
    **settings,
):
    """Race rules down a surface, with the learning rate and other settings on knobs.

    Parameters
    ----------
    surface : Surface, ``ravine``, or an objective (w, t) -> loss, grad of two numbers
        ``ravine`` itself puts its condition number on a knob.
    rules : a rule or a list of rules
        Your own function races, too, while a kernel runs. ``partial`` fixes a hyperparameter.
    lr : float
        Where the knob of the learning rate stands at first.
    knob : str or list of str
        What else is on a knob: any hyperparameter of the rules (``"beta"`` …), or
        ``"condition"``, ``"turn"`` (the ravine), ``"max_norm"``, ``"limit"``, ``"warmup"``.
    goal : (str, int)
        A rule of the race, and in how many steps it should arrive and stay.
    within : float
        How close to a minimum counts as there.
    start : (float, float)
        Where the race starts.
    steps : int
        How many steps.
    clip : float or ``partial`` of a function of ``clipping``
        A number is the longest that a gradient may be.
    schedule : callable
        t -> factor on the learning rate.
    presets : dict
        Name -> settings to jump to, such as ``{"divergence": {"lr": 2.1}}``; may hold "start".
    window : ((float, float), (float, float))
        What the map shows.
    rates : (float, float)
        The ends of the knob for lr.
    open_map : bool or None
        Show the map of every setting at once from the beginning; None leaves it away.
    **settings
        Where knobs stand at first, and fixed hyperparameters: ``beta=0.5``, ``condition=10`` …

    Raises
    ------
    TypeError, ValueError
        With a sentence, if a surface, a rule, a knob, a goal or a preset does not fit.
    """
    return Race(
        Plan(
            surface, rules, lr=lr, knob=knob, goal=goal, within=within, start=start, steps=steps,
            clip=clip, schedule=schedule, presets=presets, window=window, rates=rates,
            open_map=open_map, settings=settings,
        )
    )  # fmt: skip
