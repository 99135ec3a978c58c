// Loss over steps on a logarithmic axis, each curve with its name at its end.
import { power, short } from "./shell.js";
import { font, halo, line, mark, paper } from "./canvas.js";
import { spread } from "./labels.js";

const EDGE = { left: 36, right: 78, top: 20, bottom: 24 };

export function chartView(canvas) {
  let box = null;

  // curves: [{ name, label, look, loss, lost }]; first: the loss they all begin with; decades: how many to show.
  function draw({ theme, curves, follow, t, steps, floor, first, decades, color, whole = false }) {
    const { ctx, w, h } = paper(canvas), { left, right, top, bottom } = EDGE;
    const above = (v) => Math.max(v - floor, 1e-300);
    const high = Math.ceil(Math.log10(above(first)) - 0.08), low = high - decades;
    const X = (k) => left + k / steps * (w - left - right);
    const Y = (v) => top + (high + 0.3 - Math.log10(above(v))) / (high + 0.3 - low) * (h - top - bottom);
    box = { left, width: w - left - right };

    Object.assign(ctx, { font: font(10.5), textBaseline: "middle", textAlign: "right", lineWidth: 1 });
    for (let e = low; e <= high; e++) {
      const y = Y(10 ** e + floor);
      Object.assign(ctx, { strokeStyle: theme.hair, fillStyle: theme.muted });
      ctx.beginPath();
      ctx.moveTo(left, y);
      ctx.lineTo(w - right, y);
      ctx.stroke();
      if ((e - high) % 2 === 0 || decades < 6) ctx.fillText(power(e), left - 6, y);
    }
    Object.assign(ctx, { textBaseline: "alphabetic", textAlign: "left", font: font(11.5, 600) });
    ctx.fillText(floor ? "loss above the minimum" : "loss", 2, 11);
    Object.assign(ctx, { textAlign: "center", font: font(10.5) });
    const every = [10, 20, 40, 100, 200, 400, 1000, 2000, 5000, 10000].find((n) => steps / n <= 4) ?? steps;
    for (let k = 0; k <= steps; k += every) ctx.fillText(k, X(k), h - 8);
    ctx.textAlign = "left";
    ctx.fillText("step", X(steps) + 14, h - 8);

    const now = whole ? steps : Math.floor(t), ends = [];
    ctx.save();
    ctx.beginPath();
    ctx.rect(left - 3, top - 6, w - left - right + 9, h - top - bottom + 6);
    ctx.clip();
    if (t > 0 && !whole) {
      Object.assign(ctx, { strokeStyle: theme.muted, globalAlpha: 0.55, lineWidth: 1 });
      ctx.beginPath();
      ctx.moveTo(X(t), top - 6);
      ctx.lineTo(X(t), h - bottom);
      ctx.stroke();
      ctx.globalAlpha = 1;
    }
    const order = [...curves].sort((a, b) => (a.name === follow) - (b.name === follow));
    for (const run of order) {
      const points = [];
      for (let k = 0; k <= Math.min(now, run.steps, run.lost - 1); k++) points.push([X(k), Y(run.loss[k])]);
      line(ctx, points, color(run), theme.casing, 2, 2.6);
      let last = points.length - 1;
      while (last > 0 && points[last][1] < top && points[last - 1][1] < top) last--; // where it left upward
      const [x, y] = points[last] ?? [];
      if (now > 0 && points.length) ends.push({ run, x, y: Math.max(top, Math.min(h - bottom, y)) });
    }
    ctx.restore();
    if (now === 0) {
      ctx.beginPath();
      ctx.arc(X(0), Y(first), 4, 0, 7);
      ctx.fillStyle = theme.ink;
      ctx.fill();
      Object.assign(ctx, { fillStyle: theme.muted, font: font(12), textAlign: "left" });
      ctx.fillText(`all start at ${short(first - floor)}`, X(0) + 10, Y(first) - 6);
    }
    Object.assign(ctx, { font: font(11.5, 650), textBaseline: "middle" });
    spread(ends, 14, top, h - bottom - 6);
    for (const { run, x, y, at } of ends) {
      const wide = ctx.measureText(run.label).width, room = x + 12 + wide < w - 2;
      const left = room ? x + 12 : Math.max(4, x - 12 - wide), level = room || ends.length > 1 ? at : at - 11;
      const end = room ? left - 2 : left + wide + 2; // where the leader meets the name
      if (Math.abs(level - y) > 9 && ends.length > 1) line(ctx, [[x, y], [end, level]], color(run), theme.casing, 1, 1.6);
      ctx.textAlign = "left";
      halo(ctx, run.label, left, level, color(run), theme.casing);
    }
    for (const { run, x, y } of ends) mark(ctx, x, y, run.look.marker, 4.4, color(run), theme.page, 3);
  }

  // The step under a pixel.
  const stepAt = (x, steps) => Math.max(0, Math.min(steps, Math.round((x - box.left) / box.width * steps)));
  return { draw, stepAt };
}
