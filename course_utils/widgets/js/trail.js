// The path of a rule on a map: bright and beaded where it is, pale where it was.

const RECENT = 14, FADING = 46, OLD = 0.62; // steps, steps, opacity

const opacity = (age) => (age < RECENT ? 1 : Math.max(OLD, 1 - (1 - OLD) * (age - RECENT) / FADING));

// The first steps of a run, in pixels, up to a time that may lie between two steps.
export function trail({ way, steps, lost }, t, { X, Y }) {
  const whole = Math.floor(t), last = Math.min(whole, steps, lost - 1), points = [];
  for (let k = 0; k <= last; k++) points.push([X(way[2 * k]), Y(way[2 * k + 1])]);
  if (t > whole && last === whole && whole < Math.min(steps, lost - 1)) {
    const [x, y] = points.at(-1), share = t - whole;
    points.push([x + (X(way[2 * whole + 2]) - x) * share, y + (Y(way[2 * whole + 3]) - y) * share]);
  }
  return points;
}

// A piece with both ends outside is not drawn: a rule that leaves would cover the map with bars.
function pieces(ctx, points, from, to, { w, h }) {
  const gone = ([x, y]) => x < 0 || x > w || y < 0 || y > h;
  ctx.beginPath();
  for (let k = from; k <= to; k++) {
    const lift = k === from || (gone(points[k - 1]) && gone(points[k]));
    ctx[lift ? "moveTo" : "lineTo"](...points[k]);
  }
  ctx.stroke();
}

export function drawTrail(ctx, points, color, casing, place) {
  const end = points.length - 1;
  if (end < 1) return;
  Object.assign(ctx, { lineCap: "round", lineJoin: "round", lineWidth: 5.4, strokeStyle: casing, globalAlpha: 0.75 });
  pieces(ctx, points, 0, end, place);
  // In chunks of one opacity, with butt caps, or joints would show as dots.
  Object.assign(ctx, { lineCap: "butt", strokeStyle: color, fillStyle: color });
  const level = (k) => Math.round(opacity(end - k) * 12) / 12;
  for (let from = 0, to; from < end; from = to) {
    ctx.globalAlpha = level(from);
    ctx.lineWidth = 1.5 + 0.9 * (ctx.globalAlpha - OLD) / (1 - OLD);
    for (to = from; to < end && level(to) === level(from);) to++;
    pieces(ctx, points, from, to, place);
  }
  Object.assign(ctx, { globalAlpha: 1, lineCap: "round" });
  let bead = points[end];
  for (let k = end - 1; k >= Math.max(0, end - RECENT - 1); k--) {
    if (Math.hypot(points[k][0] - bead[0], points[k][1] - bead[1]) < 6) continue;
    bead = points[k];
    ctx.beginPath();
    ctx.arc(...bead, 2.1, 0, 7);
    ctx.fill();
  }
}
