// Drawing on a canvas: axes, lines and marks in the course's styles, on light and dark pages.

const PAD = { left: 48, right: 12, top: 26, bottom: 38 };
const THEMES = {
  light: { page: "#ffffff", ink: "#1a1a1a", line: "#8c8c8c" },
  dark: { page: "#1b1b1b", ink: "#f0f0f0", line: "#808080" },
};
function ticks([low, high]) {
  const rough = (high - low) / 5, power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((m) => m * power >= rough);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, k) => +((first + k) * step).toFixed(6));
}

// Clear a canvas, draw axes on it and clip to them; returns its context, and x and y to pixels.
function axes(canvas, theme, xs, ys, [xName, yName], yText = (y) => y) {
  const dense = window.devicePixelRatio || 1, ctx = canvas.getContext("2d");
  const wide = canvas.clientWidth, high = canvas.clientHeight; // as large as the page lets it be
  [canvas.width, canvas.height] = [wide * dense, high * dense];
  ctx.scale(dense, dense);
  const X = (x) => PAD.left + (x - xs[0]) / (xs[1] - xs[0]) * (wide - PAD.left - PAD.right);
  const Y = (y) => high - PAD.bottom - (y - ys[0]) / (ys[1] - ys[0]) * (high - PAD.top - PAD.bottom);
  ctx.fillStyle = theme.page;
  ctx.fillRect(0, 0, wide, high);
  Object.assign(ctx, { fillStyle: theme.ink, strokeStyle: theme.line, textAlign: "center" });
  ctx.font = "12px system-ui, sans-serif";
  for (const x of ticks(xs)) ctx.fillText(x, X(x), high - PAD.bottom + 16);
  ctx.fillText(xName, (PAD.left + wide) / 2, high - 5);
  ctx.textAlign = "right";
  for (const y of ticks(ys)) ctx.fillText(yText(y), PAD.left - 5, Y(y) + 4);
  ctx.textAlign = "left";
  ctx.fillText(yName, 12, 14);
  ctx.beginPath();
  ctx.rect(PAD.left, PAD.top, wide - PAD.left - PAD.right, high - PAD.top - PAD.bottom);
  ctx.stroke();
  ctx.clip();
  return { ctx, X, Y };
}

function mark(ctx, x, y, [corners, inner, turn], size = 6) {
  ctx.beginPath();
  for (let k = 0; k < 2 * corners; k++) {
    const angle = (k + turn / 2) * Math.PI / corners - Math.PI / 2, r = k % 2 ? inner * size : size;
    ctx.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  ctx.closePath();
  ctx.fill();
}

function stroke(ctx, points, look, color) {
  Object.assign(ctx, { strokeStyle: color, fillStyle: color, lineWidth: 2 });
  ctx.setLineDash(look.dash);
  ctx.beginPath();
  for (const [x, y] of points) ctx.lineTo(x, y);
  ctx.stroke();
  ctx.setLineDash([]);
  if (points.length) mark(ctx, ...points.at(-1), look.marker);
}
