"""The best schedule of all for a noisy bowl, where the mean loss of a schedule can be computed."""

import numpy as np

from .optimizers import adam
from .schedules import cosine
from .training import run


def mean_loss(rates, curvatures, start, deviation):
    """Compute the mean final loss of SGD in a noisy bowl ½ Σ λᵢ wᵢ², over all noise there is.

    A step w ← w - η (λ w + noise) turns the mean square m of a weight into (1 - η λ)² m + η² σ².
    After the last one the mean loss is ½ Σ λᵢ mᵢ.

    Parameters
    ----------
    rates : array, ``(*runs, steps)``
        The learning rate η of each step.
    curvatures, start : array, ``(d,)``
    deviation : float
        σ of the noise in each number of the gradient.

    Returns
    -------
    loss : array, ``(*runs,)``
    slope : array, ``(*runs, steps)``
        ∂loss/∂rates, from one pass back through the steps.
    """
    curvatures, noise = np.asarray(curvatures, float), deviation**2
    eta = np.moveaxis(np.asarray(rates, float), -1, 0)[..., None]  # (steps, *runs, 1)
    kept = 1 - eta * curvatures
    m = np.empty((len(eta) + 1, *kept.shape[1:]))
    m[0] = np.square(start)
    for t in range(len(eta)):
        m[t + 1] = kept[t] ** 2 * m[t] + eta[t] ** 2 * noise
    back = np.empty_like(kept)  # ∂loss/∂m after each step
    back[-1] = curvatures / 2
    for t in range(len(eta) - 1, 0, -1):
        back[t - 1] = kept[t] ** 2 * back[t]
    slope = 2 * back * (eta * noise - curvatures * kept * m[:-1])
    loss = (curvatures * m[-1]).sum(axis=-1) / 2
    return loss, np.moveaxis(slope.sum(axis=-1), 0, -1)


def best_schedule(curvatures, start, deviation, *, steps, highest, updates=800):
    """Let Adam design the schedule: the rates with the lowest ``mean_loss``.

    Parameters
    ----------
    curvatures, start, deviation
        As for ``mean_loss``.
    steps : int
        Rates to be found.
    highest : float
        No rate is above it.
    updates : int
        Steps of Adam, which begins with a level line at half the height.

    Returns
    -------
    array, ``(steps,)``
    """

    def design(w, t):
        share = 1 / (1 + np.exp(-w))  # of the highest rate, whatever w is
        loss, slope = mean_loss(highest * share, curvatures, start, deviation)
        return np.log(loss), slope * highest * share * (1 - share) / loss[..., None]

    found = run(design, adam, np.zeros(steps), 0.1, steps=updates, schedule=cosine(updates))
    return highest / (1 + np.exp(-found.final))


def best_height(schedule, curvatures, start, deviation, *, steps, highest):
    """Scale a schedule so that its ``mean_loss`` is lowest.

    Parameters
    ----------
    schedule : Schedule
    curvatures, start, deviation
        As for ``mean_loss``.
    steps : int
    highest : float
        No rate is above it.

    Returns
    -------
    array, ``(steps,)``
        Its rates.
    """
    factors = schedule(np.arange(steps))
    rates = highest * 10 ** np.linspace(-2, 0, 81)[:, None] * factors / factors.max()
    return rates[mean_loss(rates, curvatures, start, deviation)[0].argmin()]
