"""A race over a grid of learning rates: run every rule, pack what a browser needs to draw."""

from dataclasses import dataclass

import numpy as np

from ..rules import name_of
from ..training import run

NONE = -32768  # in packed numbers: not finite
_TOP = 32767


@dataclass(frozen=True)
class Heat:
    """One rule from one start at every learning rate: w ``(T+1, n, 2)`` and loss ``(T+1, n)``."""

    w: np.ndarray
    loss: np.ndarray


def one_by_one(surface, rule, start, lrs, **options):
    """Run any rule, one rate after the other."""
    runs = [run(surface, rule, start, float(lr), **options) for lr in lrs]
    return Heat(np.stack([r.w for r in runs], axis=1), np.stack([r.loss for r in runs], axis=1))


def at_all_rates(surface, rule, start, lrs, **options):
    """Run a rule at every rate at once."""
    trajectory = run(surface, rule, start, lrs, **options)
    return Heat(trajectory.w, trajectory.loss)


def reversals(w):
    """How often a step turned back against the one before, up to each point: ``(T+1, n)``."""
    with np.errstate(all="ignore"):
        step = np.diff(w, axis=0)
        back = np.vecdot(step[1:], step[:-1]) < 0
    count = np.zeros(w.shape[:-1], int)
    count[2:] = back.cumsum(axis=0)
    return count


def arrivals(surface, heat, within):
    """First step from which each run stays that close to a minimum, -1 if it doesn't: ``(n,)``."""
    with np.errstate(all="ignore"):
        near = surface.distance(heat.w) < within
    stays = np.logical_and.accumulate(near[::-1], axis=0)[::-1]
    return np.where(stays.any(axis=0), stays.argmax(axis=0), -1)


def box_of(window):
    """The part of the plane that packed positions cover: three times the window each way."""
    return [(low - (high - low), high + (high - low)) for low, high in window]


def floor_under(surface, done):
    """What to subtract from losses before taking logarithms: their lowest value, if below 0."""
    if len(surface.minima):
        lowest = surface.f(*surface.minima.T).min()
    else:
        lowest = min((np.nanmin(heat.loss, initial=0.0) for heat in done), default=0.0)
    return min(float(lowest), 0.0) if np.isfinite(lowest) else 0.0


def pack(heat, box, floor=0.0):
    """The heat as int16 of shape ``(n, T+1, 4)``: x, y, 1000 log₁₀ (loss - floor), reversals.

    Positions are clipped to the box. What is not finite becomes NONE.
    """
    low, high = np.array(box).T
    packed = np.empty((*heat.loss.shape, 4))
    with np.errstate(all="ignore"):
        packed[..., :2] = ((heat.w - low) / (high - low) * 2 - 1) * _TOP
        packed[..., 2] = 1000 * np.log10(np.maximum(heat.loss - floor, 1e-32))
    packed[..., 3] = reversals(heat.w)
    lost = ~np.isfinite(heat.w).all(axis=-1) | ~np.isfinite(heat.loss)
    packed[lost] = NONE
    clipped = np.clip(np.round(packed), -_TOP, _TOP)
    clipped[lost] = NONE
    return clipped.astype("<i2").swapaxes(0, 1).copy()


def loss_range(done, floor=0.0):
    """Whole powers of ten for the axis of the losses: from the lowest to ten times the first."""
    low, high = 0.0, 1.0
    for heat in done:
        loss = heat.loss - floor
        finite = loss[np.isfinite(loss) & (loss > 0)]
        if finite.size:
            low = min(low, np.floor(np.log10(finite.min())))
            high = max(high, np.ceil(np.log10(loss[0].max() + 1e-12)) + 1)
    return [max(low, -12.0), high]


def heats(surface, rules, start, lrs, **options):
    """Run every rule: (name -> Heat, sentences about rules that could not run)."""
    done, sentences = {}, []
    for rule in rules:
        name = name_of(rule)
        if name in done:
            sentences.append(f"Two rules are named {name}; only the first one races.")
            continue
        try:
            done[name] = at_all_rates(surface, rule, start, lrs, **options)
        except Exception as error:  # a learner's rule may raise anything; the race goes on
            sentences.append(f"{name} can't race. It raised {type(error).__name__}: {error}")
    if not rules:
        sentences.append("There is no rule to race. Give at least one, as in race(BEALE, [sgd]).")
    return done, sentences
