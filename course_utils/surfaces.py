"""Test surfaces with known gradients and minima, to watch a rule walk on."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Surface:
    """A function of two variables, an Objective for points ``(*runs, 2)``; t is not used.

    Attributes
    ----------
    name : str
    f : function
        (x, y) -> height, for arrays of equal shape.
    grad : function
        (x, y) -> (∂f/∂x, ∂f/∂y).
    start : array, ``(2,)``
        The usual start.
    minima : array, ``(n, 2)``
        The lowest points; empty if there is none.
    window : tuple
        ((x_low, x_high), (y_low, y_high)), the part worth drawing.
    """

    name: str
    f: Callable
    grad: Callable
    start: np.ndarray
    minima: np.ndarray
    window: tuple

    def __post_init__(self):
        object.__setattr__(self, "start", np.asarray(self.start, float))
        object.__setattr__(self, "minima", np.asarray(self.minima, float).reshape(-1, 2))

    def __call__(self, w, t=0):
        x, y = w[..., 0], w[..., 1]
        grad = np.empty(w.shape, w.dtype, order="F")
        grad[..., 0], grad[..., 1] = self.grad(x, y)
        return self.f(x, y), grad

    def distance(self, w):
        """Distance from each point to the nearest minimum.

        Parameters
        ----------
        w : array, ``(*runs, 2)``

        Returns
        -------
        array, ``(*runs,)``
        """
        if len(self.minima) == 0:
            raise ValueError(f"{self.name} has no minimum to measure a distance to.")
        with np.errstate(all="ignore"):  # points of diverged runs may be anywhere
            gaps = np.asarray(w)[..., None, :] - self.minima
            return np.linalg.norm(gaps, axis=-1).min(axis=-1)


def ravine(condition=100.0):
    """Make a valley with steep walls along y and a floor that slopes little.

    f = ½ (x² / κ + y²)

    Parameters
    ----------
    condition : float
        The condition number κ, 1 or more.

    Returns
    -------
    Surface
    """
    if not condition >= 1:
        raise ValueError(f"condition must be 1 or more, got {condition}.")
    return Surface(
        f"ravine, condition number {condition:g}",
        lambda x, y: (x**2 / condition + y**2) / 2,
        lambda x, y: (x / condition, y),
        start=(-10.0, 1.0),
        minima=[(0.0, 0.0)],
        window=((-11.0, 3.0), (-1.5, 1.5)),
    )


def _beale(x, y):
    a, b, c = 1.5 - x + x * y, 2.25 - x + x * y**2, 2.625 - x + x * (y * y * y)
    return a**2 + b**2 + c**2


def _beale_grad(x, y):
    a, b, c = 1.5 - x + x * y, 2.25 - x + x * y**2, 2.625 - x + x * (y * y * y)
    return (
        2 * (a * (y - 1) + b * (y**2 - 1) + c * (y * y * y - 1)),
        2 * x * (a + 2 * b * y + 3 * c * y**2),
    )


def _half_beale(x, y):
    a, b = 1.5 - x + x * y, 2.25 - x + x * y**2
    return 0.15 * (a**2 + b**2)


def _half_beale_grad(x, y):
    a, b = 1.5 - x + x * y, 2.25 - x + x * y**2
    return 0.3 * (a * (y - 1) + b * (y**2 - 1)), 0.3 * x * (a + 2 * b * y)


def _wall(x, y):
    return 8 * (x - 1.2 - y * y / 4)  # where the cliff is: below 0 its foot, above 0 its top


def _cliff(x, y):
    r, s = x * x + y * y, _wall(x, y)
    return 2 * r / (r + 4) + 4 + 4 * s / np.sqrt(1 + s * s)


def _cliff_grad(x, y):
    r, s = x * x + y * y, _wall(x, y)
    basin, steep = 16 / ((r + 4) * (r + 4)), 1 / np.sqrt(1 + s * s)
    wall = 32 * (steep * steep * steep)
    return basin * x + wall, basin * y - wall * y / 2


RAVINE = ravine()

BEALE = Surface(  # Beale (1958); start and window of the race in lesson 03
    "Beale",
    _beale,
    _beale_grad,
    start=(0.0, 1.5),
    minima=[(3.0, 0.5)],
    window=((-1.0, 4.5), (-1.0, 2.0)),
)

HALF_BEALE = Surface(  # two of Beale's three squares: a slope gentle enough to see in 3-D
    "half of Beale",
    _half_beale,
    _half_beale_grad,
    start=(-2.0, 2.0),
    minima=[(3.0, 0.5)],
    window=((-4.0, 4.0), (-4.0, 4.0)),
)

SADDLE = Surface(  # level in every direction at the origin, lower on either side along y
    "saddle",
    lambda x, y: x**2 / 2 + y * y * y * y / 4 - y**2 / 2,
    lambda x, y: (x, y * y * y - y),
    start=(1.5, 1e-3),
    minima=[(0.0, -1.0), (0.0, 1.0)],
    window=((-2.0, 2.0), (-1.6, 1.6)),
)

CLIFF = Surface(  # a level top, a wall of height 8, a basin below that is flat far out
    "cliff",
    _cliff,
    _cliff_grad,
    start=(2.65, 0.4),
    minima=[(-0.0328630171403295, 0.0)],
    window=((-4.0, 3.6), (-2.2, 2.2)),
)

ROSENBROCK = Surface(  # Rosenbrock (1960)
    "Rosenbrock",
    lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    lambda x, y: (-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)),
    start=(-1.2, 1.0),
    minima=[(1.0, 1.0)],
    window=((-2.0, 2.0), (-1.0, 3.0)),
)

HIMMELBLAU = Surface(  # Himmelblau (1972); where you start decides where you end
    "Himmelblau",
    lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    lambda x, y: (
        4 * x * (x**2 + y - 11) + 2 * (x + y**2 - 7),
        2 * (x**2 + y - 11) + 4 * y * (x + y**2 - 7),
    ),
    start=(0.0, 0.0),
    minima=[
        (3.0, 2.0),
        (-2.805118086952745, 3.131312518250573),
        (-3.779310253377747, -3.283185991286170),
        (3.584428340330492, -1.848126526964404),
    ],
    window=((-5.0, 5.0), (-5.0, 5.0)),
)

SURFACES = {s.name: s for s in (RAVINE, BEALE, HALF_BEALE, SADDLE, CLIFF, ROSENBROCK, HIMMELBLAU)}
