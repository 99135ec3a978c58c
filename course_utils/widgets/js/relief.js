// A surface as a block cut out of the ground, that can be turned: a mesh painted from back to front, with paths on it.
import { css, ramp } from "./ground.js";
import { spread } from "./labels.js";
import { font, halo, mark, paper, ring, star } from "./canvas.js";
import { short } from "./shell.js";

const MESH = 56, TALL = 0.7; // cells along a side; height of the block, its sides being 2
const SIDES = [[-1, 0], [1, 0], [0, -1], [0, 1]]; // of the block, by where they look
const MARKS = [0, ...Array.from({ length: 36 }, (_, k) => [1, 2, 5][k % 3] * 10 ** (Math.floor(k / 3) - 6))];

// Heights from 0 to 1: as they are where the ground is low, so that a bowl looks like one; their ratios where it is high.
function scaleOf(heights) {
  const sorted = Float64Array.from(heights).sort(), top = sorted.at(-1) || 1, usual = sorted[sorted.length >> 1] || top;
  return { top, level: (height) => Math.asinh(height / usual) / Math.asinh(top / usual) };
}

// Places of the model, x and y from -1 to 1, to pixels and depth.
export function camera({ yaw, pitch, zoom }, w, h) {
  const a = yaw * Math.PI / 180, b = pitch * Math.PI / 180, scale = zoom * Math.min(w / 3.3, h / 2.7);
  const [ca, sa, cb, sb] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)];
  return (x, y, z) => {
    const u = ca * x - sa * y, v = sa * x + ca * y, up = v * sb + (z - TALL / 2) * cb;
    return [w / 2 + scale * u, h / 2 - scale * up, v * cb - z * sb];
  };
}

