// Gradients as bars, and below them the steps that a rule makes of them, for two sizes.
import { chevron, font, halo, line, paper } from "./canvas.js";
import { short } from "./shell.js";

const LEFT = 8, RIGHT = 8;

export function drawSteps(canvas, { theme, gradients, plain, sized, t, settings }) {
  const { ctx, w, h } = paper(canvas), many = gradients.length, now = Math.floor(t);
  const X = (k) => LEFT + (k - 0.5) / many * (w - LEFT - RIGHT), wide = (w - LEFT - RIGHT) / many;
  const bars = level(0, h * 0.38, [0, ...gradients]);
  const ways = [plain, sized].map((entries) => entries.map(({ step }) => step / settings.lr));
  const steps = level(h * 0.42, h - 4, [-1, 1, ...ways[0].filter(Number.isFinite)]);

  for (const { zero } of [bars, steps]) rule(ctx, LEFT, w - RIGHT, zero, theme.muted);
  for (const unit of [-1, 1]) rule(ctx, LEFT, w - RIGHT, steps.Y(unit), theme.hair, [4, 4]);
  gradients.forEach((g, k) => {
    ctx.fillStyle = k === now - 1 ? theme.accent : theme.muted;
    ctx.globalAlpha = k < now ? 0.9 : 0.3;
    ctx.fillRect(X(k + 1) - wide * 0.32, Math.min(bars.zero, bars.Y(g)), wide * 0.64, Math.abs(bars.Y(g) - bars.zero));
  });
  ctx.globalAlpha = 1;

  const near = (y) => Math.max(-h, Math.min(2 * h, y)); // a canvas can't draw a million heights away
  const [under, over] = ways.map((way) => way.slice(0, now).map((y, k) => [X(k + 1), near(steps.Y(Number.isFinite(y) ? y : 0))]));
  ctx.save();
  ctx.beginPath();
  ctx.rect(0, steps.top, w, steps.bottom - steps.top);
  ctx.clip();
  line(ctx, under, theme.muted, theme.casing, 7, 0);
  line(ctx, over, theme.accent, theme.casing, 2.4, 0);
  ctx.restore();
  const [x, y] = over[now - 1] ?? [];
  if (now && (y < steps.top || y > steps.bottom)) chevron(ctx, x, y < steps.top ? steps.top + 8 : steps.bottom - 8,
    y < steps.top ? -Math.PI / 2 : Math.PI / 2, theme.accent, theme.casing);
  else if (now) disc(ctx, x, y, theme);

  Object.assign(ctx, { font: font(11.5, 600), textAlign: "left", textBaseline: "alphabetic" });
  halo(ctx, "gradient", LEFT, 12, theme.muted, theme.page);
  halo(ctx, "step / η", LEFT, steps.top + 8, theme.muted, theme.page);
  Object.assign(ctx, { font: font(10.5), textAlign: "right" });
  for (const unit of [-1, 1]) halo(ctx, short(unit), w - RIGHT, steps.Y(unit) - 4, theme.muted, theme.page);
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
