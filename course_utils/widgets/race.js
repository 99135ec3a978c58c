// A race: contour lines with one path for each rule, and beside it the loss of each over the steps.
// The rules run in Python, which sends every path for every learning rate. Here they are drawn.

const NONE = -32768, TOP = 32767;
const WIDE = 460, HIGH = 340, PAD = { left: 48, right: 12, top: 26, bottom: 38 };
const THEMES = {
  light: { page: "#ffffff", ink: "#1a1a1a", line: "#8c8c8c" },
  dark: { page: "#1b1b1b", ink: "#f0f0f0", line: "#808080" },
};
function make(tag, props = {}, ...children) {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children);
  return node;
}

function ticks([low, high]) {
  const rough = (high - low) / 5, power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((m) => m * power >= rough);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, k) => (first + k) * step);
}

// Clear a canvas, draw axes on it and clip to them; returns its context, and x and y to pixels.
function axes(canvas, theme, xs, ys, [xName, yName], yText = (y) => y) {
  const dense = window.devicePixelRatio || 1, ctx = canvas.getContext("2d");
  canvas.width = WIDE * dense;
  canvas.height = HIGH * dense;
  ctx.scale(dense, dense);
  const X = (x) => PAD.left + (x - xs[0]) / (xs[1] - xs[0]) * (WIDE - PAD.left - PAD.right);
  const Y = (y) => HIGH - PAD.bottom - (y - ys[0]) / (ys[1] - ys[0]) * (HIGH - PAD.top - PAD.bottom);
  ctx.fillStyle = theme.page;
  ctx.fillRect(0, 0, WIDE, HIGH);
  Object.assign(ctx, { fillStyle: theme.ink, strokeStyle: theme.line, font: "12px system-ui, sans-serif" });
  ctx.textAlign = "center";
  for (const x of ticks(xs)) ctx.fillText(+x.toFixed(6), X(x), HIGH - PAD.bottom + 16);
  ctx.fillText(xName, (PAD.left + WIDE) / 2, HIGH - 5);
  ctx.textAlign = "right";
  for (const y of ticks(ys)) ctx.fillText(yText(+y.toFixed(6)), PAD.left - 5, Y(y) + 4);
  ctx.fillText(yName, PAD.left - 5, 14);
  ctx.beginPath();
  ctx.rect(PAD.left, PAD.top, WIDE - PAD.left - PAD.right, HIGH - PAD.top - PAD.bottom);
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

function render({ model, el }) {
  const live = model.save_changes !== null;
  let scene, heat, paths, names, timer, frame = 0, i = model.get("scene").first;
  let t = model.get("scene").steps;
  const hidden = new Set(), calm = matchMedia("(prefers-reduced-motion: reduce)");

  const map = make("canvas", { role: "img" }), chart = make("canvas", { role: "img" });
  const rate = make("input", { type: "range", min: 0 }), rateText = make("output");
  const step = make("input", { type: "range", min: 0 }), stepText = make("output");
  const play = make("button", { type: "button" }, "Play");
  const once = make("button", { type: "button" }, "One step");
  const reset = make("button", { type: "button" }, "Reset");
  const place = [0, 1].map((k) => make("input", { type: "number", step: 0.1, disabled: !live, ariaLabel: `start, w${k}` }));
  const slope = make("input", { type: "range", min: 0, max: 80, disabled: !live }), slopeText = make("output");
  const boxes = make("div", { className: "row" }), rows = make("tbody"), goal = make("p"), trouble = make("p");
  const said = make("p", { className: "unseen", role: "status" });
  const root = make("div", { className: "ravine-race" },
    make("div", { className: "row" }, map, chart),
    make("div", { className: "row" },
      make("label", {}, "learning rate η", rate, rateText), make("label", {}, "step", step, stepText), play, once, reset),
    make("div", { className: "row" }, boxes, make("span", {}, live ? "start (or drag it)" : "start (moves with a running kernel)"), ...place,
      ...(model.get("condition") == null ? [] : [make("label", {}, "condition number κ", slope, slopeText)])),
    make("table", {}, make("thead", {}, make("tr", {}, ...["rule", "position", "loss", "reversals", "to the minimum", ""].map(
      (text) => make(text ? "th" : "td", { scope: "col" }, text)))), rows),
    goal, trouble, said);
  el.append(root);

  const dark = () => document.body.dataset.jpThemeLight === "false";
  const theme = () => THEMES[dark() ? "dark" : "light"];
  const color = (name) => scene.looks[name][dark() ? "dark" : "color"];
  const at = (r, k) => {
    const n = 4 * ((r * scene.lrs.length + i) * (scene.steps + 1) + k), [bx, by] = scene.box;
    if (paths[n] === NONE) return null;
    const along = (code, [low, high]) => low + (code / TOP + 1) / 2 * (high - low);
    return { x: along(paths[n], bx), y: along(paths[n + 1], by), log: paths[n + 2] / 1000,
             turns: paths[n + 3], far: Math.abs(paths[n]) === TOP || Math.abs(paths[n + 1]) === TOP };
  };
  const way = (r, pixels) => Array.from({ length: t + 1 }, (_, k) => at(r, k)).filter(Boolean).map(pixels);
  const inside = (p) => scene.window.every(([low, high], k) => low <= [p.x, p.y][k] && [p.x, p.y][k] <= high);
  const toMinimum = (p) => Math.min(...scene.minima.map(([x, y]) => Math.hypot(p.x - x, p.y - y)));
  const short = (number) => Math.abs(number) < 0.001 || number >= 1e4 ? number.toExponential(1) : String(+number.toPrecision(3));

  function facts(name, r) {
    const p = at(r, t), steps = [...Array(t + 1).keys()];
    if (!p) return { state: `diverged at step ${steps.find((k) => !at(r, k))}` };
    const left = steps.find((k) => !at(r, k) || !inside(at(r, k)));
    return {
      place: p.far ? "far outside" : `(${p.x.toFixed(2)}, ${p.y.toFixed(2)})`,
      loss: short(10 ** p.log), turns: p.turns,
      distance: p.far || !scene.minima.length ? "" : toMinimum(p).toFixed(2),
      state: left === undefined ? "" : inside(p) ? `left the window at step ${left}, came back` : `left the window at step ${left}`,
    };
  }

  let X, Y;
  function draw() {
    const racers = names.map((name, r) => [name, r]).filter(([name]) => !hidden.has(name));
    const plane = axes(map, theme(), ...scene.window, ["w₀", "w₁"]), { ctx } = plane;
    ({ X, Y } = plane);
    ctx.lineWidth = 0.7;
    for (const line of scene.contours) {
      ctx.beginPath();
      for (let k = 0; k < line.length; k += 2) ctx.lineTo(X(line[k]), Y(line[k + 1]));
      ctx.stroke();
    }
    for (const [x, y] of scene.minima) mark(ctx, X(x), Y(y), [5, 0.4, 0], 9);
    for (const [name, r] of racers) stroke(ctx, way(r, (p) => [X(p.x), Y(p.y)]), scene.looks[name], color(name));
    Object.assign(ctx, { strokeStyle: theme().ink, lineWidth: 2 });
    ctx.beginPath();
    ctx.arc(X(model.get("start")[0]), Y(model.get("start")[1]), 8, 0, 7);
    ctx.stroke();

    const side = axes(chart, theme(), [0, scene.steps], heat.logs, ["step", "loss"], (y) => `1e${y}`);
    for (const [name, r] of racers) stroke(side.ctx, way(r, (p, k) => [side.X(k), side.Y(p.log)]), scene.looks[name], color(name));

    [rate.value, step.value] = [i, t];
    rateText.value = short(scene.lrs[i]);
    stepText.value = `${t} of ${scene.steps}`;
    const told = racers.map(([name, r]) => [name, facts(name, r)]);
    rows.replaceChildren(...told.map(([name, f]) => make("tr", {}, make("th", { scope: "row" }, name),
      ...["place", "loss", "turns", "distance", "state"].map((key) => make("td", {}, f[key] ?? "")))));
    tellGoal();
    clearTimeout(timer);
    if (!frame) timer = setTimeout(() => { said.textContent = summary(told); }, 300);
  }

  function summary(told) {
    const line = ([name, f]) => `${name} ${[f.place && `is at ${f.place} with loss ${f.loss}`, f.state].filter(Boolean).join(", ")}.`;
    const text = `η ${rateText.value}, step ${t}: ${told.map(line).join(" ")}`;
    map.ariaLabel = `${scene.title} from above. ${text}`;
    chart.ariaLabel = `Loss over steps. ${text}`;
    return text;
  }

  function tellGoal() {
    const { rule, within } = scene.goal ?? {}, steps = heat.arrived[rule] ?? [];
    if (!steps.length) return goal.replaceChildren();
    const there = steps.filter((n) => n >= 0), met = steps[i] >= 0 && steps[i] === Math.min(...there);
    goal.textContent = `Goal: find the η with which ${rule} is soonest within ${within} of the minimum, and stays. `
      + (steps[i] < 0 ? "With this η it isn't." : `With this η it takes ${steps[i]} steps.`)
      + (met ? " Goal met: no other η of this slider is faster." : "");
    goal.style.fontWeight = met ? "bold" : "normal";
  }

  function load() {
    [scene, heat] = [model.get("scene"), model.get("heat")];
    const view = model.get("paths");
    paths = new Int16Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
    names = heat.names;
    [rate.max, step.max] = [scene.lrs.length - 1, scene.steps];
    place.forEach((input, k) => { if (document.activeElement !== input) input.value = +model.get("start")[k].toFixed(3); });
    slope.value = 20 * Math.log10(model.get("condition") ?? 1);
    slopeText.value = short(model.get("condition") ?? 1);
    trouble.textContent = heat.sentences.join(" ");
    boxes.replaceChildren(...names.map((name) => {
      const swatch = make("canvas", { width: 36, height: 14, style: "width: 36px; height: 14px", ariaHidden: "true" });
      stroke(swatch.getContext("2d"), [[0, 7], [27, 7]], scene.looks[name], color(name));
      const box = make("input", { type: "checkbox", checked: !hidden.has(name) });
      box.addEventListener("change", () => { hidden[box.checked ? "delete" : "add"](name); draw(); });
      return make("label", {}, box, swatch, name);
    }));
    root.style.cssText = `background: ${theme().page}; color: ${theme().ink}`;
    draw();
  }

  function pause() {
    cancelAnimationFrame(frame);
    frame = 0;
    play.textContent = "Play";
  }
  function advance() {
    if (t >= scene.steps || calm.matches) { t = scene.steps; pause(); } else { t += 1; frame = requestAnimationFrame(advance); }
    draw();
  }
  const choose = (change) => () => { pause(); change(); draw(); };
  function move(start) {
    if (!live || !start.every(Number.isFinite)) return;
    model.set("start", start);
    model.save_changes();
    draw();
  }

  rate.addEventListener("input", () => { i = +rate.value; draw(); });
  step.addEventListener("input", choose(() => { t = +step.value; }));
  once.addEventListener("click", choose(() => { t = t < scene.steps ? t + 1 : 0; }));
  play.addEventListener("click", () => {
    if (frame) return choose(() => {})();
    if (t >= scene.steps) t = 0;
    play.textContent = "Pause";
    frame = requestAnimationFrame(advance);
  });
  reset.addEventListener("click", choose(() => { i = scene.first; t = scene.steps; hidden.clear(); move(scene.home); load(); }));
  place.forEach((input) => input.addEventListener("change", () => move(place.map((one) => one.valueAsNumber))));
  slope.addEventListener("input", () => { model.set("condition", 10 ** (slope.value / 20)); model.save_changes(); });

  const pixel = (event) => {
    const edge = map.getBoundingClientRect();
    return [(event.clientX - edge.left) * WIDE / edge.width, (event.clientY - edge.top) * HIGH / edge.height];
  };
  const undo = (scale, value) => (value - scale(0)) / (scale(1) - scale(0));
  map.addEventListener("pointerdown", (event) => {
    const [x, y] = pixel(event), [sx, sy] = model.get("start");
    if (live && Math.hypot(x - X(sx), y - Y(sy)) < 20) map.setPointerCapture(event.pointerId);
  });
  map.addEventListener("pointermove", (event) => {
    const [x, y] = pixel(event);
    if (map.hasPointerCapture(event.pointerId)) move([undo(X, x), undo(Y, y)]);
  });
  // JupyterLab would take arrow keys for its own.
  root.addEventListener("keydown", (event) => event.stopPropagation());

  model.on("change:paths", load);
  const themes = new MutationObserver(load);
  themes.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  load();
  return () => { pause(); clearTimeout(timer); themes.disconnect(); model.off?.("change:paths", load); };
}

export default { render };
