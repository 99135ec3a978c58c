"""A race of rules on a surface: the widget ``race``."""

from pathlib import Path

import anywidget
import matplotlib.pyplot as plt
import numpy as np
import traitlets

from .. import plots
from ..rules import name_of
from ..style import style_of
from ..surfaces import Surface
from ..training import run
from .heats import arrivals, box_of, floor_under, heats, loss_range, pack
from .page import page

HERE = Path(__file__).parent
MARKERS = {  # as polygons: corners, inner radius, turn in quarters of a corner
    "o": (12, 0.97, 0), "s": (4, 0.71, 2), "^": (3, 0.5, 0), "v": (3, 0.5, 2), "D": (4, 0.71, 0),
    "P": (4, 0.35, 0), "X": (4, 0.35, 2), "*": (5, 0.4, 0), "h": (6, 0.87, 0), "p": (5, 0.81, 0),
}  # fmt: skip
DASHES = {"-": [], "--": [7, 4], "-.": [7, 3, 1.5, 3]}


class Race(anywidget.AnyWidget):
    """The widget; make one with ``race``."""

    _esm = "\n".join((HERE / name).read_text("utf-8") for name in ("canvas.js", "race.js"))
    _css = (HERE / "race.css").read_text("utf-8")
    scene = traitlets.Dict().tag(sync=True)  # what stays while the surface stays
    heat = traitlets.Dict().tag(sync=True)  # what changes with the start
    paths = traitlets.Bytes().tag(sync=True)  # (rules, rates, steps + 1, 4) of int16
    start = traitlets.List(traitlets.Float()).tag(sync=True)
    condition = traitlets.Float(allow_none=True).tag(sync=True)

    def __init__(self, surface, rules, lrs, lr, start, options, goal):
        self._family = None if isinstance(surface, Surface) else surface
        self._surface = surface if self._family is None else surface(100.0)
        self._rules, self._lrs, self._options = list(rules), np.asarray(lrs, float), options
        self._first = int(np.abs(np.log(self._lrs / lr)).argmin())
        self._goal = dict(zip(("rule", "within"), goal, strict=True)) if goal else None
        self._home = [float(x) for x in (self._surface.start if start is None else start)]
        super().__init__(start=self._home, condition=100.0 if self._family else None)
        self._enter_surface()
        self.observe(lambda change: self._run(), "start")
        self.observe(lambda change: self._change_condition(), "condition")

    def _change_condition(self):
        self._surface = self._family(self.condition)
        self._enter_surface()

    def _enter_surface(self):
        surface = self._surface
        scene = {
            "title": surface.name,
            "window": surface.window,
            "box": box_of(surface.window),
            "minima": surface.minima.tolist(),
            "contours": _contour_lines(surface),
            "lrs": self._lrs.tolist(),
            "first": self._first,
            "steps": self._options["steps"],
            "home": self._home,
            "looks": {name_of(rule): _look(name_of(rule)) for rule in self._rules},
            "goal": self._goal,
        }
        with self.hold_sync():
            self.scene = scene
            self._run()

    def _run(self):
        surface, start = self._surface, np.array(self.start)
        done, sentences = heats(surface, self._rules, start, self._lrs, **self._options)
        box = box_of(surface.window)
        within = self._goal["within"] if self._goal else 0.1
        arrived = {
            name: arrivals(surface, heat, within).tolist() if len(surface.minima) else []
            for name, heat in done.items()
        }
        floor = floor_under(surface, done.values())
        with self.hold_sync():
            self.heat = {
                "names": list(done),
                "sentences": sentences,
                "arrived": arrived,
                "floor": floor,
                "logs": loss_range(done.values(), floor),
            }
            self.paths = b"".join(pack(heat, box, floor).tobytes() for heat in done.values())

    @property
    def alt(self):
        """What the picture shows, in words."""
        names = " and ".join(self.heat["names"]) or "no rule"
        return (
            f"{self.scene['title']} from above with the paths of {names} from one start, "
            "and beside it the loss of each over the steps."
        )

    def picture(self):
        """The race at its first learning rate, as a mimebundle with PNG and words."""
        ways, losses = plots.axes(ncols=2, figsize=(10.0, 4.2))
        plots.contour(self._surface, ax=ways)
        for rule in self._rules:
            if name_of(rule) in self.heat["names"]:
                lr = float(self._lrs[self._first])
                way = run(self._surface, rule, np.array(self.start), lr, **self._options)
                plots.path(way, ax=ways)
                plots.curves(way, ax=losses)
        if losses.get_yscale() == "log":
            losses.set_ylim(*(10.0 ** np.array(self.heat["logs"])))
        return plots.picture(ways, self.alt)

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        data |= self.picture()
        state = {name: getattr(self, name) for name in ("scene", "heat", "start", "condition")}
        data["text/html"] = page(self._esm, self._css, state, self.paths, data["text/html"])
        return data, metadata


def race(surface, rules, *, lrs=None, lr=0.02, start=None, steps=300, clip=None, goal=None):
    """Race rules down a surface, with the learning rate on a slider.

    surface  a Surface, or a function condition number -> Surface such as ``ravine``, which puts
             the condition number on a slider too
    rules    list of rules; your own function is welcome
    lrs      the rates of the slider, by default 41 from 0.001 to 0.1
    lr       where the slider stands at first
    start    where the race starts, by default surface.start
    clip     grad -> grad, before the rule sees it
    goal     (name of a rule, distance): the widget then asks for the rate with which that rule
             is soonest within that distance of a minimum, and stays, and tells when it is found
    """
    if lrs is None:
        lrs = [float(f"{lr:.2g}") for lr in np.geomspace(0.001, 0.1, 41)]
    return Race(surface, rules, lrs, lr, start, {"steps": steps, "clip": clip}, goal)


def _look(name):
    style = style_of(name)
    dash = DASHES[style.dash] if isinstance(style.dash, str) else [2 * n for n in style.dash[1]]
    marker = MARKERS[style.marker]
    return {"color": style.color, "dark": style.dark, "dash": dash, "marker": marker}


def _contour_lines(surface):
    """Lines of equal height, each as [x, y, x, y, …]."""
    ax = plots.contour(surface)
    lines = [line[::3] for lines in ax.collections[1:] for level in lines.allsegs for line in level]
    plt.close(ax.figure)
    return [np.round(line, 3).ravel().tolist() for line in lines if len(line) > 1]
