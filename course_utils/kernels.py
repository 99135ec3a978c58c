"""What makes small networks fast in NumPy: memory orders, products of small matrices, malloc.

Nothing here changes a result beyond its last digits. ``network`` reads as if each of these were
the plain operation it is named after.
"""

import ctypes
import functools
import sys

import numpy as np

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of malloc.h


def order_for(n):
    """The memory order that suits n samples in a batch.

    Many runs of a matrix times one column are fastest when the runs lie next to each other in
    memory ("F"). Whole matrices are fastest one run after the other ("C").
    """
    return "F" if n == 1 else "C"


def product(a, b, out=None):
    """Matrix product a @ b of stacks of small matrices, by NumPy's fastest way for the shapes."""
    if a.ndim > 2:
        if a.shape[-1] == 1:
            return np.multiply(a, b, out=out)
        if b.shape[-1] == 1:
            return np.einsum("...ij,...jk->...ik", a, b, out=out)
    return np.matmul(a, b, out=out)


def sum_over_samples(delta, out):
    """Sum ``(…, units, n)`` over the n samples into ``(…, units, 1)``."""
    if delta.shape[-1] == 1:
        out[...] = delta
    else:
        np.einsum("...ij->...i", delta, out=out[..., 0])


def mean_over_samples(loss, delta):
    """Mean of losses ``(…, n)`` over the n samples, and its slopes from those of each loss."""
    n = loss.shape[-1]
    if n == 1:
        return loss[..., 0], delta
    return loss.mean(axis=-1), delta / n


def softplus(z):
    """log(1 + exp(z)) without overflow."""
    if z.size < 8:  # one call instead of five: less overhead, more time per number
        return np.logaddexp(z, 0.0)
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


@functools.cache
def reuse_freed_memory():
    """Let this process keep up to 256 MB of freed memory for the next array.

    By default glibc hands each freed array above 128 KB back to the kernel, which then clears
    every page of the next one: a third of the time of a step of 500 runs with batches of 32.
    Other C libraries are left alone.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, 32 << 20)
        mallopt(_TRIM_THRESHOLD, 256 << 20)
