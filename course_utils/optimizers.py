"""The update rules of the course, each a pure function ``(w, grad, state, lr, …) -> (w, state)``.

``Rule`` in ``vocabulary.py`` says what each of these is, with shapes. In short: the last axis is
one point, any axes before it are independent runs, and nothing is changed in place. The dtype of
``w`` is kept. Rules and defaults are those of ``torch.optim``.
"""

import numpy as np


def sgd(w, grad, state, lr):
    """Take a step against the gradient: w ← w - η g.

    Parameters
    ----------
    w, grad, state, lr
        As for every ``Rule``.

    Returns
    -------
    w, state
        The state keeps nothing.

    References
    ----------
    Robbins & Monro (1951).
    """
    return w - lr * grad, state


def momentum(w, grad, state, lr, beta=0.9):
    """Add up past gradients in a velocity: v ← β v + g, then w ← w - η v.

    Parameters
    ----------
    w, grad, state, lr
        As for every ``Rule``.
    beta : float
        How much of the velocity stays at each step.

    Returns
    -------
    w, state
        The state keeps v.

    References
    ----------
    Polyak (1964).
    """
    v = beta * state.get("v", 0.0) + grad
    return w - lr * v, {"v": v}


def nesterov(w, grad, state, lr, beta=0.9):
    """Momentum that looks a step ahead: v ← β v + g, then w ← w - η (g + β v).

    This ``w`` is the lookahead point of the textbook form, which takes its gradient at
    w - η β v and steps by -η v. (Sutskever et al., 2013)

    Parameters
    ----------
    w, grad, state, lr
        As for every ``Rule``.
    beta : float
        How much of the velocity stays at each step.

    Returns
    -------
    w, state
        The state keeps v.

    References
    ----------
    Nesterov (1983).
    """
    v = beta * state.get("v", 0.0) + grad
    return w - lr * (grad + beta * v), {"v": v}


def adagrad(w, grad, state, lr, eps=1e-10):
    """Divide by the root of all squared gradients so far.

    s ← s + g², then w ← w - η g / (√s + ε)

    Parameters
    ----------
    w, grad, state, lr
        As for every ``Rule``.
    eps : float
        Keeps the division finite.

    Returns
    -------
    w, state
        The state keeps s.

    References
    ----------
    Duchi, Hazan & Singer (2011).
    """
    s = state.get("s", 0.0) + grad**2
    return w - lr * grad / (np.sqrt(s) + eps), {"s": s}


def rmsprop(w, grad, state, lr, alpha=0.99, eps=1e-8):
    """Divide by the root of a running mean of squared gradients.

    s ← α s + (1 - α) g², then w ← w - η g / (√s + ε)

    Parameters
    ----------
    w, grad, state, lr
        As for every ``Rule``.
    alpha : float
        How much of the mean stays at each step.
    eps : float
        Keeps the division finite.

    Returns
    -------
    w, state
        The state keeps s.

    References
    ----------
    Tieleman & Hinton (2012).
    """
    s = alpha * state.get("s", 0.0) + (1 - alpha) * grad**2
    return w - lr * grad / (np.sqrt(s) + eps), {"s": s}


def adam(w, grad, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """Momentum over RMSprop, both corrected for their start at zero.

    m ← β₁ m + (1 - β₁) g,  v ← β₂ v + (1 - β₂) g²,  m̂ = m / (1 - β₁ᵗ),  v̂ = v / (1 - β₂ᵗ),
    then w ← w - η m̂ / (√v̂ + ε)

    Parameters
    ----------
    w, grad, state, lr
        As for every ``Rule``.
    beta1, beta2 : float
        How much of the mean gradient and of the mean square stays at each step.
    eps : float
        Keeps the division finite.

    Returns
    -------
    w, state
        The state keeps m, v, t.

    References
    ----------
    Kingma & Ba (2015).
    """
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * grad**2
    # The corrections are numbers: on η and on the root they cost less than on whole arrays.
    rate, scale = lr / (1 - beta1**t), (1 - beta2**t) ** -0.5
    return w - rate * m / (scale * np.sqrt(v) + eps), {"m": m, "v": v, "t": t}


def adamw(w, grad, state, lr, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    """Shrink the weights, then take Adam's step.

    w ← (1 - η λ) w, then Adam's update with the gradient taken before the shrinking

    Parameters
    ----------
    w, grad, state, lr
        As for every ``Rule``.
    beta1, beta2, eps : float
        As for ``adam``.
    weight_decay : float
        λ, the share of η by which weights shrink at each step.

    Returns
    -------
    w, state
        The state keeps m, v, t.

    References
    ----------
    Loshchilov & Hutter (2019).
    """
    return adam((1 - lr * weight_decay) * w, grad, state, lr, beta1, beta2, eps)


RULES = {rule.__name__: rule for rule in (sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw)}
