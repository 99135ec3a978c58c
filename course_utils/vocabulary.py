"""The words of the package: what a rule, an objective, a schedule … is, and its shapes.

``*runs`` stands for any axes of independent runs, ``d`` for how many numbers a point has.
"""

from typing import Protocol


class Rule(Protocol):
    """An update rule, a pure function: nothing is changed in place.

    Parameters
    ----------
    w, grad : array, ``(*runs, d)``
        The points and the gradients there.
    state : dict
        What the rule carries along, ``{}`` before the first step.
    lr, **hyper : float or array, ``(*runs, 1)``
        ``run`` takes arrays over runs and gives them this shape, so that they multiply points.

    Returns
    -------
    w : array, ``(*runs, d)``
    state : dict
    """

    def __call__(self, w, grad, state, lr, **hyper): ...


class Objective(Protocol):
    """What is minimized. The number of the step t chooses the batch, where there are batches.

    Parameters
    ----------
    w : array, ``(*runs, d)``
    t : int

    Returns
    -------
    loss : array, ``(*runs,)``
    grad : array, ``(*runs, d)``
    """

    def __call__(self, w, t): ...


class Schedule(Protocol):
    """A factor on the learning rate.

    Parameters
    ----------
    t : int or array of int
        Updates made so far.

    Returns
    -------
    float or array of ``t``'s shape
    """

    def __call__(self, t): ...


class Clip(Protocol):
    """What is done to a gradient before a rule sees it.

    Parameters
    ----------
    grad : array, ``(*runs, d)``

    Returns
    -------
    array, ``(*runs, d)``
    """

    def __call__(self, grad): ...


class Problem(Protocol):
    """What ``tune`` and ``compare`` take: seeds draw the starts, and the batches if there are any.

    Parameters
    ----------
    seeds : array of int, ``(seeds,)``

    Returns
    -------
    objective : Objective
    starts : array, ``(seeds, d)``
    """

    def __call__(self, seeds): ...


class Score(Protocol):
    """How good a run was; lower is better.

    Parameters
    ----------
    trajectory : Trajectory

    Returns
    -------
    array, ``(*runs,)``
        inf where a run has no score.
    """

    def __call__(self, trajectory): ...
