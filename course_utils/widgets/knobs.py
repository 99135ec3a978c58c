"""The knobs that a race can have: names of hyperparameters, with their ranges and scales."""

KNOBS = {
    "lr": {"label": "rate η", "more": "learning", "scale": "log"},
    "beta": {"label": "β", "more": "momentum", "scale": "memory", "low": 0, "high": 0.99},
    "beta1": {"label": "β₁", "more": "momentum", "scale": "memory", "low": 0, "high": 0.99},
    "beta2": {"label": "β₂", "more": "memory", "scale": "memory", "low": 0, "high": 0.9999},
    "alpha": {"label": "α", "more": "memory", "scale": "memory", "low": 0, "high": 0.999},
    "eps": {"label": "ε", "scale": "log", "low": 1e-10, "high": 1.0},
    "weight_decay": {"label": "decay λ", "more": "weight", "scale": "log", "low": 1e-4, "high": 1},
    "condition": {"label": "condition κ", "scale": "log", "low": 1, "high": 1000},
    "max_norm": {"label": "max norm", "more": "clip at", "scale": "log", "low": 0.1, "high": 1000},
    "limit": {"label": "limit", "more": "clip at", "scale": "log", "low": 0.1, "high": 1000},
    "warmup": {"label": "warmup", "more": "steps of", "whole": True, "low": 0, "high": 100},
    "turn": {"label": "angle", "more": "turned by an", "whole": True, "low": 0, "high": 45},
}


def knob(name, value, **limits):
    """What the browser needs for one knob; the range is stretched to hold the value."""
    spec = {"name": name, "more": "", "scale": "even"} | KNOBS.get(name, _own(value)) | limits
    low, high = min(spec["low"], value), max(spec["high"], value)
    return spec | {"value": value, "low": low, "high": high}


def _own(value):
    """A range for a hyperparameter that the course doesn't know: a factor of ten each way."""
    if value > 0:
        return {"scale": "log", "low": value / 10, "high": value * 10}
    return {"low": value - 1, "high": value + 1}
