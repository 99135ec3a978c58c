// Drawing on a canvas: text with a halo, lines with a casing, markers, stars, arrows, ticks.
import { LOOK } from "./look.js";

export const FAMILY = '-apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif';
export const font = (size, weight = 400) => `${weight} ${size}px ${FAMILY}`;

// A canvas fitted to the pixels of the screen: its context in CSS pixels, its width and height.
export function paper(canvas) {
  const scale = Math.max(1, devicePixelRatio || 1), w = canvas.clientWidth, h = canvas.clientHeight;
  const wide = Math.round(w * scale), high = Math.round(h * scale);
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
  const ctx = canvas.getContext("2d");
  ctx.setTransform(scale, 0, 0, scale, 0, 0);
  ctx.clearRect(0, 0, w, h);
  Object.assign(ctx, { lineJoin: "round", lineCap: "round", globalAlpha: 1 });
  return { ctx, w, h, scale };
}

// Points to pixels and back, for a window [[left, right], [bottom, top]] that fills a canvas.
export function plane([[left, right], [bottom, top]], w, h) {
  const kx = w / (right - left), ky = h / (top - bottom);
  return {
    X: (x) => (x - left) * kx, Y: (y) => (top - y) * ky, kx, ky, w, h,
    undo: (px, py) => [left + px / kx, top - py / ky],
  };
}

export function halo(ctx, text, x, y, color, casing, width = 4) {
  Object.assign(ctx, { lineWidth: width, strokeStyle: casing, lineJoin: "round", fillStyle: color });
  ctx.strokeText(text, x, y);
  ctx.fillText(text, x, y);
}

// A filled outline of LOOK with a casing around it.
export function mark(ctx, x, y, marker, size, color, casing, width = 3.4) {
  ctx.beginPath();
  for (const [u, v] of marker) ctx.lineTo(x + size * u, y + size * v);
  ctx.closePath();
  Object.assign(ctx, { lineWidth: width, strokeStyle: casing, fillStyle: color });
  ctx.stroke();
  ctx.fill();
}

export const star = (ctx, x, y, theme, size = 9) => (
  mark(ctx, x, y, LOOK.star, size, theme.star, theme.casing, 4));

export function ring(ctx, x, y, radius, color, casing) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 7);
  Object.assign(ctx, { lineWidth: 5, strokeStyle: casing });
  ctx.stroke();
  Object.assign(ctx, { lineWidth: 2, strokeStyle: color });
  ctx.stroke();
}

// A pointer at the edge, for what is outside: it points the way.
export function chevron(ctx, x, y, angle, color, casing) {
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(angle);
  ctx.beginPath();
  for (const [u, v] of [[7, 0], [-5, -6], [-2, 0], [-5, 6]]) ctx.lineTo(u, v);
  ctx.closePath();
  Object.assign(ctx, { lineWidth: 4, strokeStyle: casing, fillStyle: color });
  ctx.stroke();
  ctx.fill();
  ctx.restore();
}

// From (x, y) along (dx, dy) in pixels. open: a thin one with a hollow head.
export function arrow(ctx, x, y, dx, dy, color, theme, open = false) {
  const length = Math.hypot(dx, dy);
  if (length < 4) return;
  const [ux, uy] = [dx / length, dy / length], head = open ? 8 : 10, half = open ? 4 : 4.6;
  const at = (back, aside) => [x + dx - ux * back - uy * aside, y + dy - uy * back + ux * aside];
  const triangle = (points) => {
    ctx.beginPath();
    for (const point of points) ctx.lineTo(...point);
    ctx.closePath();
  };
  for (const [paint, extra] of [[theme.casing, 3.5], [color, 0]]) {
    Object.assign(ctx, { strokeStyle: paint, fillStyle: paint, lineWidth: (open ? 1.6 : 3) + extra });
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(...at(head * 0.8, 0));
    ctx.stroke();
    triangle([at(0, 0), at(head, half), at(head, -half)]);
    ctx.lineWidth = extra;
    if (extra) ctx.stroke();
    ctx.fill();
  }
  if (!open) return;
  ctx.fillStyle = theme.page;
  triangle([at(2.2, 0), at(head - 1, half - 1.7), at(head - 1, 1.7 - half)]);
  ctx.fill();
}

// A line through points in pixels with a casing under it.
export function line(ctx, points, color, casing, width = 2, edge = 2.6) {
  ctx.beginPath();
  for (const [x, y] of points) ctx.lineTo(x, y);
  for (const [paint, wide] of [[casing, width + edge], [color, width]]) {
    Object.assign(ctx, { strokeStyle: paint, lineWidth: wide });
    ctx.stroke();
  }
}

// Round numbers in an interval, about so many.
export function ticks(low, high, many = 6) {
  const rough = (high - low) / many, power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((m) => m * power >= rough);
  const first = Math.ceil(low / step - 1e-9), last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, k) => +((first + k) * step).toPrecision(6));
}
