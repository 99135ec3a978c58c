// Twin of network.py for one hidden layer, 2-h-1, with the logistic loss. Many seeds at once: w holds one network
// of d = 4h + 1 numbers after the other, each as Python's flat vector: W₁ (h, 2) row by row, b₁, W₂, b₂.

const ACTIVATIONS = { // a = φ(z), and φ'(z) written in terms of a
  relu: [(z) => Math.max(z, 0), (a) => (a > 0 ? 1 : 0)],
  tanh: [Math.tanh, (a) => 1 - a * a],
};

export function network(h, activation = "relu") {
  const d = 4 * h + 1, [activate, slope] = ACTIVATIONS[activation];
  const hidden = new Float64Array(h);

  // Output z of the network that starts at w[o], for one sample; its hidden units are left in hidden.
  function forward(w, o, x0, x1) {
    let z = w[o + 4 * h];
    for (let k = 0; k < h; k++) {
      hidden[k] = activate(w[o + 2 * k] * x0 + w[o + 2 * k + 1] * x1 + w[o + 2 * h + k]);
      z += w[o + 3 * h + k] * hidden[k];
    }
    return z;
  }

  // Mean loss over samples from .. to of X (n, 2) and y (n), one number a seed into loss, gradients into grad.
  // order, if given, says which sample comes where.
  function lossAndGrad(w, X, y, loss, grad, from = 0, to = y.length, order = null) {
    const n = to - from;
    grad.fill(0);
    for (let seed = 0, o = 0; o < w.length; seed++, o += d) {
      let sum = 0;
      for (let j = from; j < to; j++) {
        const i = order ? order[j] : j, x0 = X[2 * i], x1 = X[2 * i + 1];
        const z = forward(w, o, x0, x1), decayed = Math.exp(-Math.abs(z));
        sum += Math.max(z, 0) + Math.log1p(decayed) - y[i] * z;
        const sigma = z >= 0 ? 1 / (1 + decayed) : decayed / (1 + decayed), delta = (sigma - y[i]) / n;
        grad[o + 4 * h] += delta;
        for (let k = 0; k < h; k++) {
          grad[o + 3 * h + k] += delta * hidden[k];
          const back = delta * w[o + 3 * h + k] * slope(hidden[k]);
          grad[o + 2 * k] += back * x0;
          grad[o + 2 * k + 1] += back * x1;
          grad[o + 2 * h + k] += back;
        }
      }
      loss[seed] = sum / n;
    }
  }

  return { d, forward, lossAndGrad };
}
