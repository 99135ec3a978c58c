"""A race of rules on a surface that turns: the widget ``race_3d``."""

import base64

import traitlets

from .. import plots
from .kernel import own_runs
from .kit import Widget
from .plan import Plan

_VIEW = {"yaw": 28.0, "pitch": 42.0, "zoom": 1.0}


class Race3D(Widget, js="race_3d.js"):
    """The widget; make one with ``race_3d``."""

    scene = traitlets.Dict().tag(sync=True)

    def __init__(self, plan, view):
        self._plan = plan
        stored = own_runs(plan, plan.settings, plan.home)
        super().__init__(scene=plan.scene() | {"view": view, "stored": stored})

    @property
    def words(self):
        """What the picture shows."""
        labels = ", ".join(rule["label"] for rule in self.scene["rules"])
        return (
            f"{self.scene['title']} as a relief that can be turned; Play lets {labels} walk down "
            "it from one start."
        )

    def picture(self):
        """The relief, as a PNG."""
        relief, view = {"projection": "3d", "computed_zorder": False}, self.scene["view"]
        ax = plots.axes(figsize=(3.4, 2.6), subplot_kw=relief)
        seen = {"window": self._plan.window, "turn": -90 - view["yaw"], "tilt": view["pitch"]}
        plots.surface3d(self._plan.surface, ax=ax, **seen)
        return base64.b64decode(plots.picture(ax, self.words)["image/png"])


def race_3d(surface, rules, *, lr=None, knob=None, start=None, steps=None, clip=None, window=None,
            yaw=28.0, pitch=42.0, **settings):  # fmt: skip
    """Race rules down a surface that turns and zooms by mouse, finger and keyboard.

    Parameters
    ----------
    surface, rules, lr, knob, start, steps, clip, window, **settings
        As for ``race``. A rule of your own runs once, in Python, with the settings at first.
    yaw, pitch : float
        From where it is seen at first, in degrees: around, and above the horizon.

    Raises
    ------
    TypeError, ValueError
        With a sentence, if something does not fit.
    """
    plan = Plan(
        surface, rules, lr=lr, knob=knob, goal=None, within=0.1, start=start, steps=steps,
        clip=clip, schedule=None, presets={}, window=window, rates=None, open_map=False,
        settings=settings,
    )  # fmt: skip
    return Race3D(plan, _VIEW | {"yaw": yaw, "pitch": pitch})
