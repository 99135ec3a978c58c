"""A fully connected network whose parameters are one flat vector, with its gradient by hand.

Samples are columns. In the comments n is their number, and *runs* stands in front of every shape:
many networks are computed at once.
"""

from itertools import pairwise

import numpy as np

from .kernels import mean_over_samples, order_for, product, sum_over_samples
from .losses import LOSSES


class MLP:
    """Layers z = W a + b, with an activation a = h(z) between them.

    Parameters
    ----------
    sizes : sequence of int
        Numbers of inputs, hidden units … and outputs.
    activation : {"relu", "tanh"}
    loss : {"logistic", "softmax", "squared"}
        "logistic": one output, y is 0 or 1, cross-entropy of σ(z).
        "softmax": an output for each class, y is the number of the class, cross-entropy of
        softmax(z).
        "squared": (z - y)², summed over the outputs.

    Attributes
    ----------
    d : int
        Number of parameters: for each layer W row by row, then b.

    Notes
    -----
    ``w`` has shape ``(*runs, d)``. The runs share their samples, X ``(n, inputs)`` and y
    ``(n,)``, or each brings its own: X ``(*runs, n, inputs)`` and y ``(*runs, n)``. With
    several outputs, the squared loss takes y ``(…, n, outputs)``.
    """

    def __init__(self, sizes=(2, 8, 1), activation="relu", loss="logistic"):
        self._activate, self._slope, self._gain = _choose("activation", activation, ACTIVATIONS)
        self._loss_and_slope = _choose("loss", loss, LOSSES)
        _require_sizes(sizes, loss)
        self.sizes, self.activation, self.loss = tuple(sizes), activation, loss
        self._layout, self.d = [], 0
        for n_in, n_out in pairwise(sizes):
            weights = slice(self.d, self.d + n_in * n_out)
            biases = slice(weights.stop, weights.stop + n_out)
            self._layout.append((weights, (n_out, n_in), biases))
            self.d = biases.stop

    def __repr__(self):
        return f"MLP({self.sizes}, activation={self.activation!r}, loss={self.loss!r})"

    def init(self, seeds, scale=None):
        """Draw starting points, one for each seed.

        Parameters
        ----------
        seeds : int or array of int
        scale : float
            Standard deviation of the weights, by default √(2 / inputs) of the layer for relu (He
            et al., 2015) and √(1 / inputs) for tanh. Biases are 0.

        Returns
        -------
        array, ``(*seeds.shape, d)``
        """
        seeds = np.asarray(seeds)
        w = np.zeros((seeds.size, self.d))
        for point, seed in zip(w, seeds.ravel(), strict=True):
            rng = np.random.default_rng(int(seed))
            for weights, (n_out, n_in), _ in self._layout:
                std = np.sqrt(self._gain / n_in) if scale is None else scale
                point[weights] = rng.normal(0.0, std, n_out * n_in)
        return w.reshape(*seeds.shape, self.d)

    def unpack(self, w):
        """View a flat vector as weights and biases.

        Parameters
        ----------
        w : array, ``(*runs, d)``

        Returns
        -------
        list of (W, b)
            For each layer W ``(*runs, out, in)`` and b ``(*runs, out)``.
        """
        return [(W, b[..., 0]) for W, b in self._layers(w)]

    def logits(self, w, X):
        """Compute the outputs, before any σ or softmax.

        Parameters
        ----------
        w : array, ``(*runs, d)``
        X : array, ``(n, inputs)`` or ``(*runs, n, inputs)``

        Returns
        -------
        array, ``(*runs, n)``, or ``(*runs, n, outputs)`` with several outputs
        """
        z, _ = self._forward(self._layers(w), np.asarray(X, w.dtype).mT)
        return z[..., 0, :] if self.sizes[-1] == 1 else z.mT

    def predict(self, w, X):
        """Label samples: 0 or 1, or the number of the class.

        Parameters
        ----------
        w : array, ``(*runs, d)``
        X : array, ``(n, inputs)`` or ``(*runs, n, inputs)``

        Returns
        -------
        array, ``(*runs, n)``
            NaN where the network gives NaN.
        """
        z = self.logits(w, X)
        if self.sizes[-1] > 1:
            return np.where(np.isnan(z).any(axis=-1), np.nan, z.argmax(axis=-1))
        return np.where(np.isnan(z), np.nan, z >= (0.5 if self.loss == "squared" else 0.0))

    def loss_and_grad(self, w, X, y):
        """Compute the mean loss over the samples and its gradient, by backpropagation.

        Parameters
        ----------
        w : array, ``(*runs, d)``
        X : array, ``(n, inputs)`` or ``(*runs, n, inputs)``
        y : array, ``(n,)`` or ``(*runs, n)``

        Returns
        -------
        loss : array, ``(*runs,)``
        grad : array, ``(*runs, d)``
        """
        order = order_for(X.shape[-2])
        layers = self._layers(w)
        z, inputs = self._forward(layers, np.asarray(X.mT, w.dtype, order=order))
        loss, delta = self._loss_and_slope(z, y)  # (n), and ∂loss/∂z (outputs, n)
        loss, delta = mean_over_samples(loss, delta)  # (), (outputs, n)

        grad = np.empty((*loss.shape, self.d), w.dtype, order)
        for layer, (dW, db) in reversed(list(enumerate(self._layers(grad)))):
            W, a = layers[layer][0], inputs[layer]  # (out, in), (in, n)
            product(delta, a.mT, out=dW)  # (out, n) (n, in) -> (out, in)
            sum_over_samples(delta, out=db)  # (out, n) -> (out, 1)
            if layer > 0:
                delta = product(W.mT, delta)  # (in, out) (out, n) -> (in, n), this is ∂loss/∂a
                delta *= self._slope(a)  # (in, n), and ∂loss/∂z of the layer below
        return loss, grad

    def _layers(self, w):
        """Weights (out, in) and biases (out, 1) of each layer, as views of w (d)."""
        return [
            (w[..., weights].reshape(w.shape[:-1] + shape), w[..., biases, None])
            for weights, shape, biases in self._layout
        ]

    def _forward(self, layers, a):
        """The outputs z (outputs, n), and what each layer took in, each (in, n)."""
        inputs = [a]
        for W, b in layers:
            z = product(W, inputs[-1])  # (out, in) (in, n) -> (out, n)
            z += b  # (out, 1), the same for every sample
            if len(inputs) < len(layers):
                inputs.append(self._activate(z))  # (out, n)
        return z, inputs


ACTIVATIONS = {  # a = h(z), in place; h'(z) written in terms of a; variance gain of the start
    "relu": (lambda z: np.maximum(z, 0.0, out=z), lambda a: a > 0, 2.0),
    "tanh": (lambda z: np.tanh(z, out=z), lambda a: 1 - a * a, 1.0),
}


def _choose(what, name, table):
    if name not in table:
        raise ValueError(f"{what} must be one of {', '.join(table)}; got {name!r}.")
    return table[name]


def _require_sizes(sizes, loss):
    if len(sizes) < 2 or not all(isinstance(n, (int, np.integer)) and n >= 1 for n in sizes):
        raise ValueError(
            f"sizes must be whole numbers from inputs to outputs, such as (2, 8, 1); got {sizes}."
        )
    if loss == "logistic" and sizes[-1] != 1:
        raise ValueError(
            f"The logistic loss takes 1 output, got {sizes[-1]}. For classes, choose "
            'loss="softmax".'
        )
    if loss == "softmax" and sizes[-1] < 2:
        raise ValueError('softmax takes an output for each class; for one output, "logistic".')
