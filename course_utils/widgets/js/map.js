// The map of a race: the ground, the paths, the start, who is where, and the arrows of the rule you follow.
import { power, short } from "./shell.js";
import { arrow, chevron, font, halo, line, mark, paper, plane, ring, star, ticks } from "./canvas.js";
import { bandColor, bands, ground } from "./ground.js";
import { leader, place } from "./labels.js";
import { drawTrail, trail } from "./trail.js";

const ROOM = 0.05; // of the window: what a place needs around it

// The window, wider where a place would not be in it.
function holding(window, places) {
  return window.map(([low, high], axis) => {
    const edge = ROOM * (high - low), at = places.map((place) => place[axis]);
    return [Math.min(low, ...at.map((x) => x - edge)), Math.max(high, ...at.map((x) => x + edge))];
  });
}

// The window on a canvas of another shape: on a true scale it shows more along one side, else it stretches.
function fitted([[left, right], [bottom, top]], aspect, true_scale) {
  if (!true_scale) return [[left, right], [bottom, top]];
  const wide = Math.max(right - left, (top - bottom) * aspect), high = wide / aspect;
  const x = (left + right) / 2, y = (bottom + top) / 2;
  return [[x - wide / 2, x + wide / 2], [y - high / 2, y + high / 2]];
}

