"""Rules line by line as a book writes them, where the package's own body is shorter.

A test holds each to the numbers of ``optimizers``. Whoever reads a rule reads these instead.
"""

import numpy as np


def adagrad(w, grad, state, lr, eps=1e-10):
    """Adagrad, with the rate on a line of its own."""
    s = state.get("s", 0.0) + grad**2
    rate = lr / (np.sqrt(s) + eps)
    return w - rate * grad, {"s": s}


def rmsprop(w, grad, state, lr, alpha=0.99, eps=1e-8):
    """RMSprop, with the rate on a line of its own."""
    s = alpha * state.get("s", 0.0) + (1 - alpha) * grad**2
    rate = lr / (np.sqrt(s) + eps)
    return w - rate * grad, {"s": s}


def adam(w, grad, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """Adam, with corrected means and the rate on lines of their own."""
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    rate = lr / (np.sqrt(v_hat) + eps)
    return w - rate * m_hat, {"m": m, "v": v, "t": t}


def adamw(w, grad, state, lr, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    """AdamW, with the shrinking, corrected means and the rate on lines of their own."""
    t = state.get("t", 0) + 1
    w = (1 - lr * weight_decay) * w
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    rate = lr / (np.sqrt(v_hat) + eps)
    return w - rate * m_hat, {"m": m, "v": v, "t": t}


TEXTBOOK = {rule.__name__: rule for rule in (adagrad, rmsprop, adam, adamw)}
