// The playground: a small network learns three data sets under any rule, many seeds at once, in the browser alone.
import { LOOK } from "./look.js";
import { h, shell, short, steady } from "./shell.js";
import { choices, clock, knob } from "./controls.js";
import { learning } from "./learning.js";
import { drawBoundary, drawFan, lately, medianOf } from "./playground_draw.js";

const WINDOW = [[-2.35, 2.35], [-2.35, 2.35]];
const OFF = 10; // a max_norm from here on means: no clipping
const KNOBS = {
  lr: { label: "η", more: "learning rate", low: 0.0001, high: 30, scale: "log" },
  beta: { label: "β", more: "momentum", low: 0, high: 0.999, scale: "memory" },
  batch: { label: "B", more: "batch size", low: 1, high: 200, scale: "log", whole: true },
  hidden: { label: "h", more: "hidden units", low: 1, high: 16, whole: true, notches: 15 },
  units: { label: "units", more: "one input in", low: 1, high: 100, scale: "log", text: (x) => `× ${short(x)}` },
  max_norm: { label: "max_norm", low: 0.01, high: OFF, scale: "log", text: (x) => (x >= OFF ? "off" : short(x)) },
  weight_decay: { label: "λ", more: "weight decay", low: 0.0001, high: 3, scale: "log" },
};
const HYPER = { // what a rule takes of the knobs
  momentum: ({ beta }) => ({ beta }), nesterov: ({ beta }) => ({ beta }), adam: ({ beta }) => ({ beta1: beta }),
  adamw: ({ beta, weight_decay }) => ({ beta1: beta, weight_decay }), rmsprop: () => ({}), adagrad: () => ({}), sgd: () => ({}),
};
const USES = { beta: ["momentum", "nesterov", "adam", "adamw"], weight_decay: ["adamw"] };

// What stands beside the curves. jumps: between what the loss goes to and fro, if it does.
const factsOf = ({ t, epochs, start, own, there, seeds, lost, jumps }) => (
  `Step ${t}, epoch ${epochs.toFixed(epochs < 10 ? 1 : 0)}: start ${start} has accuracy ${own}; `
  + `${there} of ${seeds} starts have 95% or more${lost ? `, ${lost} blew up` : ""}.`
  + (jumps ? ` From step to step its loss jumps between ${short(jumps[0])} and ${short(jumps[1])}.` : ""));

function render({ model, el }) {
  const scene = model.get("scene"), now = { ...scene.settings };
  let follow = 0, run, data;
  const ui = shell(el, "playground", "A network learns", draw), { root, signal } = ui;
  const map = h("canvas.map", { role: "img" });
  const loss = h("canvas.fan", { role: "img" }), accuracy = h("canvas.fan", { role: "img" });
  const facts = steady("p.facts", factsOf({
    t: now.steps, epochs: now.steps, start: scene.normals.length, own: "100.0%", there: scene.normals.length,
    seeds: scene.normals.length, lost: scene.normals.length, jumps: [1.23e-10, 1.23e-10],
  }));
  const time = clock(signal, { steps: now.steps, rate: 60 }, () => (time.playing ? ui.paint() : ui.redraw()));

  // The data in the units that the network is given: one input larger, the other smaller.
  function measured() {
    const { X, y } = scene.data[now.data], stretch = [now.units, 1 / now.units];
    return { X: Float64Array.from(X, (x, k) => x * stretch[k % 2]), y, stretch };
  }
  // While a knob is dragged one seed is enough; the others follow when it is let go.
  function restart(seeds = scene.normals) {
    data = measured();
    const hyper = HYPER[now.rule](now), max_norm = now.max_norm >= OFF ? Infinity : now.max_norm;
    run = learning(data, seeds, { ...now, hyper, max_norm });
    for (const [name, rules] of Object.entries(USES)) if (knobs[name]) knobs[name].node.hidden = !rules.includes(now.rule);
    ui.redraw();
  }
  const alone = () => restart([scene.normals[follow]]);
  const picked = (name, sets) => (value) => {
    now[name] = value;
    sets.set(value);
    restart();
  };
  const row = (name, options) => {
    const sets = choices(name, options.map((option) => ({ name: option })), (value) => picked(name, sets)(value));
    sets.set(now[name]);
    return h("div.row", {}, h("span.of", {}, name), sets.node);
  };
  const rows = { data: Object.keys(scene.data), rule: scene.rules, schedule: scene.schedules };
  const shown = Object.keys(rows).filter((name) => scene.knobs.includes(name));
  const knobs = Object.fromEntries(scene.knobs.filter((name) => name in KNOBS).map((name) => [name, knob(
    { ...KNOBS[name], value: now[name], name },
    (value) => { now[name] = value; alone(); },
    () => restart(),
  )]));
  const another = h("button", { type: "button", onclick: () => { follow = (follow + 1) % scene.normals.length; ui.redraw(); } },
    "another start");

  function draw(theme) {
    const t = Math.floor(time.t), color = LOOK.rules[now.rule][theme.name], seed = run.seeds > 1 ? follow : 0;
    run.advance(t);
    drawBoundary(map, { theme, net: run.net, w: run.point(t, seed), ...data, window: WINDOW, title: `start ${follow + 1}, step ${t}` });
    const shared = { theme, color, seeds: run.seeds, steps: run.steps, now: t };
    const strong = (values) => [
      ...(run.seeds > 1 ? [{ of: medianOf(values, run.seeds), name: "median", color }] : []),
      { of: (at) => values[at * run.seeds + seed], name: `start ${follow + 1}`, color: theme.accent },
    ];
    const high = Math.max(1, ...run.loss.subarray(0, (t + 1) * run.seeds).filter(Number.isFinite));
    const axis = { name: "loss", low: 0.001, high: Math.min(high, 100), log: true };
    drawFan(loss, { ...shared, values: run.loss, strong: strong(run.loss), axis });
    drawFan(accuracy, { ...shared, values: run.accuracy, strong: strong(run.accuracy), axis: { name: "accuracy", low: 0.4, high: 1 } });
    tell(t, seed);
  }
  function tell(t, seed) {
    const row = (values) => [...values.subarray(t * run.seeds, (t + 1) * run.seeds)];
    const shares = row(run.accuracy), there = shares.filter((share) => share >= 0.95).length;
    const lost = row(run.loss).filter((value) => !Number.isFinite(value)).length;
    const own = Number.isFinite(shares[seed]) ? `${(100 * shares[seed]).toFixed(1)}%` : "blown up";
    const [low, high, swings] = lately((k) => run.loss[k * run.seeds + seed], t);
    const text = factsOf({
      t, epochs: t / run.perEpoch, start: follow + 1, own, there, seeds: run.seeds, lost,
      jumps: swings && high > 1.5 * low && [low, high],
    });
    facts.tell(text);
    map.ariaLabel = `The plane of two inputs with the border that the network draws. ${text}`;
    loss.ariaLabel = `Loss of ${run.seeds} starts over steps. ${text}`;
    accuracy.ariaLabel = `Accuracy of ${run.seeds} starts over steps. ${text}`;
    ui.say(time.playing ? "Playing." : text);
  }

  root.append(
    map, h("div.side", {}, loss, accuracy, h("div.row", {}, facts.node, another)), h("div.below", {}, time.node,
      ...shown.map((name) => row(name, rows[name])),
      h("div.knobs", {}, ...Object.values(knobs).map(({ node }) => node))),
  );
  restart();
  return () => ui.close();
}

export default { render };