export function reliefView(canvas) {
  let kept = { key: null };

  function meshOf({ key, height }, scene, theme) {
    if (kept.key === `${key} ${theme.name}`) return kept;
    const [[left, right], [bottom, top]] = scene.window, heights = [];
    for (let j = 0; j <= MESH; j++) {
      for (let i = 0; i <= MESH; i++) heights.push(height(left + (right - left) * i / MESH, bottom + (top - bottom) * j / MESH));
    }
    const fresh = scaleOf(heights), scale = kept.scale?.top >= fresh.top ? kept.scale : fresh; // a lower ground looks lower
    const z = heights.map(scale.level);
    const faces = [];
    for (let j = 0; j < MESH; j++) {
      for (let i = 0; i < MESH; i++) {
        const k = j * (MESH + 1) + i, four = [k, k + 1, k + MESH + 2, k + MESH + 1];
        const across = z[k + 1] - z[k], along = z[k + MESH + 1] - z[k];
        const light = 1 + Math.max(-0.12, Math.min(0.12, (along - across) * 1.6));
        const height = four.reduce((sum, n) => sum + z[n], 0) / 4;
        faces.push({ four, fill: css(ramp(theme.ground, height).map((part) => Math.min(255, part * light))) });
      }
    }
    kept = { key: `${key} ${theme.name}`, scale, z, faces };
    return kept;
  }

  function draw({ theme, scene, surface, runs, follow, t, start, view, trails, color }) {
    const { ctx, w, h } = paper(canvas), { scale, z, faces } = meshOf(surface, scene, theme), to = camera(view, w, h);
    const [[left, right], [bottom, top]] = scene.window;
    const inside = (x, y) => x >= left && x <= right && y >= bottom && y <= top;
    const lift = (x, y) => to(
      2 * (x - left) / (right - left) - 1, 2 * (y - bottom) / (top - bottom) - 1, TALL * scale.level(surface.height(x, y)));

    const at = (i, j) => to(2 * i / MESH - 1, 2 * j / MESH - 1, TALL * z[j * (MESH + 1) + i]);
    const corners = Array.from({ length: (MESH + 1) ** 2 }, (_, k) => at(k % (MESH + 1), Math.floor(k / (MESH + 1))));
    const items = faces.map(({ four, fill }) => (
      { depth: four.reduce((sum, n) => sum + corners[n][2], 0) / 4, four, fill }));
    for (const run of runs) {
      const last = Math.min(Math.floor(t), run.steps, run.lost - 1), first = trails ? 0 : Math.max(0, last - 14);
      let from = null;
      for (let k = first; k <= last; k++) {
        const x = run.way[2 * k], y = run.way[2 * k + 1], here = inside(x, y) ? [x, y] : null;
        if (from && here) {
          const width = last - k < 14 ? 2.6 : 1.8;
          const points = onGround(from, here, [right - left, top - bottom]).map((point) => lift(...point));
          for (let n = 1; n < points.length; n++) {
            const piece = { from: points[n - 1], here: points[n] }, depth = Math.min(points[n - 1][2], points[n][2]);
            items.push({ ...piece, depth: depth - 0.04, paint: theme.casing, width: width + 2.6 });
            items.push({ ...piece, depth: depth - 0.12, paint: color(run), width });
          }
        }
        from = here;
      }
    }
    items.sort((a, b) => b.depth - a.depth);
    const [r, g, b, strong] = theme.line, net = `rgba(${[r, g, b, 1.4 * strong]})`;
    for (const item of items) item.four ? face(ctx, item, corners, net) : piece(ctx, item);
    const seen = SIDES.filter(([u, v]) => to(u, v, 0)[2] < to(0, 0, 0)[2]);
    for (const side of seen) cut(ctx, side, at, to, theme);

    const [x, y] = lift(...start);
    ring(ctx, x, y, 7, theme.ink, theme.casing);
    const heads = (t > 0 ? runs : []).flatMap((run) => {
      const k = Math.min(Math.floor(t), run.steps, run.lost - 1), place = [run.way[2 * k], run.way[2 * k + 1]];
      if (!inside(...place)) return [];
      const [px, py] = lift(...place);
      return [{ run, x: px, y: py }];
    }).sort((a, b) => (a.run.name === follow) - (b.run.name === follow));
    for (const head of heads) mark(ctx, head.x, head.y, head.run.look.marker, 6, color(head.run), theme.casing);
    spread(heads, 15, 12, h - 12);
    Object.assign(ctx, { font: font(12.5, 650), textAlign: "left", textBaseline: "middle" });
    for (const head of heads) halo(ctx, head.run.label, head.x + 12, head.at, color(head.run), theme.casing);
    for (const [mx, my] of scene.minima) if (inside(mx, my)) star(ctx, ...lift(mx, my).slice(0, 2), theme);
    Object.assign(ctx, { font: font(12, 600), textAlign: "center", textBaseline: "alphabetic" });
    halo(ctx, "start", x, y - 14, theme.ink, theme.casing);
    axes(ctx, seen, to, theme);
    ruler(ctx, to, theme, scale, scene.floor);
  }

  // A side of the block, where the ground is cut.
  function cut(ctx, [u, v], at, to, theme) {
    ctx.beginPath();
    for (let k = 0; k <= MESH; k++) ctx.lineTo(...(u ? at(u < 0 ? 0 : MESH, k) : at(k, v < 0 ? 0 : MESH)).slice(0, 2));
    for (const way of [1, -1]) ctx.lineTo(...to(u || way, v || way, 0).slice(0, 2));
    ctx.closePath();
    Object.assign(ctx, { fillStyle: u ? theme.soft : theme.hair, strokeStyle: theme.muted, lineWidth: 1 });
    ctx.fill();
    ctx.stroke();
  }

  // Points of a step, two to a cell, so that it lies on the ground where a straight line would cut through it.
  function onGround([x, y], [u, v], [wide, high]) {
    const n = Math.max(1, Math.ceil(2 * MESH * Math.max(Math.abs(u - x) / wide, Math.abs(v - y) / high)));
    return Array.from({ length: n + 1 }, (_, k) => [x + (u - x) * k / n, y + (v - y) * k / n]);
  }

  function face(ctx, { four, fill }, corners, net) {
    ctx.beginPath();
    for (const n of four) ctx.lineTo(corners[n][0], corners[n][1]);
    ctx.closePath();
    ctx.fillStyle = fill;
    ctx.fill();
    for (const paint of [fill, net]) { // no gaps between faces, then the net
      Object.assign(ctx, { strokeStyle: paint, lineWidth: 0.7 });
      ctx.stroke();
    }
  }

  function piece(ctx, { from, here, paint, width }) {
    ctx.beginPath();
    ctx.moveTo(from[0], from[1]);
    ctx.lineTo(here[0], here[1]);
    Object.assign(ctx, { strokeStyle: paint, lineWidth: width });
    ctx.stroke();
  }

  // Each axis has its name at the foot of a side that is seen.
  function axes(ctx, seen, to, theme) {
    Object.assign(ctx, { font: font(11.5, 600), textAlign: "center", textBaseline: "middle" });
    for (const [u, v] of seen) {
      const [x, y] = to(1.09 * u, 1.09 * v, 0);
      halo(ctx, u ? "w₁" : "w₀", x, y + 8, theme.muted, theme.casing, 3);
    }
  }

  // The scale of heights, at the corner farthest to the left.
  function ruler(ctx, to, theme, { top, level }, floor) {
    const corners = [[-1, -1], [-1, 1], [1, -1], [1, 1]];
    const [x, y] = corners.sort((a, b) => to(...a, 0)[0] - to(...b, 0)[0])[0], at = (height) => to(x, y, TALL * level(height));
    Object.assign(ctx, { font: font(11), textAlign: "right", textBaseline: "middle", lineWidth: 1.5, strokeStyle: theme.muted });
    ctx.beginPath();
    ctx.moveTo(...at(0).slice(0, 2));
    ctx.lineTo(...at(top).slice(0, 2));
    ctx.stroke();
    let above = -Infinity;
    for (const height of MARKS.filter((mark) => mark <= top).reverse()) {
      const [px, py] = at(height);
      if (py - above < 15 || (height && at(0)[1] - py < 15)) continue;
      above = py;
      Object.assign(ctx, { strokeStyle: theme.muted, lineWidth: 1.5 });
      ctx.beginPath();
      ctx.moveTo(px - 5, py);
      ctx.lineTo(px, py);
      ctx.stroke();
      halo(ctx, short(height), px - 9, py, theme.muted, theme.casing, 3);
    }
    const [px, py] = at(top);
    halo(ctx, floor ? "loss above the minimum" : "loss", px + 14, py - 14, theme.ink, theme.casing, 3);
  }

  return { draw };
}
