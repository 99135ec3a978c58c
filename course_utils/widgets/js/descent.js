// Twin of training.py for a surface: a rule walks down, and what it did is kept.

// settings: start, lr, steps, and perhaps clip(g, d) in place and factor(t) on lr. Returns points w and what the
// rule saw at each: loss, slope (before clipping) and, from there on, the move.
export function descend(surface, rule, { start, lr, steps, clip = null, factor = null }) {
  const w = Float64Array.from(start), g = new Float64Array(2), step = rule(2), rows = steps + 1;
  const way = new Float64Array(2 * rows), slopes = new Float64Array(2 * rows), loss = new Float64Array(rows);
  for (let t = 0; t < rows; t++) {
    way.set(w, 2 * t);
    loss[t] = surface.f(w[0], w[1]);
    surface.grad(w[0], w[1], g);
    slopes.set(g, 2 * t);
    if (clip) clip(g, 2);
    step(w, g, factor ? lr * factor(t) : lr);
  }
  return { way, slopes, loss, steps, after: w };
}

// The step from which a path stays that close to a minimum, or -1.
export function arrival({ way, steps }, minima, within) {
  let t = steps;
  while (t >= 0 && minima.some(([x, y]) => Math.hypot(way[2 * t] - x, way[2 * t + 1] - y) < within)) t--;
  return t < steps ? t + 1 : -1;
}

// The same for a map of many settings, with nothing kept: the step, -1 if it is not there at the end, -2 if it
// leaves for good.
export function stepsToArrive(surface, rule, { start, lr, steps, clip = null, factor = null }, minima, within) {
  const w = Float64Array.from(start), g = new Float64Array(2), step = rule(2), near = within * within;
  let last = -1;
  for (let t = 0; t <= steps; t++) {
    let square = Infinity;
    for (const [x, y] of minima) {
      const dx = w[0] - x, dy = w[1] - y;
      square = Math.min(square, dx * dx + dy * dy); // NaN stays NaN
    }
    if (!(square < near)) last = t;
    if (!(square < 1e8)) return -2;
    surface.grad(w[0], w[1], g);
    if (clip) clip(g, 2);
    step(w, g, factor ? lr * factor(t) : lr);
  }
  return last < steps ? last + 1 : -1;
}
