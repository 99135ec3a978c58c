// The gradient of all samples as one arrow, and around it the gradients of batches: a slider sets their size.
import { arrow, font, halo, paper } from "./canvas.js";
import { knob } from "./controls.js";
import { LOOK } from "./look.js";
import { drawn } from "./random.js";
import { h, shell } from "./shell.js";

const TRIED = 4000; // batches that decide about the goal, so that it doesn't move with the draw

// Mean gradients [along, across] of so many batches of `size` samples; within one no sample comes twice.
export function batchesOf(gradients, size, many, random) {
  const order = gradients.map((_, i) => i), n = order.length;
  return Array.from({ length: many }, () => {
    const sum = [0, 0];
    for (let i = 0; i < size; i++) {
      const j = i + Math.floor(random() * (n - i));
      [order[i], order[j]] = [order[j], order[i]];
      sum[0] += gradients[order[i]][0];
      sum[1] += gradients[order[i]][1];
    }
    return sum.map((x) => x / size);
  });
}

const right = (batches) => batches.filter(([along]) => along > 0).length;

function render({ model, el }) {
  const { gradients, sizes, arrows, goal, batch } = model.get("scene"), n = gradients.length;
  const mean = [0, 1].map((axis) => gradients.reduce((sum, point) => sum + point[axis], 0) / n);
  const canvas = h("canvas.cloud", { role: "img" }), facts = h("p.facts");
  const kit = shell(el, "gradient-cloud", "Gradients of batches around the gradient of all samples", draw);
  let place = sizes.indexOf(batch), seed = 1, batches = [];

  const shares = new Map();
  function share(size) {
    if (!shares.has(size)) shares.set(size, right(batchesOf(gradients, size, TRIED, drawn(size))) / TRIED);
    return shares.get(size);
  }
  function redraw() {
    batches = batchesOf(gradients, sizes[place], arrows, drawn(seed * 1009 + sizes[place]));
    kit.redraw();
  }
  function goalWords() {
    const size = sizes[place], many = `${TRIED.toLocaleString("en")} fresh batches`;
    const task = `Goal: the smallest batch with which at least ${Math.round(100 * goal)} of 100 point the right way.`;
    const counted = `${task} Of ${many} ${(100 * share(size)).toFixed(1)}% do`;
    if (share(size) < goal) return `${counted}: too few.`;
    if (place > 0 && share(sizes[place - 1]) >= goal) return `${counted}. A smaller batch will do, too.`;
    return `Goal met: of ${many} of ${size} ${(100 * share(size)).toFixed(1)}% point the right way, `
      + `with ${sizes[place - 1] ?? 0} too few.`;
  }

  function draw(theme) {
    const { ctx, w, h: high } = paper(canvas), { X, Y, k } = frame(gradients, mean, w, high);
    const blue = LOOK.rules.momentum[theme.name], orange = LOOK.rules.sgd[theme.name];
    ctx.fillStyle = theme.soft;
    ctx.fillRect(0, 0, w, high);
    Object.assign(ctx, { strokeStyle: theme.muted, lineWidth: 1 });
    ctx.setLineDash([4, 4]);
    ctx.beginPath();
    ctx.moveTo(X(0), 0);
    ctx.lineTo(X(0), high);
    ctx.stroke();
    ctx.setLineDash([]);
    for (const [along, across] of batches) {
      const color = along > 0 ? blue : orange, tip = [X(along), Y(across)];
      Object.assign(ctx, { strokeStyle: color, fillStyle: color, lineWidth: 1, globalAlpha: 0.3 });
      ctx.beginPath();
      ctx.moveTo(X(0), Y(0));
      ctx.lineTo(...tip);
      ctx.stroke();
      ctx.globalAlpha = 0.75;
      ctx.beginPath();
      ctx.arc(...tip, 2.6, 0, 7);
      ctx.fill();
    }
    ctx.globalAlpha = 1;
    arrow(ctx, X(0), Y(0), mean[0] * k, -mean[1] * k, theme.ink, theme);
    ctx.font = font(13, 650);
    Object.assign(ctx, { textBaseline: "top", textAlign: "left" });
    halo(ctx, "right way →", X(0) + 10, 10, blue, theme.casing);
    ctx.textAlign = "right";
    halo(ctx, "← wrong way", X(0) - 10, 10, orange, theme.casing);
    Object.assign(ctx, { textAlign: "left", textBaseline: "bottom" });
    halo(ctx, `all ${n} samples`, X(mean[0]) + 8, Y(mean[1]) - 8, theme.ink, theme.casing);

    const count = right(batches), of = sizes[place] === 1 ? "1 sample" : `${sizes[place]} samples`;
    const text = `${count} of ${arrows} batches of ${of} point the right way. ${goalWords()}`;
    if (facts.textContent !== text) facts.textContent = text;
    canvas.ariaLabel = `One strong arrow to the right, and thin arrows around it. ${text}`;
    kit.say(text);
  }

  const size = knob({
    label: "B", more: "batch size", name: "batch", low: 0, high: sizes.length - 1, notches: sizes.length - 1,
    whole: true, value: place, text: (k) => String(sizes[k]),
  }, (k) => { place = k; redraw(); });
  const again = () => { seed += 1; redraw(); };
  const button = h("button", { type: "button", title: "key R", onclick: again }, "Draw again");
  kit.root.addEventListener("keydown", ({ key }) => { if (key === "r" || key === "R") again(); });
  kit.root.append(canvas, h("div.below", {}, size.node, button), facts);
  redraw();
  return () => kit.close();
}

// One scale for both directions, wide enough for nearly all single samples, so that nothing but the cloud moves.
function frame(gradients, mean, w, high) {
  const ends = [0, 1].map((axis) => {
    const sorted = gradients.map((point) => point[axis]).sort((a, b) => a - b), at = (q) => sorted[Math.round(q * (sorted.length - 1))];
    return [Math.min(0, at(0.01)), Math.max(mean[axis], at(0.99))];
  });
  const [[left, right], [bottom, top]] = ends;
  const k = Math.min(w / (right - left), high / (top - bottom)) / 1.08;
  return { k, X: (x) => w / 2 + k * (x - (left + right) / 2), Y: (y) => high / 2 - k * (y - (bottom + top) / 2) };
}

export default { render };
