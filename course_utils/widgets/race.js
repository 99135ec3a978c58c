// A race: contour lines with one path for each rule, and the loss of each over the steps. The rules
// run in Python, which sends every path for every learning rate; here they are drawn with canvas.js.

const NONE = -32768, TOP = 32767; // in packed numbers: not finite, and the edge of the box

const FORM = `
<div class="row"><canvas name="map" role="img"></canvas><canvas name="chart" role="img"></canvas></div>
<div class="row">
  <label>learning rate η <input name="rate" type="range" min="0"> <span name="rateText"></span></label>
  <label>step <input name="step" type="range" min="0"> <span name="stepText"></span></label>
  <button name="play" type="button">Play</button>
  <button name="once" type="button">One step</button>
  <button name="reset" type="button">Reset</button>
</div>
<div class="row">
  <div name="boxes" class="row"></div>
  <span name="hint">start (drag it, or type)</span>
  <input name="x" type="number" step="0.1" aria-label="start, w0">
  <input name="y" type="number" step="0.1" aria-label="start, w1">
  <label name="slopeLabel">condition number κ
    <input name="slope" type="range" min="0" max="80"> <span name="slopeText"></span></label>
</div>
<table>
  <thead><tr><th scope="col">rule</th><th scope="col">position</th><th scope="col">loss</th>
    <th scope="col">reversals</th><th scope="col">to the minimum</th><td></td></tr></thead>
  <tbody name="rows"></tbody>
</table>
<p name="goal"></p><p name="trouble"></p><p name="said" class="unseen" role="status"></p>`;

