// A race: rules side by side on one surface, to play, to drag and to turn every knob of.
import { chip, choices, clock, knob } from "./controls.js";
import { chartView } from "./chart.js";
import { dragTime, moveStart, pointAtSettings } from "./hands.js";
import { PATIENCE, heatView } from "./heat.js";
import { mapView } from "./map.js";
import { racing } from "./racing.js";
import { blowUp, goalWords, lineOf, longestLine, longestNews, mapWords, summary, troubles } from "./words.js";
import { h, shell, short, steady } from "./shell.js";

function render({ model, el }) {
  const scene = model.get("scene"), track = racing(scene), live = model.save_changes !== null;
  const settings = { ...scene.settings }, on = new Set(scene.rules.map(({ name }) => name));
  let start = [...scene.home], from = start, follow = scene.follow, runs = [], missing = [], ghost = null, pointed = null;
  let dragged = false, settling, awaited = null;

  const map = h("canvas.map", { role: "img" }), loss = h("canvas.loss", { role: "img" });
  const handle = h("div.handle", { role: "button", tabindex: 0 });
  const told = steady("p.told", longestNews(scene)), kit = shell(el, "race", `Race on ${scene.title}`, draw);
  const mapped = mapView(map), charted = chartView(loss);
  const color = ({ look }) => look[kit.theme().name];

  // The start turns with the ravine, so that it stays the same place of it.
  const turn = ([x, y], degrees) => {
    const c = Math.cos(degrees * Math.PI / 180), s = Math.sin(degrees * Math.PI / 180);
    return degrees ? [c * x - s * y, s * x + c * y] : [x, y];
  };
  const home = (where = scene.home) => turn(where, (settings.turn ?? 0) - (scene.settings.turn ?? 0));
  const time = clock(kit.signal, scene, () => (time.playing ? kit.paint() : kit.redraw()), {
    restart: () => { start = from = home(); compute(); },
    done: () => track.done(runs),
  });
  const knobs = scene.knobs.map((spec) => [spec.name, knob(spec, (value) => {
    if (spec.name === "turn") start = from = turn(start, value - settings.turn);
    settings[spec.name] = value;
    presets.set(null);
    clearTimeout(settling);
    dragged = spec.name === "condition" || spec.name === "turn"; // the ground is drawn coarsely meanwhile
    compute();
  }, () => { settling = setTimeout(() => { dragged = false; kit.redraw(); }, 150); })]);
  const chips = scene.rules.map(({ name, label, look }) => [name, chip(label, look.marker, longestLine(scene), () => {
    if (on.has(name) && follow === name) on.delete(name);
    else { on.add(name); follow = name; }
    compute();
  })]);
  const presets = choices("Settings to see", scene.presets, (name) => {
    const { settings: given, start: where, follow: who } = scene.presets.find((preset) => preset.name === name);
    Object.assign(settings, scene.settings, given);
    start = from = home(where ?? scene.home);
    if (who) { on.add(who); follow = who; }
    for (const [key, { set }] of knobs) set(settings[key]);
    presets.set(name);
    compute();
    time.seek(0);
    time.start();
  });

  // Own rules, and all rules on an own surface, run in the kernel, one question at a time.
  const asked = () => ({ settings, start }), key = () => JSON.stringify(asked()), first = key();
  function fromKernel(rule) {
    const answers = model.get("answers"), fits = (answers.key || first) === key();
    const { trouble, ...run } = answers.runs[rule.name] ?? {};
    if (trouble) return { rule, trouble };
    if (live && !fits && awaited === null) {
      awaited = key();
      model.set("asked", { key: awaited, ...asked() });
      model.save_changes();
    }
    if (!run.loss || (!fits && !live)) return { rule, absent: true };
    return { ...track.judged(rule, { ...run, steps: run.loss.length - 1 }, settings, start), stale: !fits };
  }
  function answered() {
    awaited = null;
    compute();
  }

  function compute() {
    const all = scene.rules.filter(({ name }) => on.has(name));
    const found = all.map((rule) => (track.here(rule) ? track.run(rule, settings, start) : fromKernel(rule)));
    runs = found.filter(({ loss }) => loss);
    missing = found.filter(({ loss }) => !loss);
    kit.redraw();
  }

  const mapRule = () => {
    const { names: [, second], hyper } = scene.map;
    const fit = (rule) => on.has(rule.name) && track.here(rule) && (!hyper || rule.takes.includes(second));
    return scene.rules.filter(fit).sort((a, b) => (b.name === follow) - (a.name === follow))[0];
  };

  function draw(theme) {
    const surface = track.surface(settings), { t } = time, { minima } = scene;
    const hold = scene.twin ? [from, ...minima] : []; // in sight wherever a knob puts them
    const view = { theme, scene, surface, minima, runs, ghost, follow, t, start, color, dragged, hold };
    const out = mapped.draw(view);
    const curves = ghost ? [ghost] : runs;
    charted.draw({
      theme, curves, follow, t, steps: scene.steps, floor: scene.floor, first: surface.f(...start),
      decades: scene.decades, color, whole: Boolean(ghost),
    });
    for (const [name, { set }] of chips) {
      const rule = scene.rules.find((other) => other.name === name), run = runs.find((other) => other.name === name);
      const without = missing.some((other) => other.rule === rule) ? "can't race" : "hidden";
      const text = run ? lineOf(run, t, out[name], scene.floor) : without;
      set({ text, color: color(rule), on: on.has(name), followed: Boolean(run) && name === follow });
    }
    const { begin } = mapped.spot();
    handle.style.translate = `${begin[0]}px ${begin[1]}px`;
    handle.setAttribute("aria-label", `start, at ${start.map(short).join(", ")}. Arrow keys move it, Space plays`);
    const words = summary(scene, settings, runs, t, out);
    map.setAttribute("aria-label", `${scene.title} from above. ${words}`);
    loss.setAttribute("aria-label", `Loss over steps. ${words}`);
    const blown = runs.filter(({ lost }) => lost <= t).map(blowUp);
    const news = [goalWords(scene, track, runs, settings, start, t), ...troubles(missing), ...blown].join(" ").trim();
    told.tell(news);
    kit.say(time.playing ? "Playing." : `${words} ${news}`);
    drawMapOfSettings(theme);
  }

  // Every setting at once.
  const heat = h("canvas.heat", { role: "button", tabindex: 0 });
  const legend = h("canvas.legend", { "aria-hidden": "true" });
  const heatWords = h("p"), all = h("details.all", { open: scene.map?.open ?? false });
  let heated = null;
  function drawMapOfSettings(theme) {
    if (!heated || !all.open) return;
    const rule = mapRule();
    heat.hidden = legend.hidden = !rule;
    if (!rule) { heatWords.textContent = "Turn on a rule that has this knob to see its map."; return; }
    const others = Object.entries(settings).filter(([name]) => !scene.map.names.includes(name));
    const { finished, best, kinds } = heated.draw({
      theme, key: JSON.stringify([rule.name, start, others]), current: settings, pointed,
      look: rule.look, color: color(rule),
    });
    if (!finished) kit.redraw();
    const shown = { ...settings, ...pointed }, steps = track.count(rule, shown, start, PATIENCE);
    heatWords.textContent = mapWords(scene, rule, shown, steps, finished && best, kinds, PATIENCE);
    heat.setAttribute("aria-label", `${heatWords.textContent} Arrow keys move, Enter takes the setting and plays.`);
  }

  function move(where) {
    start = where;
    presets.set(null);
    compute();
  }
  function point(where) {
    const rule = where && mapRule();
    pointed = where;
    ghost = rule ? track.run(rule, { ...settings, ...where }, start) : null;
    kit.redraw();
  }
  function take(where) {
    Object.assign(settings, where);
    for (const [name, { set }] of knobs) set(settings[name]);
    presets.set(null);
    pointed = ghost = null;
    compute();
    time.seek(0);
    time.start();
  }
  moveStart({ map, handle, spot: mapped.spot, place: () => start, move, time });
  dragTime({ loss, stepAt: charted.stepAt, time, steps: scene.steps });

  const legends = h("div.chips", { role: "group", "aria-label": "rules" }, ...chips.map(([, { node }]) => node));
  const side = h("div.side", {}, loss, legends);
  const stage = h("div.stage", {}, map, handle), hint = h("p.hint", {}, "Drag the ring to start elsewhere.");
  kit.root.append(
    time.node, // first in the order of Tab: it is what to do first
    h("div.top", {}, presets.node, hint), h("div.grid", {}, stage, side),
    h("div.knobs", {}, ...knobs.map(([, { node }]) => node)), told.node,
  );
  if (scene.map) {
    const specs = scene.map.names.map((name) => scene.knobs.find((spec) => spec.name === name));
    heated = heatView(heat, legend, specs, (cell) => track.count(mapRule(), { ...settings, ...cell }, start, PATIENCE));
    all.append(h("summary", {}, "Every setting at once"), h("div.two", {}, heat, h("div", {}, legend, heatWords)));
    pointAtSettings({ heat, settingsAt: heated.settingsAt, step: heated.step, current: () => settings, point, take });
    all.addEventListener("toggle", () => kit.redraw());
    kit.root.append(all);
  }
  model.on("change:answers", answered);
  compute();
  return () => { model.off("change:answers", answered); kit.close(); };
}

export default { render };
