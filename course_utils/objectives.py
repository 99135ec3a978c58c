"""Objectives, callables ``(w, t) -> loss, grad``: quadratics, noise, a network on a data set."""

import numpy as np

_EPOCHS_DRAWN_AT_ONCE = 16


def quadratic(curvatures):
    """Make the objective f(w) = ½ Σ λᵢ wᵢ² from its curvatures λ.

    Its condition number is max λ / min λ; its only minimum is at 0 if every λ > 0.

    Parameters
    ----------
    curvatures : array, ``(d,)``

    Returns
    -------
    Objective
    """
    curvatures = np.asarray(curvatures, float)

    def objective(w, t=0):
        grad = curvatures.astype(w.dtype, copy=False) * w
        return 0.5 * np.vecdot(w, grad), grad

    return objective


def noisy(objective, deviation=1.0):
    """Make an objective with normal noise in each number of its gradients.

    Parameters
    ----------
    objective : Objective
    deviation : float
        Standard deviation of the noise. The number of the step draws it.

    Returns
    -------
    Objective
    """

    def noisy_objective(w, t):
        loss, grad = objective(w, t)
        return loss, grad + deviation * np.random.default_rng(t).normal(size=w.shape)

    return noisy_objective


def given(gradients):
    """Make an objective whose gradient at step t is given, whatever the point: f(w) = gₜ · w.

    Parameters
    ----------
    gradients : array, ``(steps,)`` or ``(steps, d)``
        The last one stays.

    Returns
    -------
    Objective
    """
    gradients = np.asarray(gradients, float)

    def objective(w, t=0):
        grad = np.broadcast_to(gradients[min(t, len(gradients) - 1)], w.shape).astype(w.dtype)
        return np.vecdot(grad, w), grad

    return objective


class Classification:
    """The loss of a network on minibatches of a data set, an Objective.

    ``objective(w, t)`` gives the mean loss on batch t, shape ``(*runs,)``, and its gradient,
    ``(*runs, d)``. Batch t depends on (seed, t) alone, so any step can be replayed.

    Parameters
    ----------
    net : MLP
    X : array, ``(n, inputs)``
    y : array, ``(n,)``
        Labels as the loss of the network takes them: 0 and 1, or numbers of classes.
    batch_size : int
        Samples in a batch, the last one of an epoch may be smaller; by default all n.
    seeds : int or array of int
        One order of samples for each seed; their shape is the last axes of runs.
    shuffle : bool
        Draw a new order each epoch; False goes through the samples as they come.
    """

    def __init__(self, net, X, y, batch_size=None, seeds=0, shuffle=True):
        self.X, self.y = np.asarray(X, float), _labels(net, y)
        n = len(self.X)
        if self.X.shape != (n, net.sizes[0]) or self.y.shape != (n,):
            raise ValueError(
                f"The network takes X of shape (n, {net.sizes[0]}) with y of shape (n,); "
                f"got X {self.X.shape} and y {self.y.shape}."
            )
        self.batch_size = n if batch_size is None else batch_size
        if not 1 <= self.batch_size <= n:
            raise ValueError(f"batch_size must be between 1 and n = {n}, got {batch_size}.")
        self.net, self.seeds = net, np.asarray(seeds)
        self.shuffle = shuffle and self.batch_size < n
        self.steps_per_epoch = -(-n // self.batch_size)
        self._drawn = None, None

    def __call__(self, w, t):
        return self.net.loss_and_grad(w, *self.batch(t))

    def batch(self, t):
        """Give the samples of step t.

        Parameters
        ----------
        t : int

        Returns
        -------
        X : array, ``(*seeds.shape, batch, inputs)``
        y : array, ``(*seeds.shape, batch)``
            Without shuffling every run sees the same batch and the seeds' axes are left out.
        """
        epoch, step = divmod(t, self.steps_per_epoch)
        part = slice(step * self.batch_size, (step + 1) * self.batch_size)
        if not self.shuffle:
            return self.X[part], self.y[part]
        chosen = self._order(epoch)[..., part]
        return self.X[chosen], self.y[chosen]

    def loss(self, w):
        """Mean loss on all samples.

        Parameters
        ----------
        w : array, ``(*runs, d)``

        Returns
        -------
        array, ``(*runs,)``
        """
        return self.net.loss_and_grad(w, self.X, self.y)[0]

    def gradients(self, w, batch=slice(None)):
        """Gradient of the loss on each sample alone. Their mean is the gradient on all of them.

        Parameters
        ----------
        w : array, ``(d,)``
            One point.
        batch : array of int, ``(m,)``, optional
            The numbers of some samples; all of them by default.

        Returns
        -------
        array, ``(m, d)``
        """
        X, y = self.X[batch, None], self.y[batch, None]
        copies = np.broadcast_to(w, (len(X), self.net.d))  # one run for each sample
        return self.net.loss_and_grad(copies, X, y)[1]

    def accuracy(self, w):
        """Share of all samples with the right label.

        Parameters
        ----------
        w : array, ``(*runs, d)``

        Returns
        -------
        array, ``(*runs,)``
            NaN for a network that gives NaN.
        """
        label = self.net.predict(w, self.X)
        return np.where(np.isnan(label), np.nan, label == self.y).mean(axis=-1)

    def _order(self, epoch):
        # Setting up a generator costs as much as ten shuffles, so each draws several epochs.
        block, row = divmod(epoch, _EPOCHS_DRAWN_AT_ONCE)
        if self._drawn[0] != block:
            n = len(self.X)
            unshuffled = np.broadcast_to(np.arange(n), (_EPOCHS_DRAWN_AT_ONCE, n))
            orders = [
                np.random.default_rng([int(seed), block]).permuted(unshuffled, axis=1)
                for seed in self.seeds.ravel()
            ]
            shape = (*self.seeds.shape, _EPOCHS_DRAWN_AT_ONCE, n)
            self._drawn = block, np.reshape(orders, shape)
        return self._drawn[1][..., row, :]


def _labels(net, y):
    """Labels in the form that the network's loss takes, or a sentence on what is wrong."""
    y = np.asarray(y)
    if net.loss != "softmax":
        return y.astype(float)
    classes = net.sizes[-1]
    if not np.isin(y, np.arange(classes)).all():
        raise ValueError(
            f"softmax with {classes} outputs takes labels 0, 1, …, {classes - 1}; "
            f"got {np.unique(y)[:5]} …."
        )
    return y.astype(int)
