// A rule from inside: its lines beside their numbers for gradients of two sizes, one step at a time.
import { h, shell, short } from "./shell.js";
import { choices, clock, knob } from "./controls.js";
import { formula, printed } from "./formula.js";
import { drawSteps } from "./inside_draw.js";
import { apart, weightStrip } from "./inside_weight.js";
import { trace } from "./trace.js";

const SLOW = 4, LONGEST = 12; // the steps that take a second each, and the seconds that the others take together
const LOW = -16, HIGH = 13; // powers of ten that the scale shows

// A size on the scale: a dot, hollow below zero, at the left edge for zero.
function dot(kind) {
  const node = h(`i.${kind}`);
  const set = (x) => {
    node.hidden = x === undefined || !Number.isFinite(x);
    const power = Math.max(LOW, Math.min(HIGH, Math.log10(Math.abs(x))));
    node.style.left = `${100 * (power - LOW) / (HIGH - LOW)}%`;
    node.toggleAttribute("data-below", x < 0);
    node.toggleAttribute("data-zero", x === 0);
  };
  return { node, set };
}

// A row: what it says, its number twice, and both on the scale. read(entry) finds the number.
function row(what, read, onScale = true) {
  const plain = h("td"), sized = h("td.sized"), track = h("td.track"), marks = [dot("plain"), dot("sized")];
  if (onScale) track.append(h("div", {}, ...marks.map(({ node }) => node)));
  const node = h("tr", {}, h("th", { scope: "row" }, ...what), plain, sized, track);
  const set = (entries) => entries.forEach((entry, k) => {
    const x = entry && read(entry);
    [plain, sized][k].textContent = x === undefined ? "–" : short(x);
    marks[k].set(x);
  });
  return { node, set };
}

// Slow at first, so that lines can be read.
const pace = (steps, t) => (t < SLOW ? 1 : Math.max(1, (steps - SLOW) / LONGEST));

function render({ model, el }) {
  const scene = model.get("scene"), settings = { ...scene.settings }, series = Object.keys(scene.gradients);
  let which = series[0], plain, sized;
  const ui = shell(el, "inside", `${scene.label} from inside`, draw), { root, signal } = ui;
  const time = clock(signal, { steps: scene.gradients[which].length, rate: 1 }, ui.redraw);
  const picture = h(scene.path ? "canvas.steps.path" : "canvas.steps", { role: "img", tabIndex: 0 });
  const head = h("th.sized", { scope: "col" }, printed("grad"), "");
  const last = scene.lines.length - 1;
  const line = ({ name, formula: tree }, k) => row(
    [printed(name), name in scene.memory || name === "w" ? " ← " : " = ", ...formula(tree)], ({ values }) => values[k], k < last);
  const strip = weightStrip();
  const rows = [
    row(["gradient ", printed("grad")], ({ grad }) => grad),
    ...scene.lines.map((one, k) => (one.moves ? line(one, k) : null)).filter(Boolean),
    row([h("b", {}, "the step"), ", taken from ", printed("w")], ({ step }) => step),
  ];
  rows[rows.length - 1].node.classList.add("ravine-result");
  rows[rows.length - 2].node.lastChild.append(strip.node); // beside the line that gives the new weight
  const scale = h("td.track", {}, h("div", {}, ...[-12, -6, 0, 6, 12].map((e) => {
    const mark = h("small", {}, e ? h("span", {}, "10", h("sup", {}, String(e).replace("-", "−"))) : "1");
    mark.style.left = `${100 * (e - LOW) / (HIGH - LOW)}%`;
    return mark;
  })));
  const table = h("table", {},
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "line"), h("th", { scope: "col" }, "with ", printed("grad")), head,
      h("th", { scope: "col" }, "how large"))),
    h("tbody", {}, ...rows.map(({ node }) => node)),
    h("tfoot", { ariaHidden: "true" }, h("tr", {}, h("td"), h("td"), h("td"), scale)));

  function compute() {
    const gradients = scene.gradients[which];
    plain = trace(scene, { ...settings, size: 1 }, gradients);
    sized = trace(scene, settings, gradients);
    ui.redraw();
  }
  const buttons = choices("gradients", series.map((name) => ({ name })), (name) => {
    which = name;
    buttons.set(name);
    time.set({ steps: scene.gradients[name].length });
    compute();
  });
  buttons.set(which);
  const knobs = scene.knobs.map((spec) => knob(spec, (x) => { settings[spec.name] = x; compute(); }));

  // While it plays, the numbers of a step come line by line.
  function draw(theme) {
    const { t } = time, whole = Math.floor(t), reached = time.playing ? Math.floor((t - whole) * rows.length) : -1;
    if (time.playing) time.set({ rate: pace(scene.gradients[which].length, t) });
    rows.forEach(({ node, set }, k) => {
      const done = k <= reached ? whole : whole - 1;
      set([plain[done], sized[done]]);
      if (k === rows.length - 2) strip.set([plain[done], sized[done]], [scene.start, ...[...plain, ...sized].map(({ after }) => after)]);
      node.toggleAttribute("data-now", k === reached);
    });
    head.lastChild.data = ` × ${short(settings.size)}`;
    drawSteps(picture, { theme, gradients: scene.gradients[which], plain, sized, t, settings, path: scene.path });
    const now = sized[whole - 1], again = plain[whole - 1];
    const text = now ? `Step ${whole}: gradient ${short(again.grad)} takes ${short(again.step)} from w; `
      + `gradient ${short(now.grad)} takes ${short(now.step)}. `
      + `w was ${apart(now.before, now.after).join(" and is ")}.` : "No step taken yet.";
    picture.ariaLabel = `Gradients above, steps of ${scene.label} below. ${text}`;
    ui.say(time.playing ? "Playing." : text);
  }
  picture.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (move) time.seek(Math.floor(time.t) + move);
    if (event.key === " ") time.toggle();
    if (move || event.key === " ") event.preventDefault();
  });

  root.append(
    time.node, table, h("div.knobs", {}, ...knobs.map(({ node }) => node)),
    ...(series.length > 1 ? [h("div.row", {}, h("span", {}, "gradients"), buttons.node)] : []), picture,
  );
  compute();
  return () => ui.close();
}

export default { render };
