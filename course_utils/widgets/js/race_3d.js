// The race on a relief that turns: by mouse, by finger, by keys, by buttons.
import { chip, clock, knob } from "./controls.js";
import { racing } from "./racing.js";
import { reliefView } from "./relief.js";
import { blowUp, lineOf, longestLine, longestNews, summary, troubles } from "./words.js";
import { h, shell, steady } from "./shell.js";

const MOVES = { // words of a button, its sign, the key that does the same, the change of the view
  "turn left": ["⟲", "ArrowLeft", { yaw: -10 }], "turn right": ["⟳", "ArrowRight", { yaw: 10 }],
  "more from above": ["↑", "ArrowUp", { pitch: 6 }], "more from the side": ["↓", "ArrowDown", { pitch: -6 }],
  closer: ["+", "+", { zoom: 1.15 }], farther: ["−", "-", { zoom: 1 / 1.15 }],
};

function render({ model, el }) {
  const scene = model.get("scene"), track = racing(scene), settings = { ...scene.settings };
  const on = new Set(scene.rules.map(({ name }) => name)), view = { ...scene.view };
  let follow = scene.follow, runs = [], missing = [], trails = true;
  const relief = h("canvas.relief", { role: "img", tabIndex: 0 }), told = steady("p.told", longestNews(scene));
  const kit = shell(el, "race3d", `Race in three dimensions on ${scene.title}`, draw), drawn = reliefView(relief);
  const color = ({ look }) => look[kit.theme().name];
  const time = clock(kit.signal, scene, () => (time.playing ? kit.paint() : kit.redraw()), {
    done: () => track.done(runs),
  });
  const knobs = scene.knobs.map((spec) => knob(spec, (value) => { settings[spec.name] = value; compute(); }));
  const chips = scene.rules.map(({ name, label, look }) => [name, chip(label, look.marker, longestLine(scene), () => {
    if (on.has(name) && follow === name) on.delete(name);
    else { on.add(name); follow = name; }
    compute();
  })]);

  function compute() {
    const found = scene.rules.filter(({ name }) => on.has(name)).map((rule) => {
      if (track.here(rule)) return track.run(rule, settings, scene.home);
      const { trouble, ...run } = scene.stored[rule.name];
      if (trouble) return { rule, trouble };
      return track.judged(rule, { ...run, steps: run.loss.length - 1 }, scene.settings, scene.home);
    });
    runs = found.filter(({ loss }) => loss);
    missing = found.filter(({ trouble }) => trouble);
    kit.redraw();
  }
  function turn({ yaw = 0, pitch = 0, zoom = 1 }) {
    view.yaw += yaw;
    view.pitch = Math.max(12, Math.min(88, view.pitch + pitch));
    view.zoom = Math.max(0.6, Math.min(3, view.zoom * zoom));
    kit.redraw();
  }
  function draw(theme) {
    const { t } = time, surface = track.surface(settings);
    drawn.draw({ theme, scene, surface, runs, follow, t, start: scene.home, view, trails, color });
    for (const [name, { set }] of chips) {
      const rule = scene.rules.find((other) => other.name === name), run = runs.find((other) => other.name === name);
      const text = run ? lineOf(run, t, false, scene.floor) : "hidden";
      set({ text, color: color(rule), on: on.has(name), followed: Boolean(run) && name === follow });
    }
    const words = summary(scene, settings, runs, t, {});
    relief.ariaLabel = `${scene.title} as a relief, seen from ${Math.round(view.pitch)} degrees above. ${words} Arrow keys turn it.`;
    const news = [...troubles(missing), ...runs.filter(({ lost }) => lost <= t).map(blowUp)].join(" ");
    told.tell(news);
    kit.say(time.playing ? "Playing." : `${words} ${news}`);
  }

  const buttons = Object.entries(MOVES).map(([words, [sign, , change]]) => (
    h("button", { type: "button", title: words, "aria-label": words, onclick: () => turn(change) }, sign)));
  const trail = h("button", { type: "button", "aria-pressed": "true", onclick: () => {
    trails = !trails;
    trail.setAttribute("aria-pressed", trails);
    kit.redraw();
  } }, "trails");
  relief.addEventListener("keydown", (event) => {
    if (event.key === " ") time.toggle();
    const move = Object.values(MOVES).find(([, key]) => key === event.key);
    if (move) turn(move[2]);
    if (move || event.key === " ") event.preventDefault();
  });
  const held = new Map(); // fingers on the relief
  relief.addEventListener("pointerdown", (event) => {
    relief.setPointerCapture(event.pointerId);
    held.set(event.pointerId, event);
  });
  relief.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const other = [...held.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    const far = (a, b) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    if (other) turn({ zoom: far(event, other) / Math.max(1, far(before, other)) });
    else turn({ yaw: (event.clientX - before.clientX) * 0.5, pitch: (event.clientY - before.clientY) * 0.3 });
    held.set(event.pointerId, event);
  });
  for (const end of ["pointerup", "pointercancel"]) relief.addEventListener(end, ({ pointerId }) => held.delete(pointerId));
  relief.addEventListener("wheel", (event) => { // a plain wheel scrolls the page
    if (!event.ctrlKey) return;
    event.preventDefault();
    turn({ zoom: Math.exp(-event.deltaY / 400) });
  }, { passive: false });

  kit.root.append(
    time.node, relief,
    h("div.turns", { role: "group", "aria-label": "view" }, ...buttons, trail, h("span.hint", {}, "Drag to turn.")),
    h("div.chips", { role: "group", "aria-label": "rules" }, ...chips.map(([, { node }]) => node)),
    h("div.knobs", {}, ...knobs.map(({ node }) => node)), told.node,
  );
  compute();
  return () => kit.close();
}

export default { render };