function make(tag, properties, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function short(number) {
  const odd = Math.abs(number) < 0.001 || number >= 1e4;
  return odd ? number.toExponential(1) : String(+number.toPrecision(3));
}

function render({ model, el }) {
  const live = model.save_changes !== null; // false on a page without a kernel
  const root = make("div", { className: "ravine-race", innerHTML: FORM });
  const named = [...root.querySelectorAll("[name]")].map((node) => [node.getAttribute("name"), node]);
  const ui = Object.fromEntries(named), hidden = new Set();
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let scene = model.get("scene"), i = scene.first, t = scene.steps; // rate i, step t
  let heat, paths, X, Y, frame = 0, timer;
  el.append(root);
  ui.slopeLabel.hidden = model.get("condition") == null;
  for (const name of ["x", "y", "slope"]) ui[name].disabled = !live;
  if (!live) ui.hint.textContent = "start (needs a running kernel)";

  const dark = () => document.body.dataset.jpThemeLight === "false";
  const theme = () => THEMES[dark() ? "dark" : "light"];
  const color = (name) => scene.looks[name][dark() ? "dark" : "color"];
  const inside = (p) => scene.window.every(([low, high], k) => low <= p.at[k] && p.at[k] <= high);

  // Rule r after k steps, or null where it is no longer finite.
  function point(r, k) {
    const n = 4 * ((r * scene.lrs.length + i) * (scene.steps + 1) + k);
    if (paths[n] === NONE) return null;
    const at = scene.box.map(([low, high], axis) => low + (paths[n + axis] / TOP + 1) / 2 * (high - low));
    const far = Math.abs(paths[n]) === TOP || Math.abs(paths[n + 1]) === TOP;
    return { at, far, log: paths[n + 2] / 1000, reversals: paths[n + 3] };
  }

  // What the table says of a rule; its last word is for what went wrong.
  function facts(points) {
    const p = points.at(-1), lost = points.indexOf(null), left = points.findIndex((q) => !q || !inside(q));
    if (!p) return ["", "", "", "", `diverged at step ${lost}`];
    const away = scene.minima.map(([x, y]) => Math.hypot(p.at[0] - x, p.at[1] - y));
    return [
      p.far ? "far outside" : `(${p.at.map((x) => x.toFixed(2)).join(", ")})`,
      short(10 ** p.log + heat.floor),
      p.reversals,
      p.far || !away.length ? "" : Math.min(...away).toFixed(2),
      left < 0 ? "" : `left the window at step ${left}${inside(p) ? ", is back" : ""}`,
    ];
  }

  function draw() {
    const racers = heat.names.map((name, r) => ({ name, look: scene.looks[name], r }))
      .filter(({ name }) => !hidden.has(name));
    for (const racer of racers) {
      racer.points = Array.from({ length: t + 1 }, (_, k) => point(racer.r, k));
      racer.way = racer.points.filter(Boolean);
      racer.facts = facts(racer.points);
    }
    const plane = axes(ui.map, theme(), ...scene.window, ["w₀", "w₁"]), { ctx } = plane;
    ({ X, Y } = plane);
    ctx.lineWidth = 0.7;
    for (const line of scene.contours) {
      ctx.beginPath();
      for (let k = 0; k < line.length; k += 2) ctx.lineTo(X(line[k]), Y(line[k + 1]));
      ctx.stroke();
    }
    for (const [x, y] of scene.minima) mark(ctx, X(x), Y(y), [5, 0.4, 0], 9);
    for (const { name, look, way } of racers) {
      stroke(ctx, way.map(({ at: [x, y] }) => [X(x), Y(y)]), look, color(name));
    }
    const [x, y] = model.get("start");
    Object.assign(ctx, { strokeStyle: theme().ink, lineWidth: 2 });
    ctx.beginPath();
    ctx.arc(X(x), Y(y), 8, 0, 7);
    ctx.stroke();

    const height = heat.floor ? "loss + " + short(-heat.floor) : "loss";
    const side = axes(ui.chart, theme(), [0, scene.steps], heat.logs, ["step", height], (k) => `1e${k}`);
    for (const { name, look, way } of racers) {
      stroke(side.ctx, way.map((p, k) => [side.X(k), side.Y(p.log)]), look, color(name));
    }
    tell(racers);
  }

  function tell(racers) {
    [ui.rate.value, ui.step.value] = [i, t];
    ui.rateText.textContent = short(scene.lrs[i]);
    ui.stepText.textContent = `${t} of ${scene.steps}`;
    ui.rows.replaceChildren(...racers.map(({ name, facts }) => make("tr", {},
      make("th", { scope: "row" }, name), ...facts.map((fact) => make("td", {}, fact)))));
    const words = racers.map(({ name, facts: [place, loss, , , trouble] }) =>
      [place ? `${name} is at ${place} with loss ${loss}` : name, trouble].filter(Boolean).join(", "));
    const text = `η ${ui.rateText.textContent}, step ${t}: ${words.join(". ")}.`;
    ui.map.ariaLabel = `${scene.title} from above. ${text}`;
    ui.chart.ariaLabel = `Loss over steps. ${text}`;
    clearTimeout(timer); // a screen reader hears it when things have come to rest
    if (!frame) timer = setTimeout(() => { ui.said.textContent = text; }, 300);
    tellGoal();
  }

  function tellGoal() {
    const { rule, within } = scene.goal ?? {}, steps = heat.arrived[rule] ?? [];
    ui.goal.hidden = !steps.length;
    const there = steps.filter((n) => n >= 0), met = there.length && steps[i] === Math.min(...there);
    ui.goal.textContent = `Goal: find the η with which ${rule} is soonest within ${within} of the minimum, `
      + `and stays. ${steps[i] < 0 ? "With this η it isn't." : `With this η it takes ${steps[i]} steps.`}`
      + (met ? " Goal met: no other η of this slider is faster." : "");
    ui.goal.style.fontWeight = met ? "bold" : "normal";
  }

  function checkBox(name) {
    const swatch = make("canvas", { width: 36, height: 14, ariaHidden: "true", className: "swatch" });
    stroke(swatch.getContext("2d"), [[0, 7], [27, 7]], scene.looks[name], color(name));
    const box = make("input", { type: "checkbox", checked: !hidden.has(name) });
    box.addEventListener("change", () => { hidden[box.checked ? "delete" : "add"](name); draw(); });
    return make("label", {}, box, swatch, name);
  }

  function load() {
    [scene, heat] = [model.get("scene"), model.get("heat")];
    const { buffer, byteOffset, byteLength } = model.get("paths");
    paths = new Int16Array(buffer.slice(byteOffset, byteOffset + byteLength));
    [ui.rate.max, ui.step.max] = [scene.lrs.length - 1, scene.steps];
    for (const [k, box] of [ui.x, ui.y].entries()) {
      if (document.activeElement !== box) box.value = +model.get("start")[k].toFixed(3);
    }
    ui.slope.value = 20 * Math.log10(model.get("condition") ?? 1);
    ui.slopeText.textContent = short(model.get("condition") ?? 1);
    ui.trouble.textContent = heat.sentences.join(" ");
    ui.boxes.replaceChildren(...heat.names.map(checkBox));
    root.style.cssText = `background: ${theme().page}; color: ${theme().ink}`;
    draw();
  }

  function send(name, value) {
    model.set(name, value);
    model.save_changes?.();
  }
  function pause() {
    cancelAnimationFrame(frame);
    frame = 0;
    ui.play.textContent = "Play";
  }
  function advance() {
    t = calm.matches ? scene.steps : t + 1;
    if (t < scene.steps) frame = requestAnimationFrame(advance);
    else pause();
    draw();
  }
  function play() {
    if (t >= scene.steps) t = 0;
    ui.play.textContent = "Pause";
    frame = requestAnimationFrame(advance);
  }
  function reset() {
    [i, t] = [scene.first, scene.steps];
    hidden.clear();
    if (live) send("start", scene.home);
    load();
  }
  function place(start) {
    if (live && start.every(Number.isFinite)) send("start", start);
    draw();
  }

  const on = (name, event, action) => ui[name].addEventListener(event, action);
  on("rate", "input", () => { i = +ui.rate.value; draw(); });
  on("step", "input", () => { pause(); t = +ui.step.value; draw(); });
  on("once", "click", () => { pause(); t = t < scene.steps ? t + 1 : 0; draw(); });
  on("play", "click", () => { if (frame) { pause(); draw(); } else play(); });
  on("reset", "click", () => { pause(); reset(); });
  on("slope", "input", () => send("condition", 10 ** (ui.slope.value / 20)));
  for (const name of ["x", "y"]) on(name, "change", () => place([ui.x.valueAsNumber, ui.y.valueAsNumber]));

  const pixel = ({ clientX, clientY }) => {
    const { left, top } = ui.map.getBoundingClientRect();
    return [clientX - left, clientY - top];
  };
  const undo = (scale, value) => (value - scale(0)) / (scale(1) - scale(0));
  on("map", "pointerdown", (event) => {
    const [x, y] = pixel(event), [startX, startY] = model.get("start");
    const near = Math.hypot(x - X(startX), y - Y(startY)) < 20;
    if (live && near) ui.map.setPointerCapture(event.pointerId);
  });
  on("map", "pointermove", (event) => {
    const [x, y] = pixel(event);
    if (ui.map.hasPointerCapture(event.pointerId)) place([undo(X, x), undo(Y, y)]);
  });
  root.addEventListener("keydown", (event) => event.stopPropagation()); // JupyterLab would act on them

  model.on("change:paths", load);
  const themes = new MutationObserver(load);
  themes.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  const sizes = new ResizeObserver(draw);
  load();
  sizes.observe(ui.map);
  return () => {
    pause();
    clearTimeout(timer);
    themes.disconnect();
    sizes.disconnect();
    model.off?.("change:paths", load);
  };
}

export default { render };
