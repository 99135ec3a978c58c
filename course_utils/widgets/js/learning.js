// Twin of Classification and run for the small network: many seeds learn at once, and every step is kept,
// so that time can go back.
import { network } from "./network.js";
import { RULES } from "./rules.js";
import { PRESETS } from "./schedules.js";
import { CLIPS } from "./clipping.js";
import { orders } from "./random.js";

// Starts of MLP.init: normals holds, seed by seed, what its generator draws; √(gain / inputs) scales them.
export function startsOf(normals, h, activation) {
  const { d } = network(h, activation), gain = activation === "relu" ? 2 : 1;
  const w = new Float64Array(normals.length * d);
  normals.forEach((draws, seed) => {
    for (let k = 0; k < 2 * h; k++) w[seed * d + k] = draws[k] * Math.sqrt(gain / 2);
    for (let k = 0; k < h; k++) w[seed * d + 3 * h + k] = draws[2 * h + k] * Math.sqrt(gain / h);
  });
  return w;
}

// settings: hidden, activation, rule, hyper, lr, batch, schedule, max_norm (Infinity: no clipping), steps.
export function learning({ X, y }, normals, settings) {
  const { hidden, activation, rule, hyper, lr, schedule, max_norm, steps } = settings;
  const n = y.length, seeds = normals.length, batch = Math.min(settings.batch, n), perEpoch = Math.ceil(n / batch);
  const net = network(hidden, activation), w = startsOf(normals, hidden, activation);
  const g = new Float64Array(w.length), onBatch = new Float64Array(seeds), order = orders(n, 1);
  const step = RULES[rule](hyper)(w.length), factor = PRESETS[schedule](steps);
  const clip = Number.isFinite(max_norm) ? CLIPS.clip_by_global_norm({ max_norm }) : null;
  const points = new Float32Array((steps + 1) * w.length);
  const loss = new Float64Array((steps + 1) * seeds), accuracy = new Float64Array((steps + 1) * seeds);
  let t = -1;

  function measure() {
    points.set(w, t * w.length);
    for (let s = 0; s < seeds; s++) {
      let sum = 0, right = 0;
      for (let i = 0; i < n; i++) {
        const z = net.forward(w, s * net.d, X[2 * i], X[2 * i + 1]);
        sum += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y[i] * z;
        right += z >= 0 === y[i] >= 0.5;
      }
      loss[t * seeds + s] = sum / n;
      accuracy[t * seeds + s] = Number.isFinite(sum) ? right / n : NaN;
    }
  }
  // Learn until step `to`; nothing is done for steps that are known.
  function advance(to) {
    while (t < Math.min(to, steps)) {
      if (t >= 0) {
        const first = (t % perEpoch) * batch, shuffled = batch < n ? order(Math.floor(t / perEpoch)) : null;
        net.lossAndGrad(w, X, y, onBatch, g, first, Math.min(n, first + batch), shuffled);
        if (clip) clip(g, net.d);
        step(w, g, lr * factor(t));
      }
      t += 1;
      measure();
    }
  }
  const point = (at, seed) => points.subarray((at * seeds + seed) * net.d, (at * seeds + seed + 1) * net.d);
  advance(0);
  return { advance, point, loss, accuracy, seeds, steps, net, perEpoch };
}
