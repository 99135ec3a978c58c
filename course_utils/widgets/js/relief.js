// A surface as a relief that can be turned: a mesh painted from back to front, with paths lying on it.
import { bands, css, ramp } from "./ground.js";
import { spread } from "./labels.js";
import { font, halo, mark, paper, ring, star } from "./canvas.js";

const MESH = 56, TALL = 0.5; // cells along a side; height of the relief, its sides being 2

// Heights in bands of equal ratios, as on a map, from 0 at the floor to 1.
function leveled(height, window, scene) {
  const { low, per, count } = bands(height, window, scene.bands);
  return (x, y) => Math.max(0, Math.min(1, (Math.log10(height(x, y) + 1e-30) - low) * per / count));
}

// Places of the model, x and y from -1 to 1, to pixels and depth.
export function camera({ yaw, pitch, zoom }, w, h) {
  const a = yaw * Math.PI / 180, b = pitch * Math.PI / 180, scale = zoom * Math.min(w / 3, h / 2.25);
  const [ca, sa, cb, sb] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)];
  return (x, y, z) => {
    const u = ca * x - sa * y, v = sa * x + ca * y, up = v * sb + (z - TALL / 2) * cb;
    return [w / 2 + scale * u, h / 2 - scale * up, v * cb - z * sb];
  };
}

export function reliefView(canvas) {
  let kept = { key: null };

  function meshOf(surface, scene) {
    if (kept.key === surface.key) return kept;
    const [[left, right], [bottom, top]] = scene.window, level = leveled(surface.height, scene.window, scene);
    const z = [];
    for (let j = 0; j <= MESH; j++) {
      for (let i = 0; i <= MESH; i++) z.push(level(left + (right - left) * i / MESH, bottom + (top - bottom) * j / MESH));
    }
    kept = { key: surface.key, level, z };
    return kept;
  }

  function draw({ theme, scene, surface, runs, follow, t, start, view, trails, color }) {
    const { ctx, w, h } = paper(canvas), { level, z } = meshOf(surface, scene), to = camera(view, w, h);
    const [[left, right], [bottom, top]] = scene.window;
    const inside = (x, y) => x >= left && x <= right && y >= bottom && y <= top;
    const lift = (x, y) => to(2 * (x - left) / (right - left) - 1, 2 * (y - bottom) / (top - bottom) - 1, TALL * level(x, y));

    const items = [], at = (i, j) => to(2 * i / MESH - 1, 2 * j / MESH - 1, TALL * z[j * (MESH + 1) + i]);
    const corners = Array.from({ length: (MESH + 1) ** 2 }, (_, k) => at(k % (MESH + 1), Math.floor(k / (MESH + 1))));
    for (let j = 0; j < MESH; j++) {
      for (let i = 0; i < MESH; i++) {
        const k = j * (MESH + 1) + i, four = [k, k + 1, k + MESH + 2, k + MESH + 1];
        const across = z[k + 1] - z[k], along = z[k + MESH + 1] - z[k];
        const light = 1 + Math.max(-0.12, Math.min(0.12, (along - across) * 1.6));
        const height = four.reduce((sum, n) => sum + z[n], 0) / 4;
        items.push({ depth: four.reduce((sum, n) => sum + corners[n][2], 0) / 4, four, height, light });
      }
    }
    for (const run of runs) {
      const last = Math.min(Math.floor(t), run.steps, run.lost - 1), first = trails ? 0 : Math.max(0, last - 14);
      let from = null;
      for (let k = first; k <= last; k++) {
        const x = run.way[2 * k], y = run.way[2 * k + 1], here = inside(x, y) ? lift(x, y) : null;
        if (from && here) {
          const depth = Math.min(from[2], here[2]), width = last - k < 14 ? 2.6 : 1.8;
          items.push({ depth: depth - 0.04, from, here, paint: theme.casing, width: width + 2.6 });
          items.push({ depth: depth - 0.12, from, here, paint: color(run), width });
        }
        from = here;
      }
    }
    items.sort((a, b) => b.depth - a.depth);
    const [r, g, b, strong] = theme.line, net = `rgba(${[r, g, b, 1.4 * strong]})`;
    for (const item of items) item.four ? face(ctx, item, corners, theme, net) : piece(ctx, item);

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
    axes(ctx, to, theme);
  }

  function face(ctx, { four, height, light }, corners, theme, net) {
    ctx.beginPath();
    for (const n of four) ctx.lineTo(corners[n][0], corners[n][1]);
    ctx.closePath();
    ctx.fillStyle = css(ramp(theme.ground, height).map((part) => Math.min(255, part * light)));
    ctx.fill();
    for (const paint of [ctx.fillStyle, net]) { // no gaps between faces, then the net
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

  function axes(ctx, to, theme) {
    Object.assign(ctx, { font: font(11), textAlign: "center", textBaseline: "middle" });
    for (const [name, x, y] of [["w₀ →", 0, -1.16], ["w₁ →", -1.16, 0]]) {
      const [px, py] = to(x, y, 0);
      halo(ctx, name, px, py, theme.muted, theme.casing, 3);
    }
  }

  return { draw };
}
