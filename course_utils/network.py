"""A fully connected network whose parameters are one flat vector, with its gradient by hand."""

from itertools import pairwise

import numpy as np


class MLP:
    """Layers z = W a + b with an activation between them, and one output number per sample.

    sizes       numbers of inputs, hidden units … and outputs; the last must be 1
    activation  "relu" or "tanh"
    loss        "logistic": y is 0 or 1 and the loss is the cross-entropy of σ(z);
                "squared": the loss is (z - y)²
    d           number of parameters: for each layer W row by row, then b

    Arrays may carry runs axes in front: ``w`` has shape ``(*runs, d)``, and every run may bring
    its own samples, X ``(*runs, n, inputs)`` and y ``(*runs, n)``, or share X ``(n, inputs)``.
    """

    def __init__(self, sizes=(2, 8, 1), activation="relu", loss="logistic"):
        if len(sizes) < 2 or sizes[-1] != 1:
            raise ValueError(f"sizes must run from inputs to 1 output, got {tuple(sizes)}.")
        self._activate, self._slope, self._gain = _choose("activation", activation, ACTIVATIONS)
        self._loss_and_slope = _choose("loss", loss, LOSSES)
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
        """Draw starting points, one for each seed: shape ``(*seeds.shape, d)``.

        Biases are 0; weights are normal with standard deviation ``scale``, by default
        √(2 / inputs) for relu (He et al., 2015) and √(1 / inputs) for tanh.
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
        """Views of ``w`` as [(W, b), …] with W ``(*runs, out, in)`` and b ``(*runs, out)``."""
        return [(W, b[..., 0]) for W, b in self._matrices(w)]

    def logits(self, w, X):
        """Output of each run for each sample, before any sigmoid: shape ``(*runs, n)``."""
        z, _ = self._forward(self._matrices(w), np.asarray(X, w.dtype).mT)
        return z

    def loss_and_grad(self, w, X, y):
        """Mean loss over the samples, shape ``(*runs,)``, and its gradient, ``(*runs, d)``."""
        n = X.shape[-2]
        order = "F" if n == 1 else "C"  # see _product
        layers = self._matrices(w)
        z, inputs = self._forward(layers, np.asarray(X.mT, w.dtype, order=order))
        loss, slope = self._loss_and_slope(z, np.asarray(y, w.dtype))
        loss, slope = (loss[..., 0], slope) if n == 1 else (loss.mean(axis=-1), slope / n)

        grad = np.empty((*loss.shape, self.d), w.dtype, order)
        grads = self._matrices(grad)
        delta = slope[..., None, :]
        for layer in reversed(range(len(layers))):
            dW, db = grads[layer]
            _product(delta, inputs[layer].mT, out=dW)
            _sum_over_samples(delta, out=db)
            if layer > 0:
                delta = _product(layers[layer][0].mT, delta)
                delta *= self._slope(inputs[layer])
        return loss, grad

    def _matrices(self, w):
        runs = w.shape[:-1]
        return [
            (w[..., weights].reshape(runs + shape), w[..., biases, None])
            for weights, shape, biases in self._layout
        ]

    def _forward(self, layers, a):
        inputs = [a]
        for W, b in layers[:-1]:
            z = _product(W, inputs[-1])
            z += b
            inputs.append(self._activate(z))
        W, b = layers[-1]
        z = _product(W, inputs[-1])
        z += b
        return z[..., 0, :], inputs


def _logistic(z, y):
    """Cross-entropy of σ(z) and y, and its slope σ(z) - y; no overflow at any z."""
    if z.size < 8:  # one call instead of five: less overhead, more time per number
        softplus = np.logaddexp(z, 0.0)
    else:
        softplus = np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))
    return softplus - y * z, np.exp(z - softplus) - y


def _squared(z, y):
    return (z - y) ** 2, 2 * (z - y)


LOSSES = {"logistic": _logistic, "squared": _squared}

ACTIVATIONS = {  # a = h(z), in place; h'(z) written in terms of a; variance gain of the start
    "relu": (lambda z: np.maximum(z, 0.0, out=z), lambda a: a > 0, 2.0),
    "tanh": (lambda z: np.tanh(z, out=z), lambda a: 1 - a * a, 1.0),
}


def _choose(what, name, table):
    if name not in table:
        raise ValueError(f"{what} must be one of {', '.join(table)}; got {name!r}.")
    return table[name]


def _product(a, b, out=None):
    """Matrix product a @ b of stacks of small matrices, by NumPy's fastest way for the shapes.

    Many runs of a matrix times one column are fastest when the runs lie next to each other in
    memory (order "F") and einsum multiplies along them. Whole matrices are fastest one run after
    the other (order "C") in matmul.
    """
    if a.ndim > 2:
        if a.shape[-1] == 1:
            return np.multiply(a, b, out=out)
        if b.shape[-1] == 1:
            return np.einsum("...ij,...jk->...ik", a, b, out=out)
    return np.matmul(a, b, out=out)


def _sum_over_samples(delta, out):
    if delta.shape[-1] == 1:
        out[...] = delta
    else:
        np.einsum("...ij->...i", delta, out=out[..., 0])
