"""Tools of the course *Ravine: deep-learning optimizers from scratch*.

This is the map of the package. Each name below is loaded when it is first used, so one line
imports whatever a lesson needs:

    from course_utils import BEALE, momentum, plots, race, run
"""

from importlib import import_module

_MAP = {  # module -> its public names
    "vocabulary": "Rule Objective Schedule Clip Problem Score",
    # what a descent is made of
    "optimizers": "sgd momentum nesterov adagrad rmsprop adam adamw RULES",
    "rules": "stateful name_of label_of fresh",
    "schedules": "constant step_decay exponential linear cosine warmup one_cycle wsd "
    "usual_schedules",
    "clipping": "global_norm squared_norm angle clip_by_global_norm clip_by_value",
    "surfaces": "Surface ravine RAVINE BEALE HALF_BEALE SADDLE CLIFF ROSENBROCK HIMMELBLAU "
    "SURFACES",
    "data": "circle moons spirals digits split mislabel",
    "network": "MLP",
    "objectives": "quadratic noisy given Classification",
    "curvature": "sharpness",
    "training": "run iterate Step",
    "design": "best_schedule best_height mean_loss",
    "trajectory": "Trajectory Recorder",
    # honest comparisons
    "problems": "random_starts training_problem drawn_problem matrix_bowl",
    "scores": "final_loss steps_to quartiles nan_as_worst",
    "tuning": "tune Tuning",
    "comparison": "compare Comparison tuned_runs",
    "budgets": "trials_of chances win_shares",
    "tables": "table Table",
    "extras": "optional Missing",
    # to see and to play
    "plots": "show",
    "colors": "mix to_hex to_rgb contrast",
    "style": "style_of ramp",
    "widgets": "predict",
    "widgets.designer": "designer",
    "widgets.gradient_cloud": "gradient_cloud",
    "widgets.inside": "inside",
    "widgets.leader_board": "leader_board",
    "widgets.playground": "playground",
    "widgets.race": "race",
    "widgets.race_3d": "race_3d",
    "widgets.shrinking": "shrinking",
    # exercises
    "checks": "Checks",
    "checks.your_turn": "your_turn",
}
_MODULES = [module for module in _MAP if "." not in module]
_HOMES = {name: module for module, names in _MAP.items() for name in names.split()}

__all__ = sorted([*_MODULES, *_HOMES])


def __getattr__(name):
    if name in _HOMES:
        home = import_module(f".{_HOMES[name]}", __name__)
        # A name may also be that of a module in a folder: a group of functions.
        if not hasattr(home, name):
            import_module(f".{name}", home.__name__)
        value = getattr(home, name)
    elif name in _MODULES:
        value = import_module(f".{name}", __name__)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__():
    return __all__
