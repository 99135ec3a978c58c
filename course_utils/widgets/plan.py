"""What a race is about, checked, and then told to the browser."""

from functools import partial

from .. import clipping
from ..rules import name_of
from ..schedules import warmup
from ..surfaces import ravine
from .knobs import knob as knob_for
from .openings import TURNING, opening
from .own_surface import as_surface, heights
from .racers import racers, told
from .twins import clip_twin, surface_twin, turned, turned_point

_PATIENCE = 2000  # steps of the map of settings
_EXTRA = {"max_norm": 50.0, "limit": 1.0, "warmup": 0, "turn": 0}  # knobs that no rule has


class Plan:
    """A race as it was asked for; see ``race`` for the arguments."""

    def __init__(self, surface, rules, *, knob, goal, within, start, steps, clip, schedule,
                 presets, window, rates, lr, open_map, settings):  # fmt: skip
        self.rules = racers(rules)
        names = [knob] if isinstance(knob, str) else list(knob or ())
        if surface is ravine:
            surface = ravine(settings.get("condition", 100.0))
            names += [name for name in ("condition",) if name not in names]
        self._objective = surface
        self.surface = as_surface(surface, start, window)
        self.twin = surface_twin(self.surface)
        self.first = opening(self.twin and self.twin["name"])
        if "turn" in names:
            self.first = self.first | TURNING

        self.clip, limits = clip_twin(clip)
        for name, how in (("max_norm", "clip_by_global_norm"), ("limit", "clip_by_value")):
            if name in (*names, *settings) and self.clip in (None, how):
                self.clip = how
        condition = (self.twin or {}).get("options", {})
        self.settings = {"lr": self.first["lr"] if lr is None else lr} | condition | limits
        self._require_known(names, settings)
        self.settings |= {name: self._value(name) for name in names if name not in self.settings}
        self.settings |= settings
        self.knobs = self._knobs(names, rates)

        if start is None:
            start = self.first.get("start", self.surface.start)
            start = turned_point(start, self.settings.get("turn", 0))
        self.home = [float(x) for x in start]
        self.window = window or self.first.get("window") or self.surface.window
        self.steps = self.first["steps"] if steps is None else steps
        self.schedule, self.within, self.open_map = schedule, within, open_map
        self.goal = self._goal(goal)
        self.presets = self._presets(self._usual_presets() if presets is None else presets)

    def _require_known(self, knobs, settings):
        of_rules = {name for rule in self.rules for name in rule.defaults}
        of_ravine = {"condition", "turn"} if "condition" in self.settings else set()
        clips = {"max_norm"} if self.clip == "clip_by_global_norm" else set()
        clips |= {"limit"} if self.clip == "clip_by_value" else set()
        known = {"lr", "warmup"} | of_rules | of_ravine | clips
        for name in (*knobs, *settings):
            if name in known:
                continue
            if name in ("condition", "turn"):
                raise ValueError(f"{name!r} is a knob of the ravine: race(ravine, …).")
            rules = ", ".join(rule.name for rule in self.rules)
            raise ValueError(
                f"No rule of this race has {name!r} (rules: {rules}). "
                f"You can choose from {', '.join(sorted(known))}."
            )

    def _value(self, name):
        """Where a knob stands if nothing was said: at the default of the first rule that has it."""
        values = [rule.defaults[name] for rule in self.rules if name in rule.defaults]
        return values[0] if values else _EXTRA[name]

    def _knobs(self, names, rates):
        low, high = rates or self.first["rates"]
        rate = knob_for("lr", self.settings["lr"], low=low, high=high)
        rest = [knob_for(name, self.settings[name]) for name in names if name != "lr"]
        return [rate, *rest]

    def _goal(self, goal):
        if goal is None:
            return None
        rule, steps = goal
        name = rule if isinstance(rule, str) else name_of(rule)
        names = [racer.name for racer in self.rules]
        if name not in names:
            raise ValueError(
                f"The goal is for {name}, which is not in the race. In it: {', '.join(names)}."
            )
        return {"rule": name, "steps": int(steps)}

    def _usual_presets(self):
        """Those of the opening that this race has the rules and the knobs for."""
        have = {*self.settings, "start", *(rule.name for rule in self.rules)}
        return {
            name: given
            for name, given in self.first["presets"].items()
            if {given.get("follow", "start"), *given} - {"follow"} <= have
        }

    def _presets(self, presets):
        names = [rule.name for rule in self.rules]
        for name, given in presets.items():
            odd = set(given) - set(self.settings) - {"start", "follow"}
            if odd:
                raise ValueError(
                    f"The preset {name!r} sets {', '.join(sorted(odd))}; a preset can set "
                    f"{', '.join(self.settings)}, start and follow."
                )
            if given.get("follow", names[0]) not in names:
                raise ValueError(
                    f"The preset {name!r} follows {given['follow']}, which is not in the race."
                )
        return [
            {
                "name": name,
                "settings": {key: given[key] for key in given if key in self.settings},
                "follow": given.get("follow"),
                "start": [float(x) for x in given["start"]] if "start" in given else None,
            }
            for name, given in presets.items()
        ]

    def descent(self, settings):
        """The surface for these settings, and what ``run`` takes besides rule and start."""
        surface = self._objective
        if "condition" in settings:
            surface = turned(ravine(settings["condition"]), settings.get("turn", 0))
        clip = None
        if self.clip:
            name = "max_norm" if self.clip == "clip_by_global_norm" else "limit"
            clip = partial(getattr(clipping, self.clip), **{name: settings[name]})
        options = {"lr": settings["lr"], "steps": self.steps, "clip": clip}
        if self.schedule or settings.get("warmup"):
            options["schedule"] = warmup(int(settings.get("warmup", 0)), self.schedule)
        return surface, options

    @property
    def own(self):
        """The rules that only Python can run."""
        return [rule for rule in self.rules if not (rule.twin and self.twin)]

    def scene(self):
        """All that the browser needs to begin."""
        twin = self.twin and {"name": self.twin["name"], "options": {}}
        grid = None if twin else heights(self.surface, self.window)
        lowest = [float(self.surface.f(*minimum)) for minimum in self.surface.minima]
        floor = min(lowest or [0.0, *(grid["values"] if grid else [])])
        times = range(max(self.steps, _PATIENCE) + 1)
        return {
            "title": self.surface.name,
            "twin": twin,
            "heights": grid,
            "minima": self.surface.minima.tolist(),
            "window": [[float(x) for x in side] for side in self.window],
            "true_scale": self.first.get("true_scale", False),
            "home": self.home,
            "steps": self.steps,
            "rate": self.first["rate"],
            "bands": self.first["bands"],
            "decades": self.first["decades"],
            "floor": floor if abs(floor) > 1e-12 else 0.0,
            "rules": told(self.rules),
            "settings": self.settings,
            "knobs": self.knobs,
            "clip": self.clip,
            "factors": [float(self.schedule(t)) for t in times] if self.schedule else None,
            "goal": self.goal,
            "within": self.within,
            "presets": self.presets,
            "map": self._map(),
            "follow": next(
                (r.name for r in self.rules if r.name == "momentum"), self.rules[0].name
            ),
        }

    def _map(self):
        """The two knobs of the map of all settings, if there is one."""
        names = [knob["name"] for knob in self.knobs][:2]
        if (
            self.open_map is None
            or len(names) < 2
            or not self.twin
            or not any(rule.twin for rule in self.rules)
        ):
            return None
        hyper = any(names[1] in rule.defaults for rule in self.rules)
        return {"names": names, "hyper": hyper, "open": self.open_map}
