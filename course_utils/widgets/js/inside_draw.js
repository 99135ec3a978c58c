// Gradients as bars, and below them the steps that a rule makes of them, for two sizes; on request also where w gets to.
import { chevron, font, halo, line, paper } from "./canvas.js";
import { short } from "./shell.js";

const LEFT = 8, RIGHT = 8, STRIP = 190;

export function drawSteps(canvas, { theme, gradients, plain, sized, t, settings, path }) {
  const { ctx, w, h: height } = paper(canvas), many = gradients.length, now = Math.floor(t);
  const h = path ? STRIP : height, wide = (w - LEFT - RIGHT) / many, X = (k) => LEFT + (k - 0.5) * wide;
  const bars = level(0, h * 0.38, [0, ...gradients]);
  rule(ctx, LEFT, w - RIGHT, bars.zero, theme.muted);
  gradients.forEach((g, k) => {
    ctx.fillStyle = k === now - 1 ? theme.accent : theme.muted;
    ctx.globalAlpha = k < now ? 0.9 : 0.3;
    ctx.fillRect(X(k + 1) - wide * 0.32, Math.min(bars.zero, bars.Y(g)), wide * 0.64, Math.abs(bars.Y(g) - bars.zero));
  });
  ctx.globalAlpha = 1;

  // Lines of both sizes on one strip, with marks at some heights.
  function strip(name, top, bottom, ways, marks) {
    const on = level(top, bottom, [...marks, ...ways[0].filter(Number.isFinite)]);
    const far = marks.filter((y) => Math.abs(on.Y(y) - on.zero) > 10); // others would lie on the line of 0
    const named = far.length ? far : [Math.max(...ways[0].filter(Number.isFinite))];
    rule(ctx, LEFT, w - RIGHT, on.zero, theme.muted);
    for (const y of named) rule(ctx, LEFT, w - RIGHT, on.Y(y), theme.hair, [4, 4]);
    const near = (y) => Math.max(-h, Math.min(2 * height, y)); // a canvas can't draw a million heights away
    const [under, over] = ways.map((way) => way.slice(0, now).map((y, k) => [X(k + 1), near(on.Y(Number.isFinite(y) ? y : 0))]));
    ctx.save();
    ctx.beginPath();
    ctx.rect(0, on.top, w, on.bottom - on.top);
    ctx.clip();
    line(ctx, under, theme.muted, theme.casing, 7, 0);
    line(ctx, over, theme.accent, theme.casing, 2.4, 0);
    ctx.restore();
    const [x, y] = over[now - 1] ?? [], above = y < on.top;
    if (now && (above || y > on.bottom)) {
      chevron(ctx, x, above ? on.top + 8 : on.bottom - 8, above ? -Math.PI / 2 : Math.PI / 2, theme.accent, theme.casing);
    } else if (now) disc(ctx, x, y, theme);
    Object.assign(ctx, { font: font(11.5, 600), textAlign: "left", textBaseline: "alphabetic" });
    halo(ctx, name, LEFT, on.top + 8, theme.muted, theme.page);
    Object.assign(ctx, { font: font(10.5), textAlign: "right" });
    for (const mark of [...named, ...(far.length ? [] : [0])]) halo(ctx, short(mark), w - RIGHT, on.Y(mark) - 4, theme.muted, theme.page);
  }
  const steps = [plain, sized].map((entries) => entries.map(({ step }) => step / settings.lr));
  strip("step / η", h * 0.42, h - 4, steps, [-1, 1]);
  if (path) {
    const ways = steps.map((way) => { let at = 0; return way.map((step) => (at -= step)); });
    const seen = ways[0].filter(Number.isFinite);
    strip("w / η, from the start", h + 8, height - 4, ways, [Math.max(...seen), Math.min(...seen)]);
  }
  Object.assign(ctx, { font: font(11.5, 600), textAlign: "left" });
  halo(ctx, "gradient", LEFT, 12, theme.muted, theme.page);
}

// A level strip between two heights for values, with zero and some room.
function level(top, bottom, values) {
  const low = Math.min(0, ...values), high = Math.max(...values), room = 0.12 * (high - low);
  const Y = (y) => bottom - 6 - (y - low + room) / (high - low + 2 * room) * (bottom - top - 18);
  return { top: top + 6, bottom: bottom - 2, Y, zero: Y(0) };
}

function rule(ctx, from, to, y, color, dash = []) {
  ctx.setLineDash(dash);
  Object.assign(ctx, { strokeStyle: color, lineWidth: 1 });
  ctx.beginPath();
  ctx.moveTo(from, y);
  ctx.lineTo(to, y);
  ctx.stroke();
  ctx.setLineDash([]);
}

function disc(ctx, x, y, theme) {
  ctx.beginPath();
  ctx.arc(x, y, 5, 0, 7);
  Object.assign(ctx, { fillStyle: theme.accent, strokeStyle: theme.page, lineWidth: 2 });
  ctx.fill();
  ctx.stroke();
}
