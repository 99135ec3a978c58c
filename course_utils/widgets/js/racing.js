// What a race computes: the surface, the rules and their runs for any settings of the knobs.
import { CLIPS } from "./clipping.js";
import { arrival, descend, stepsToArrive } from "./descent.js";
import { RULES } from "./rules.js";
import { SURFACES, turned } from "./surfaces.js";

const BLOWN = 1e12; // a loss beyond it has blown up

// Heights on a grid, as a function: cubic in between (Catmull-Rom), so that bands stay smooth.
function interpolated({ window: [[left, right], [bottom, top]], wide, high, values }) {
  const weights = (u) => [((2 - u) * u - 1) * u / 2, ((3 * u - 5) * u * u + 2) / 2, ((4 - 3 * u) * u + 1) * u / 2,
    (u - 1) * u * u / 2];
  return (x, y) => {
    const p = (x - left) / (right - left) * (wide - 1), q = (y - bottom) / (top - bottom) * (high - 1);
    const i = Math.max(1, Math.min(wide - 3, Math.floor(p))), j = Math.max(1, Math.min(high - 3, Math.floor(q)));
    const a = weights(p - i), b = weights(q - j);
    let sum = 0;
    for (let r = 0; r < 4; r++) for (let c = 0; c < 4; c++) sum += b[r] * a[c] * values[(j + r - 1) * wide + i + c - 1];
    return sum;
  };
}

function surfaceFor(scene) {
  if (!scene.twin) {
    const f = interpolated(scene.heights), height = (x, y) => Math.max(0, f(x, y) - scene.floor);
    return () => ({ f, height, key: "own" });
  }
  const { name, options } = scene.twin;
  return ({ condition, turn }) => {
    const plain = SURFACES[name](condition ? { ...options, condition } : options);
    const { f, grad } = turn ? turned(plain, turn) : plain;
    return { f, grad, height: (x, y) => f(x, y) - scene.floor, key: [name, condition, turn].join() };
  };
}

export function racing(scene) {
  const surface = surfaceFor(scene);

  const descent = (settings, start, steps = scene.steps) => {
    const cut = scene.clip ? CLIPS[scene.clip](settings) : null, warm = settings.warmup ?? 0, { factors } = scene;
    const then = (t) => (factors ? factors[Math.min(t, factors.length - 1)] : 1);
    const factor = warm || factors ? (t) => (t < warm ? t / warm : then(t - warm)) : null;
    return { start, lr: settings.lr, steps, clip: cut, factor };
  };
  const atWork = ({ twin, hyper, takes }, settings) => {
    const own = Object.fromEntries(takes.filter((name) => name in settings).map((name) => [name, settings[name]]));
    return RULES[twin]({ ...hyper, ...own });
  };

  // What is drawn of a run: when it blew up, when it came to stay.
  function judged(rule, run, settings, start) {
    const known = run.loss.length;
    let lost = 0;
    while (lost < known && Math.abs(run.loss[lost]) < BLOWN) lost++;
    const arrived = scene.minima.length && lost > scene.steps ? arrival(run, scene.minima, scene.within) : -1;
    return { ...rule, ...run, lost, arrived, lr: settings.lr, start };
  }

  // From when on a run has nothing new to show: it is there, it has blown up, or it hardly moves any more.
  const [wide, high] = scene.window.map(([low, top]) => top - low);
  function rests({ lost, arrived, way, steps }) {
    if (lost <= steps || arrived >= 0) return Math.min(lost, arrived < 0 ? Infinity : arrived);
    const far = (t) => Math.hypot((way[2 * t] - way[2 * steps]) / wide, (way[2 * t + 1] - way[2 * steps + 1]) / high);
    let t = steps;
    while (t > 0 && far(t - 1) < 1e-3) t--;
    return t;
  }

  return {
    surface,
    // A rule of the course runs here; a learner's own comes from the kernel.
    here: (rule) => Boolean(rule.twin && scene.twin),
    run: (rule, settings, start) => (
      judged(rule, descend(surface(settings), atWork(rule, settings), descent(settings, start)), settings, start)),
    judged,
    // The step by which all of them rest, and some more to see that they stay.
    done: (runs) => Math.min(scene.steps, Math.max(0, ...runs.map(rests)) + Math.ceil(scene.steps / 10)),
    // Steps until the rule stays near a minimum; -1 if it doesn't, -2 if it leaves for good.
    count: (rule, settings, start, patience) => stepsToArrive(
      surface(settings), atWork(rule, settings), descent(settings, start, patience), scene.minima, scene.within),
  };
}
