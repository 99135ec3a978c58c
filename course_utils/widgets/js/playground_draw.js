// The pictures of the playground: what the network says of every place, and curves of many seeds as a fan.
import { short } from "./shell.js";
import { font, halo, line, paper, plane, ticks } from "./canvas.js";
import { ramp } from "./ground.js";
import { spread } from "./labels.js";

const CELLS = 84; // places across the picture at which the network is asked

// z at the corners of a grid over the window.
function outputs(net, w, [[left, right], [bottom, top]], stretch) {
  const z = new Float32Array((CELLS + 1) ** 2);
  for (let j = 0, k = 0; j <= CELLS; j++) {
    const y = (top - (top - bottom) * j / CELLS) * stretch[1];
    for (let i = 0; i <= CELLS; i++, k++) z[k] = net.forward(w, 0, (left + (right - left) * i / CELLS) * stretch[0], y);
  }
  return z;
}

// Pieces of the line z = 0, from the edges of each cell that it crosses.
function border(z) {
  const pieces = [], row = CELLS + 1;
  for (let j = 0; j < CELLS; j++) {
    for (let i = 0; i < CELLS; i++) {
      const k = j * row + i, crossed = [];
      for (const [a, b, x, y, dx, dy] of [[k, k + 1, i, j, 1, 0], [k + 1, k + row + 1, i + 1, j, 0, 1],
        [k + row, k + row + 1, i, j + 1, 1, 0], [k, k + row, i, j, 0, 1]]) {
        if (z[a] >= 0 === z[b] >= 0) continue;
        const share = z[a] / (z[a] - z[b]);
        crossed.push([(x + dx * share) / CELLS, (y + dy * share) / CELLS]);
      }
      for (let c = 0; c + 1 < crossed.length; c += 2) pieces.push([crossed[c], crossed[c + 1]]);
    }
  }
  return pieces;
}

