// Twins of optimizers.py. momentum({ beta: 0.9 })(n) is a rule at work on n numbers with memory of its own:
// step(w, g, lr) takes one step in place. A number of w depends on its own gradients alone, so the n numbers
// may be one point or many.

export const sgd = () => () => (w, g, lr) => {
  for (let i = 0; i < w.length; i++) w[i] -= lr * g[i];
};

export const momentum = ({ beta = 0.9 } = {}) => (n) => {
  const v = new Float64Array(n);
  return (w, g, lr) => {
    for (let i = 0; i < n; i++) {
      v[i] = beta * v[i] + g[i];
      w[i] -= lr * v[i];
    }
  };
};

export const nesterov = ({ beta = 0.9 } = {}) => (n) => {
  const v = new Float64Array(n);
  return (w, g, lr) => {
    for (let i = 0; i < n; i++) {
      v[i] = beta * v[i] + g[i];
      w[i] -= lr * (g[i] + beta * v[i]);
    }
  };
};

export const adagrad = ({ eps = 1e-10 } = {}) => (n) => {
  const s = new Float64Array(n);
  return (w, g, lr) => {
    for (let i = 0; i < n; i++) {
      s[i] += g[i] * g[i];
      w[i] -= lr * g[i] / (Math.sqrt(s[i]) + eps);
    }
  };
};

export const rmsprop = ({ alpha = 0.99, eps = 1e-8 } = {}) => (n) => {
  const s = new Float64Array(n);
  return (w, g, lr) => {
    for (let i = 0; i < n; i++) {
      s[i] = alpha * s[i] + (1 - alpha) * (g[i] * g[i]);
      w[i] -= lr * g[i] / (Math.sqrt(s[i]) + eps);
    }
  };
};

export const adam = ({ beta1 = 0.9, beta2 = 0.999, eps = 1e-8 } = {}) => (n) => {
  const m = new Float64Array(n), v = new Float64Array(n);
  let faded1 = 1, faded2 = 1; // β₁ᵗ and β₂ᵗ
  return (w, g, lr) => {
    faded1 *= beta1;
    faded2 *= beta2;
    const rate = lr / (1 - faded1), scale = 1 / Math.sqrt(1 - faded2);
    for (let i = 0; i < n; i++) {
      m[i] = beta1 * m[i] + (1 - beta1) * g[i];
      v[i] = beta2 * v[i] + (1 - beta2) * (g[i] * g[i]);
      w[i] -= rate * m[i] / (scale * Math.sqrt(v[i]) + eps);
    }
  };
};

export const adamw = ({ weight_decay = 0.01, ...hyper } = {}) => (n) => {
  const step = adam(hyper)(n);
  return (w, g, lr) => {
    for (let i = 0; i < n; i++) w[i] *= 1 - lr * weight_decay;
    step(w, g, lr);
  };
};

export const RULES = { sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw };
