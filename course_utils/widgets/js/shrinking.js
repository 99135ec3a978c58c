// Two lots of weights under the same noise: one is shrunk through its gradients, the other directly.
import { font, halo, paper } from "./canvas.js";
import { choices, clock, knob } from "./controls.js";
import { drawn, normals } from "./random.js";
import { RULES } from "./rules.js";
import { h, shell } from "./shell.js";

const EVERY = 10; // steps between two pictures that are kept
export const LOTS = ["λw joins the gradient", "w shrinks directly"];

// Frames of both lots: for each, a row of n weights every EVERY steps.
export function shrink(starts, { rule, lr, weight_decay, noise, steps }) {
  const n = starts.length, normal = normals(drawn(1)), g = new Float64Array(n), joined = new Float64Array(n);
  const lots = LOTS.map(() => ({ w: Float64Array.from(starts), step: RULES[rule]()(n), frames: [Float64Array.from(starts)] }));
  for (let t = 1; t <= steps; t++) {
    for (let i = 0; i < n; i++) g[i] = noise * normal();
    const [l2, decay] = lots;
    for (let i = 0; i < n; i++) joined[i] = g[i] + weight_decay * l2.w[i];
    l2.step(l2.w, joined, lr);
    for (let i = 0; i < n; i++) decay.w[i] *= 1 - lr * weight_decay;
    decay.step(decay.w, g, lr);
    if (t % EVERY === 0) for (const { w, frames } of lots) frames.push(Float64Array.from(w));
  }
  return lots.map(({ frames }) => frames);
}

// How much of the starts is left: the slope of weights over starts, in which noise averages out.
export function left(starts, w) {
  let product = 0, square = 0;
  starts.forEach((start, i) => { product += start * w[i]; square += start * start; });
  return product / square;
}

function render({ model, el }) {
  const scene = model.get("scene"), { starts, rules, goal } = scene, settings = { ...scene.settings };
  const canvas = h("canvas.lots", { role: "img", tabIndex: 0 }), facts = h("p.facts");
  const ui = shell(el, "shrinking", "Two lots of weights shrink", draw);
  let lots;
  const time = clock(ui.signal, { steps: settings.steps, rate: settings.steps / 5 }, ui.redraw);

  function compute() {
    const chosen = rules.find(({ name }) => name === settings.rule);
    lots = shrink(starts, { ...settings, lr: chosen.lr });
    ui.redraw();
  }
  function goalWords([l2, decay]) {
    if (!goal) return "";
    const { label } = rules.find(({ name }) => name === goal);
    const task = `Goal: with ${label}, find a noise that shrinks both lots alike.`;
    const asked = settings.rule === goal && time.t >= settings.steps;
    if (!asked) return task;
    return Math.abs(l2 - decay) < 0.02 ? `Goal met: at noise ${settings.noise} they do.` : `${task} Not yet.`;
  }

  function draw(theme) {
    const { ctx, w, h: high } = paper(canvas), frame = Math.floor(time.t / EVERY);
    const wide = (w - 16) / 2, Y = (y) => high / 2 + 6 - y * (high - 66) / 2.1;
    const colors = scene.looks.map((look) => look[theme.name]);
    const shares = lots.map((frames) => left(starts, frames[frame]));
    LOTS.forEach((label, k) => {
      const from = k * (wide + 16), X = (i) => from + 12 + (i + 0.5) / starts.length * (wide - 24);
      ctx.save();
      ctx.beginPath();
      ctx.rect(from, 0, wide, high);
      ctx.clip();
      ctx.fillStyle = theme.soft;
      ctx.fillRect(from, 0, wide, high);
      for (const level of [-1, 0, 1]) {
        ctx.setLineDash(level ? [4, 4] : []);
        Object.assign(ctx, { strokeStyle: theme.muted, lineWidth: 1 });
        ctx.beginPath();
        ctx.moveTo(from, Y(level));
        ctx.lineTo(from + wide, Y(level));
        ctx.stroke();
      }
      ctx.setLineDash([]);
      Object.assign(ctx, { strokeStyle: colors[k], fillStyle: colors[k], lineWidth: 1 });
      lots[k][frame].forEach((y, i) => { // a thread from where it began
        ctx.globalAlpha = 0.25;
        ctx.beginPath();
        ctx.moveTo(X(i), Y(starts[i]));
        ctx.lineTo(X(i), Y(y));
        ctx.stroke();
        ctx.globalAlpha = 0.9;
        ctx.beginPath();
        ctx.arc(X(i), Y(y), 2.6, 0, 7);
        ctx.fill();
      });
      ctx.restore();
      Object.assign(ctx, { font: font(13, 650), textAlign: "left", textBaseline: "top" });
      halo(ctx, label, from + 10, 8, colors[k], theme.soft);
      Object.assign(ctx, { textAlign: "right", textBaseline: "bottom" });
      halo(ctx, `${percent(shares[k])} left`, from + wide - 10, high - 7, colors[k], theme.soft);
    });
    const text = `After ${Math.floor(time.t)} steps ${percent(shares[0])} of the weights is left where λw joins the `
      + `gradient, ${percent(shares[1])} where they shrink directly. ${goalWords(shares)}`;
    const words = goalWords(shares);
    if (facts.textContent !== words) facts.textContent = words;
    canvas.ariaLabel = `Two clouds of weights around 0. ${text}`;
    ui.say(time.playing ? "Playing." : text);
  }
  canvas.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: -100, ArrowRight: 100 }[event.key];
    if (move) time.seek(Math.floor(time.t) + move);
    if (event.key === " ") time.toggle();
    if (move || event.key === " ") event.preventDefault();
  });

  const buttons = choices("rule", rules.map(({ label }) => ({ name: label })), (label) => {
    settings.rule = rules.find((rule) => rule.label === label).name;
    buttons.set(label);
    compute();
  });
  buttons.set(rules.find(({ name }) => name === settings.rule).label);
  const knobs = scene.knobs.map((spec) => knob(spec, (x) => { settings[spec.name] = x; compute(); }));
  ui.root.append(
    time.node, canvas, h("div.row", {}, h("span", {}, "rule"), buttons.node),
    h("div.knobs", {}, ...knobs.map(({ node }) => node)), facts,
  );
  compute();
  return () => ui.close();
}

const percent = (share) => `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`.replace("-", "−");

export default { render };
