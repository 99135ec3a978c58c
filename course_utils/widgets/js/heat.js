// Every setting at once: steps to the goal over two knobs, one run a cell, to point at and to click.
import { SCALES, rounded } from "./controls.js";
import { font, mark, paper, ring, ticks } from "./canvas.js";
import { css, ramp } from "./ground.js";
import { h, short } from "./shell.js";

export const PATIENCE = 2000; // steps
const SOON = 20; // steps that have the strongest color
const WIDE = 96, HIGH = 48, BUDGET = 9; // cells, cells, milliseconds a frame
const INSET = { left: 44, right: 10, top: 22, bottom: 34 };
const MARKS = { memory: [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999], log: [1, 3] };

function marks({ scale, low, high }) {
  if (scale === "memory") return MARKS.memory.filter((x) => x >= low && x <= high);
  if (scale !== "log") return ticks(low, high);
  const powers = Array.from({ length: 24 }, (_, k) => 10 ** (k - 12));
  return powers.flatMap((p) => MARKS.log.map((m) => +(m * p).toPrecision(1)))
    .filter((x) => x >= low * 0.999 && x <= high * 1.001);
}

// Words beside a point, on a ground of their own: a halo would not do on every color.
function plate(ctx, text, x, y, before, theme) {
  Object.assign(ctx, { font: font(12, 650), textAlign: "left", fillStyle: theme.page });
  const wide = ctx.measureText(text).width, left = before ? x - 16 - wide : x + 16;
  ctx.beginPath();
  ctx.roundRect(left - 5, y - 10, wide + 10, 20, 5);
  ctx.fill();
  ctx.fillStyle = theme.ink;
  ctx.fillText(text, left, y + 4);
}