export function mapView(canvas) {
  const memory = {};
  let kept = { key: null }, spot = null;

  // The ground is kept until the surface, the size or the theme changes; while a hand drags, it is drawn coarsely.
  function drawGround({ ctx, w, h }, view, window, scale) {
    const { theme, surface, scene } = view, coarse = view.dragged ? 2 : 1;
    const key = [surface.key, canvas.width, canvas.height, theme.name, coarse, window].join();
    if (kept.key !== key) {
      const levels = bands(surface.height, window, scene.bands);
      const wide = Math.round(canvas.width / coarse), high = Math.round(canvas.height / coarse);
      const image = ground(surface.height, window, wide, high, theme, levels, scale / coarse);
      kept = { key, image, levels };
    }
    ctx.drawImage(kept.image, 0, 0, w, h);
  }

  // Decades carry their value on a way down from the star.
  function drawHeights(ctx, { theme, surface, minima, scene }, at) {
    if (!minima.length) return;
    const [[x0, y0]] = minima, { levels } = kept, bottom = at.undo(0, at.h)[1], path = 400;
    let last = at.Y(y0) + 5, before = 0;
    Object.assign(ctx, { font: font(10.5), textAlign: "center", textBaseline: "middle", lineWidth: 5 });
    for (let k = 1; k <= path; k++) {
      const y = y0 + (bottom - y0) * k / path, e = Math.floor(Math.log10(surface.height(x0, y)));
      const [px, py] = [at.X(x0), at.Y(y)];
      if (e > before && e > levels.low && py - last >= 22 && py < at.h - 30) {
        ctx.strokeStyle = bandColor(theme, levels, e);
        const text = scene.floor ? short(10 ** e + scene.floor) : power(e);
        ctx.strokeText(text, px, py);
        ctx.fillStyle = theme.muted;
        ctx.fillText(text, px, py);
        last = py;
      }
      before = Number.isFinite(e) && k > 1 ? e : Infinity;
    }
  }

  function drawTicks(ctx, { theme }, at, [[left, right], [bottom, top]]) {
    const stretch = at.ky / at.kx;
    const label = (text, x, y) => halo(ctx, text, x, y, theme.muted, theme.casing, 3);
    const say = (v) => String(v).replace("-", "−");
    Object.assign(ctx, { font: font(10.5), textAlign: "center", textBaseline: "alphabetic" });
    for (const x of ticks(left, right)) {
      if (at.X(x) < 34 || at.X(x) > at.w - 34) continue;
      label(say(x), at.X(x), at.h - 9);
      ctx.fillRect(at.X(x) - 0.5, at.h - 5, 1, 5);
    }
    label("w₀", at.w - 14, at.h - 9);
    ctx.textAlign = "left";
    for (const y of ticks(bottom, top, 5)) {
      if (at.Y(y) < 26 || at.Y(y) > at.h - 34) continue;
      label(say(y), 9, at.Y(y) + 3.5);
      ctx.fillRect(0, at.Y(y) - 0.5, 5, 1);
    }
    label(Math.abs(stretch - 1) > 0.06 ? `w₁, drawn ${stretch.toFixed(1)}× larger` : "w₁", 9, 17);
  }

  // A run's head, and if that is outside, where on the edge to say so.
  function head(points, { w, h }) {
    const [x, y] = points.at(-1), out = x < 6 || x > w - 6 || y < 6 || y > h - 6;
    const hold = (v, low, high) => Math.max(low, Math.min(high - 12, v)), lettered = x < 150 || x > w - 200;
    const top = out && lettered ? 36 : 12; // the upper corners hold words
    return { x: hold(x, 12, w), y: hold(y, top, h), out, angle: Math.atan2(y - h / 2, x - w / 2) };
  }

  // Arrows of the rule you follow; their tips, for labels to keep off. Small steps stay visible, large ones stay in.
  function drawArrows(ctx, { theme, t, color }, run, at) {
    const k = Math.floor(t), tips = [], { way, slopes, steps, head: { x, y, out } } = run;
    if (out || k >= Math.min(run.lost, steps + 1)) return tips;
    const put = (dx, dy, paint, open) => {
      const size = Math.hypot(dx, dy), length = 20 + 48 * Math.tanh(size / 70), [ux, uy] = [dx / size, dy / size];
      if (!(size > 1e-9)) return;
      arrow(ctx, x + 7 * ux, y + 7 * uy, ux * length, uy * length, paint, theme, open);
      for (const share of [0.25, 0.5, 0.75, 1]) {
        const far = 7 + length * share;
        tips.push([x + ux * far, y + uy * far]);
      }
    };
    const next = k < steps ? [way[2 * k + 2] - way[2 * k], way[2 * k + 3] - way[2 * k + 1]] : [0, 0];
    const step = [next[0] * at.kx, -next[1] * at.ky], moves = Math.hypot(...step) > 0.8;
    const down = [-slopes[2 * k] * at.kx, slopes[2 * k + 1] * at.ky], size = Math.hypot(...down);
    const still = k >= steps || !(moves || t === 0);
    if (still || !Number.isFinite(size)) return tips;
    const length = size * run.lr; // as long as a step of SGD
    const differs = Math.abs(step[0] * down[1] - step[1] * down[0]) > 0.02 * Math.hypot(...step) * size;
    if (t === 0 || differs) put(down[0] / size * length, down[1] / size * length, theme.downhill, true);
    if (t > 0) put(...step, color(run), false);
    const key = [...(t > 0 ? [["next step", color(run), false]] : []),
      ...(t === 0 || differs ? [["downhill", theme.downhill, true]] : [])];
    Object.assign(ctx, { font: font(10.5), textAlign: "left", textBaseline: "middle" });
    const wide = key.reduce((sum, [text]) => sum + 46 + ctx.measureText(text).width, -16);
    let left = at.w - 12 - wide;
    for (const [text, paint, open] of key) {
      arrow(ctx, left, 16, 24, 0, paint, theme, open);
      halo(ctx, text, left + 30, 16, theme.muted, theme.casing, 3);
      left += 46 + ctx.measureText(text).width;
    }
    return tips;
  }

  // Where the word "start" stands: above the ring, below, right or left, the first that is free.
  function besideStart([x, y], points, { w, h }) {
    const boxes = [[0, -20], [0, 20], [32, 0], [-32, 0]].map(([dx, dy]) => (
      { left: x + dx - 19, right: x + dx + 19, top: y + dy - 9, bottom: y + dy + 9 }));
    const free = ({ left, right, top, bottom }) => left > 4 && right < w - 4 && top > 28 && bottom < h - 26
      && !points.some(([px, py]) => px > left - 8 && px < right + 8 && py > top - 8 && py < bottom + 8);
    return boxes.find(free) ?? boxes[y < 46 ? 1 : 0];
  }

  function drawLabels(ctx, view, runs, at, start, word, tips) {
    const { theme, t, follow, color, minima } = view, whole = Math.floor(t);
    Object.assign(ctx, { font: font(12.5, 650), textBaseline: "middle" });
    const items = runs.map((run) => {
      const suffix = run.lost <= whole ? " blew up" : run.head.out ? " is outside" : "", text = run.label + suffix;
      return { key: run.name, run, text, width: ctx.measureText(text).width, x: run.head.x, y: run.head.y };
    }).sort((a, b) => (b.key === follow) - (a.key === follow) || a.y - b.y);
    const heads = items.map(({ x, y }) => [x, y]), stars = minima.map(([x, y]) => [at.X(x), at.Y(y)]);
    place(items, {
      w: at.w, h: at.h, memory, paths: runs.map(({ points }) => points),
      marks: [...heads, ...stars, start, ...tips],
      taken: [
        word,
        { left: at.w - 190, right: at.w, top: 4, bottom: 28 }, { left: 0, right: 150, top: 4, bottom: 24 },
      ],
    });
    for (const item of items) if (item.box.led) line(ctx, leader(item), color(item.run), theme.casing, 1, 2.2);
    ctx.textAlign = "left";
    for (const { run, text, box } of items) halo(ctx, text, box.left, box.y, color(run), theme.casing);
  }

  function draw(view) {
    const { theme, scene, surface, minima, runs, ghost, follow, t, start, color } = view;
    const sheet = paper(canvas), { ctx, w, h } = sheet, window = fitted(holding(scene.window, view.hold), w / h, scene.true_scale);
    const at = plane(window, w, h), begin = [at.X(start[0]), at.Y(start[1])];
    spot = { ...at, begin, window };
    ctx.save();
    ctx.beginPath();
    ctx.roundRect(0, 0, w, h, 10);
    ctx.clip();
    drawGround(sheet, view, window, sheet.scale);
    drawHeights(ctx, view, at);

    const shown = (ghost ? [ghost] : runs).map((run) => ({ ...run, points: trail(run, ghost ? run.steps : t, at) }))
      .filter(({ points }) => points.length)
      .sort((a, b) => (a.name === follow) - (b.name === follow));
    for (const run of shown) {
      if (ghost) line(ctx, run.points, color(run), theme.casing, 1.4);
      else drawTrail(ctx, run.points, color(run), theme.casing, at);
      run.head = head(run.points, at);
    }
    drawTicks(ctx, view, at, window); // over the paths, which may go anywhere
    ring(ctx, ...begin, 8.5, theme.ink, theme.casing);
    const followed = !ghost && shown.find(({ name }) => name === follow);
    const tips = followed ? drawArrows(ctx, view, followed, at) : [];
    const heads = ghost || t === 0 ? [] : shown.map(({ head }) => [head.x, head.y]);
    const word = besideStart(begin, [...tips, ...heads], at);
    Object.assign(ctx, { font: font(12, 600), textAlign: "center", textBaseline: "middle" });
    halo(ctx, "start", (word.left + word.right) / 2, (word.top + word.bottom) / 2, theme.ink, theme.casing);
    if (!ghost && t > 0) {
      for (const run of shown) {
        const { x, y, out, angle } = run.head;
        if (out) chevron(ctx, x, y, angle, color(run), theme.casing);
        else mark(ctx, x, y, run.look.marker, 6, color(run), theme.casing);
      }
      drawLabels(ctx, view, shown, at, begin, word, tips);
    }
    for (const [x, y] of minima) star(ctx, at.X(x), at.Y(y), theme); // last: nothing hides where they should go
    ctx.restore();
    Object.assign(ctx, { lineWidth: 1, strokeStyle: theme.name === "dark" ? "#ffffff14" : "#0000001a" });
    ctx.beginPath();
    ctx.roundRect(0.5, 0.5, w - 1, h - 1, 10);
    ctx.stroke();
    return Object.fromEntries(shown.map(({ name, head }) => [name, head.out]));
  }

  return { draw, spot: () => spot };
}
