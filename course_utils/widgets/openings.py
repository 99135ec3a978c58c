"""How a race opens on each surface of the course: what is seen first, and settings worth a look.

A window is chosen so that the first paths fill it; other settings may leave it.
"""

OPENINGS = {
    "ravine": {
        "window": ((-11.2, 4.4), (-1.4, 1.4)), "bands": {"per": 4, "decades": 3.5},
        "lr": 0.35, "rates": (0.01, 4), "steps": 120, "rate": 18, "decades": 5,
        "presets": {
            "slow and safe": {"lr": 0.35},
            "zigzag": {"lr": 1.8, "follow": "sgd"},
            "with momentum": {"lr": 1.9, "beta": 0.9, "follow": "momentum"},
            "divergence": {"lr": 2.4, "follow": "sgd"},
        },
    },
    "beale": {
        "window": ((-0.62, 4.5), (-1.2, 1.6)), "true_scale": True,
        "bands": {"per": 3, "decades": 4.6}, "start": (0.5, 1.2),
        "lr": 0.02, "rates": (0.001, 0.1), "steps": 300, "rate": 42, "decades": 6,
        "presets": {
            "down the valley": {"lr": 0.02},
            "trapped": {"lr": 0.02, "start": (0.0, 1.5)},
        },
    },
    "half_beale": {
        "window": ((-4.0, 4.0), (-3.0, 3.2)), "true_scale": True,
        "bands": {"per": 3, "decades": 4}, "start": (-2.0, 2.0),
        "lr": 0.03, "rates": (0.001, 0.3), "steps": 300, "rate": 42, "decades": 6, "presets": {},
    },
    "saddle": {
        "window": ((-2.0, 2.0), (-1.35, 1.35)), "true_scale": True,
        "bands": {"per": 4, "decades": 3}, "start": (1.5, 1e-3),
        "lr": 0.1, "rates": (0.003, 1), "steps": 120, "rate": 18, "decades": 5,
        "presets": {
            "a thousandth off": {"lr": 0.1},
            "stuck on the saddle": {"lr": 0.1, "start": (1.5, 0.0)},
        },
    },
    "cliff": {
        "window": ((-4.0, 3.6), (-2.2, 2.2)), "true_scale": True,
        "bands": {"per": 4, "decades": 2},
        "lr": 0.5, "rates": (0.01, 2), "steps": 120, "rate": 18, "decades": 4,
        "presets": {
            "over the edge": {"lr": 0.5},
            "with a small rate": {"lr": 0.03},
        },
    },
    "rosenbrock": {
        "window": ((-2.0, 2.0), (-0.5, 1.7)), "true_scale": True,
        "bands": {"per": 3, "decades": 4.6},
        "lr": 0.002, "rates": (1e-4, 0.1), "steps": 400, "rate": 60, "decades": 6,
        "presets": {},
    },
    "himmelblau": {
        "window": ((-6.0, 6.0), (-4.9, 4.9)), "true_scale": True,
        "bands": {"per": 3, "decades": 3.3},
        "lr": 0.01, "rates": (0.001, 0.1), "steps": 120, "rate": 15, "decades": 6,
        "presets": {
            "from the middle": {"lr": 0.01},
            "another home": {"lr": 0.01, "start": (-0.5, -1.0)},
        },
    },
}  # fmt: skip

OTHERS = {
    "bands": {"per": 3, "decades": 4}, "lr": 0.02, "rates": (0.001, 1), "steps": 200, "rate": 30,
    "decades": 6, "presets": {},
}  # fmt: skip

# The ravine, turned around its minimum, on one scale both ways.
TURNING = {"window": ((-14.0, 8.0), (-10.8, 1.2)), "true_scale": True}


def opening(name):
    """The opening for the name of a twin, or for a surface that has none."""
    return OTHERS | OPENINGS.get(name, {})