// count(settings) gives the steps to the goal, -1 if it is not reached, -2 if the run leaves for good.
export function heatView(canvas, legend, [across, up], count) {
  const scales = [across, up].map(({ scale = "even", low, high }) => SCALES[scale](low, high));
  const cells = new Int16Array(WIDE * HIGH), kept = {}; // kept: colors of each theme
  let key = null, done = 0, best = null, box = null;

  const at = (i, j) => ({
    [across.name]: scales[0].value((i + 0.5) / WIDE), [up.name]: scales[1].value((j + 0.5) / HIGH),
  });

  // Work on for a part of a frame; true when all cells are known.
  function work(now) {
    if (now !== key) [key, done, best] = [now, 0, null];
    const until = performance.now() + BUDGET;
    while (done < cells.length && performance.now() < until) {
      for (const end = done + WIDE; done < end; done++) {
        const settings = at(done % WIDE, Math.floor(done / WIDE)), steps = count(settings);
        cells[done] = steps;
        if (steps >= 0 && (!best || steps < best.steps)) best = { steps, settings };
      }
    }
    return done === cells.length;
  }

  const late = (steps) => Math.log(Math.max(steps, SOON) / SOON) / Math.log(PATIENCE / SOON);
  const shade = (theme, steps) => ramp(theme.heat, late(steps));

  function image(theme) {
    const picture = new ImageData(WIDE, HIGH);
    const colors = (kept[theme.name] ??= Array.from({ length: PATIENCE + 1 }, (_, n) => shade(theme, n).map(Math.round)));
    for (let k = 0; k < done; k++) {
      if (cells[k] < 0) continue; // what is behind it shows
      picture.data.set([...colors[cells[k]], 255], 4 * ((HIGH - 1 - Math.floor(k / WIDE)) * WIDE + k % WIDE));
    }
    const small = h("canvas", { width: WIDE, height: HIGH });
    small.getContext("2d").putImageData(picture, 0, 0);
    return small;
  }

  // The ground of cells that have no number: dots where a run comes too late, a hatch where it blows up.
  function drawUnreached(ctx, theme) {
    const { left, top, W, H } = box, wide = W / WIDE, high = H / HIGH, hatched = new Path2D();
    Object.assign(ctx, { fillStyle: theme.empty, strokeStyle: theme.muted, lineWidth: 1 });
    ctx.fillRect(left, top, W, H);
    ctx.fillStyle = theme.muted;
    for (let y = 4; y < H; y += 8) for (let x = y % 16; x < W; x += 16) ctx.fillRect(left + x, top + y, 1.6, 1.6);
    for (let k = 0; k < cells.length; k++) {
      if (cells[k] === -2 || k >= done) hatched.rect(left + k % WIDE * wide, top + H - (Math.floor(k / WIDE) + 1) * high, wide + 0.5, high + 0.5);
    }
    ctx.save();
    ctx.clip(hatched);
    ctx.fillStyle = theme.page;
    ctx.fillRect(left, top, W, H);
    ctx.beginPath();
    for (let k = -H; k < W; k += 7) {
      ctx.moveTo(left + k, top + H);
      ctx.lineTo(left + k + H, top);
    }
    ctx.stroke();
    ctx.restore();
  }

  function draw({ theme, key: now, current, pointed, look, color }) {
    const finished = work(now), { ctx, w, h: high } = paper(canvas), { left, top } = INSET;
    const W = w - left - INSET.right, H = high - top - INSET.bottom;
    const X = (x) => left + W * scales[0].place(x), Y = (y) => top + H * (1 - scales[1].place(y));
    box = { left, top, W, H };
    ctx.save();
    ctx.beginPath();
    ctx.roundRect(left, top, W, H, 8);
    ctx.clip();
    drawUnreached(ctx, theme);
    ctx.imageSmoothingEnabled = false;
    ctx.drawImage(image(theme), left, top, W, H);
    ctx.restore();
    Object.assign(ctx, { font: font(10.5), fillStyle: theme.muted, textAlign: "center", textBaseline: "alphabetic" });
    for (const x of marks(across)) ctx.fillText(short(x), X(x), high - 18);
    ctx.fillText(`${across.more ?? ""} ${across.label}`.trim(), left + W / 2, high - 3);
    Object.assign(ctx, { textAlign: "right", textBaseline: "middle" });
    for (const y of marks(up)) ctx.fillText(short(y), left - 6, Y(y));
    Object.assign(ctx, { textAlign: "left", textBaseline: "alphabetic", font: font(11.5, 600) });
    ctx.fillText(`${up.more ?? ""} ${up.label}`.trim(), 4, 13);

    const here = ({ [across.name]: x, [up.name]: y }) => [X(x), Y(y)];
    if (finished && best) {
      const [x, y] = here(best.settings), room = x > left + 110;
      ring(ctx, x, y, 6, theme.star, theme.page);
      plate(ctx, `best: ${best.steps} steps`, x, y, room, theme);
    }
    const [x, y] = here(current);
    Object.assign(ctx, { strokeStyle: theme.ink, globalAlpha: 0.35, lineWidth: 1 });
    ctx.beginPath();
    ctx.moveTo(x, top);
    ctx.lineTo(x, top + H);
    ctx.moveTo(left, y);
    ctx.lineTo(left + W, y);
    ctx.stroke();
    ctx.globalAlpha = 1;
    mark(ctx, x, y, look.marker, 6.5, color, theme.page, 4);
    if (pointed) ring(ctx, ...here(pointed), 5, theme.ink, theme.page);
    drawLegend(theme);
    const known = cells.subarray(0, done);
    return { finished, best, kinds: { late: known.includes(-1), lost: known.includes(-2) } };
  }

  function drawLegend(theme) {
    const { ctx, w } = paper(legend);
    for (let x = 0; x < w; x++) {
      ctx.fillStyle = css(ramp(theme.heat, x / w));
      ctx.fillRect(x, 0, 1.5, 10);
    }
    Object.assign(ctx, { font: font(10.5), fillStyle: theme.muted });
    for (const n of [SOON, 100, 200, 500, PATIENCE]) {
      ctx.textAlign = n === SOON ? "left" : n === PATIENCE ? "right" : "center";
      ctx.fillText(n === SOON ? `${SOON} steps` : n, late(n) * w, 24);
    }
  }

  // The settings under a pixel.
  function settingsAt(px, py) {
    const within = (share) => Math.max(0, Math.min(1, share));
    const u = within((px - box.left) / box.W), v = within(1 - (py - box.top) / box.H);
    return { [across.name]: rounded(scales[0].value(u), across), [up.name]: rounded(scales[1].value(v), up) };
  }

  // The settings some cells further.
  function step(from, [right, above], many) {
    const one = (spec, scale, cells, way) => (
      rounded(scale.value(Math.max(0, Math.min(1, scale.place(from[spec.name]) + way * many / cells))), spec));
    return {
      [across.name]: one(across, scales[0], WIDE, right), [up.name]: one(up, scales[1], HIGH, above),
    };
  }

  return { draw, settingsAt, step };
}
