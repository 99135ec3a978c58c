"""A run that blew up, said in words."""

import numpy as np

from .figure import raised

LIMIT = 1e3  # as in Trajectory.blowup: times the first loss, or times 1 where that is less


def blow_up(loss):
    """How a run blew up, in words, or None if it didn't.

    Parameters
    ----------
    loss : array ``(T+1,)``
        Of one run.

    Returns
    -------
    str or None
        Such as "diverged at step 14: the loss grew 10⁷⁶-fold".
    """
    step = blown_from(loss)
    if step is None:
        return None
    finite = loss[np.isfinite(loss)]
    if loss[0] <= 0 or finite.max() <= loss[0]:
        return f"diverged at step {step}"
    grown = int(np.log10(finite.max()) - np.log10(loss[0]))
    more = "" if np.isfinite(loss).all() else "more than "
    return f"diverged at step {step}: the loss grew {more}10{raised(grown)}-fold"


def blown_from(loss):
    """The first step from which the loss is above every bound to the end, or None."""
    with np.errstate(invalid="ignore"):
        beyond = ~(np.asarray(loss) <= LIMIT * max(loss[0], 1.0))
    if not beyond[-1]:
        return None
    return int(len(beyond) - np.argmin(beyond[::-1])) if not beyond.all() else 0


def tell(trajectory, name):
    """One sentence for a trajectory of one run or many, or None if all went well."""
    loss = trajectory.loss.reshape(len(trajectory.loss), -1)
    if loss.shape[1] == 1:
        words = blow_up(loss[:, 0])
        return words and f"{name} {words}"
    count = sum(blown_from(column) is not None for column in loss.T)
    return f"{name} diverged in {count} of {loss.shape[1]} runs" if count else None