// Ten bands of probability from one side's color to the other's.
function shades(z, theme) {
  const image = new ImageData(CELLS + 1, CELLS + 1), stops = [...theme.ground].reverse();
  const colors = Array.from({ length: 10 }, (_, band) => ramp(stops, (band + 0.5) / 10));
  for (let k = 0; k < z.length; k++) {
    const p = 1 / (1 + Math.exp(-z[k])), [r, g, b] = colors[Math.min(9, Math.floor(10 * (p || 0)))];
    image.data.set([r, g, b, 255], 4 * k);
  }
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = CELLS + 1;
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

export function drawBoundary(canvas, { theme, net, w, X, y, window, stretch, title }) {
  const { ctx, w: wide, h: high } = paper(canvas), { X: px, Y: py } = plane(window, wide, high);
  const z = outputs(net, w, window, stretch);
  ctx.save();
  ctx.beginPath();
  ctx.roundRect(0, 0, wide, high, 10);
  ctx.clip();
  ctx.imageSmoothingQuality = "high";
  ctx.drawImage(shades(z, theme), 0, 0, wide, high);
  ctx.beginPath();
  for (const [[a, b], [c, d]] of border(z)) {
    ctx.moveTo(a * wide, b * high);
    ctx.lineTo(c * wide, d * high);
  }
  for (const [color, width] of [[theme.casing, 5], [theme.ink, 2]]) {
    Object.assign(ctx, { strokeStyle: color, lineWidth: width });
    ctx.stroke();
  }
  for (let i = 0; i < y.length; i++) {
    const at = [px(X[2 * i] / stretch[0]), py(X[2 * i + 1] / stretch[1])];
    ctx.beginPath();
    if (y[i]) for (const [u, v] of [[0, -5], [4.6, 3.4], [-4.6, 3.4]]) ctx.lineTo(at[0] + u, at[1] + v);
    else ctx.arc(...at, 3.6, 0, 7);
    ctx.closePath();
    Object.assign(ctx, { fillStyle: y[i] ? theme.accent : theme.page, strokeStyle: y[i] ? theme.page : theme.muted, lineWidth: 1.3 });
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
  ctx.font = font(12.5, 650);
  halo(ctx, title, 12, 20, theme.ink, theme.casing);
}

const FAN = { left: 40, right: 62, top: 22, bottom: 22 };

// The median over seeds at row t of values (rows, seeds); sort puts NaN last, as the worst.
export const medianOf = (values, seeds) => (t) => values.slice(t * seeds, (t + 1) * seeds).sort()[Math.floor(seeds / 2)];

const LATELY = 10; // steps that tell whether a curve swings

// The last values up to step t: [lowest, highest, whether it went to and fro]. Drawn as a line, that would be a solid bar.
export function lately(of, t) {
  const last = Array.from({ length: Math.min(LATELY, t) + 1 }, (_, k) => of(t - k));
  const low = Math.min(...last), high = Math.max(...last);
  const way = last.reduce((sum, value, k) => sum + (k && Math.abs(value - last[k - 1])), 0);
  return [low, high, way > 3 * (high - low) && high > low];
}
// Where a curve that swings is at most and at least around each step.
const rims = (of, now) => [Math.max, Math.min].map((most) => Array.from({ length: now + 1 }, (_, t) => (
  most(...[-3, -2, -1, 0, 1, 2, 3].map((k) => of(Math.max(0, Math.min(now, t + k))))))));

// values (rows + 1, seeds), a row every so many steps; axis: { name, low, high, log }. The first `thin` seeds are thin
// lines; strong: [{ of(row), name, color }] are named at their ends.
export function drawFan(canvas, { theme, color, values, seeds, thin = seeds, steps, every = 1, now, strong, axis }) {
  const { ctx, w, h } = paper(canvas), { left, right, top, bottom } = FAN;
  const height = (v) => (axis.log ? Math.log10(Math.max(v, 1e-12)) : v);
  const low = height(axis.low), high = height(axis.high);
  const X = (t) => left + t / steps * (w - left - right);
  const Y = (v) => top + (high - Math.max(low, Math.min(high, height(v)))) / (high - low) * (h - top - bottom);
  Object.assign(ctx, { font: font(10.5), textBaseline: "middle", textAlign: "right", lineWidth: 1, fillStyle: theme.muted });
  const marks = axis.log ? ticks(low, high, 4).filter(Number.isInteger).map((e) => 10 ** e) : ticks(low, high, 4);
  for (const value of marks) {
    ctx.strokeStyle = theme.hair;
    ctx.beginPath();
    ctx.moveTo(left, Y(value));
    ctx.lineTo(w - right, Y(value));
    ctx.stroke();
    ctx.fillText(short(value), left - 6, Y(value));
  }
  Object.assign(ctx, { textBaseline: "alphabetic", textAlign: "left", font: font(11.5, 600) });
  ctx.fillText(axis.name, 2, 12);
  Object.assign(ctx, { textAlign: "center", font: font(10.5) });
  for (const t of ticks(0, steps * every, 4)) ctx.fillText(t, X(t / every), h - 6);
  const along = (heights) => heights.map((v, t) => [X(t), Y(v)]);
  const curve = (of) => along(Array.from({ length: now + 1 }, (_, t) => of(t)));
  const swings = (of) => every === 1 && lately(of, now)[2]; // rows that are far apart make no solid bar
  const band = (of, strength) => { // what it swings over
    const [high, low] = rims(of, now).map(along);
    ctx.beginPath();
    for (const point of [...high, ...low.reverse()]) ctx.lineTo(...point);
    Object.assign(ctx, { fillStyle: ctx.strokeStyle, globalAlpha: strength });
    ctx.fill();
  };
  Object.assign(ctx, { strokeStyle: color, lineWidth: 1, globalAlpha: 0.4 });
  for (let s = 0; s < thin; s++) {
    const of = (t) => values[t * seeds + s];
    if (swings(of)) { band(of, 0.05); continue; }
    ctx.globalAlpha = 0.4;
    ctx.beginPath();
    for (const point of curve(of)) ctx.lineTo(...point);
    ctx.stroke();
  }
  for (const { of, color: own } of strong) {
    ctx.strokeStyle = own;
    if (swings(of)) band(of, 0.25);
    ctx.globalAlpha = 1;
    if (swings(of)) for (const rim of rims(of, now)) line(ctx, along(rim), own, theme.casing, 1.2, 0);
    else line(ctx, curve(of), own, theme.casing, 2.2, 2.4);
  }
  const ends = strong.map((curved) => ({ ...curved, y: Y(curved.of(now)) }));
  spread(ends, 14, top, h - bottom);
  Object.assign(ctx, { font: font(11.5, 650), textBaseline: "middle", textAlign: "left" });
  for (const end of ends) halo(ctx, end.name, Math.min(X(now), w - right) + 6, end.at, end.color, theme.casing);
}
