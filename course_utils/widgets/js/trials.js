// What a schedule is tried on: a problem draws its chance once, chance(seed, count), and then trains count runs under
// any learning rates, one a step. train(chance, lrs, rule, every) gives { marks, loss }: the steps at which the loss was
// taken, the last one among them, and that of every run at each; not finite where a run blew up.
import { network } from "./network.js";
import { drawn, normals, orders } from "./random.js";
import { startsOf } from "./learning.js";
import { SURFACES } from "./surfaces.js";

// Update after update, with a look at the losses in between.
function watch(steps, every, count, lossOf, update) {
  const marks = Array.from({ length: Math.ceil(steps / every) + 1 }, (_, k) => Math.min(k * every, steps));
  const loss = new Float64Array(marks.length * count);
  let t = 0;
  marks.forEach((mark, row) => {
    for (; t < mark; t++) update(t);
    for (let run = 0; run < count; run++) loss[row * count + run] = lossOf(run);
  });
  return { marks, loss };
}

// Down a ravine with normal noise in both slopes; the loss is the height itself, without noise.
function noisyRavine({ condition, deviation, start, steps }) {
  const { f, grad } = SURFACES.ravine({ condition });
  function chance(seed, count) {
    const normal = normals(drawn(seed));
    return { count, kicks: Float64Array.from({ length: 2 * steps * count }, () => deviation * normal()) };
  }
  function train({ count, kicks }, lrs, rule, every) {
    const w = Float64Array.from({ length: 2 * count }, (_, k) => start[k % 2]), g = new Float64Array(2 * count);
    const step = rule(2 * count), slopes = [0, 0];
    const lossOf = (run) => f(w[2 * run], w[2 * run + 1]);
    return watch(steps, every, count, lossOf, (t) => {
      for (let i = 0, k = 2 * count * t; i < w.length; i += 2, k += 2) {
        grad(w[i], w[i + 1], slopes);
        g[i] = slopes[0] + kicks[k];
        g[i + 1] = slopes[1] + kicks[k + 1];
      }
      step(w, g, lrs[t]);
    });
  }
  return { chance, train };
}

// The small network on a data set, with a start and an order of batches of its own for each run; the loss is that of
// all points.
function smallNetwork({ X, y, hidden, activation, batch, steps }) {
  const n = y.length, perEpoch = Math.ceil(n / batch);
  const { d, forward, lossAndGrad } = network(hidden, activation);
  function chance(seed, count) {
    const normal = normals(drawn(seed)), draw = () => Array.from({ length: 3 * hidden }, normal);
    const starts = startsOf(Array.from({ length: count }, draw), hidden, activation);
    const order = Array.from({ length: count }, (_, run) => (batch < n ? orders(n, 7919 * seed + run) : () => null));
    return { count, starts, order };
  }
  function train({ count, starts, order }, lrs, rule, every) {
    const w = Float64Array.from(starts), g = new Float64Array(w.length), step = rule(w.length), onBatch = new Float64Array(1);
    const part = (all) => Array.from({ length: count }, (_, run) => all.subarray(run * d, (run + 1) * d));
    const points = part(w), slopes = part(g);
    function lossOf(run) {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const z = forward(w, run * d, X[2 * i], X[2 * i + 1]);
        sum += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y[i] * z;
      }
      return sum / n;
    }
    return watch(steps, every, count, lossOf, (t) => {
      const from = (t % perEpoch) * batch, to = Math.min(n, from + batch), epoch = Math.floor(t / perEpoch);
      for (let run = 0; run < count; run++) lossAndGrad(points[run], X, y, onBatch, slopes[run], from, to, order[run](epoch));
      step(w, g, lrs[t]);
    });
  }
  return { chance, train };
}

export const PROBLEMS = { ravine: noisyRavine, network: smallNetwork };
