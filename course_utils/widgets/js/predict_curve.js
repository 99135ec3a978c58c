// The real curve drawn over the predicted one, and a sentence on how they differ.
import { COLUMNS } from "./predict_features.js";
import { compare } from "./predict_compare.js";
import { frame, path, px, py, startMark, svg, unit } from "./predict_axes.js";
import { card, verdict } from "./predict_kept.js";
import { joined } from "./predict_shapes.js";

const inside = (v) => Math.min(1.04, Math.max(-0.04, v));

// The area between a drawing and a real curve, where both are.
function between(mine, real) {
  const fine = (real.length - 1) / (COLUMNS - 1);
  const there = (_, i) => mine[Math.round(i / fine)] !== null && real[i] !== null;
  const columns = real.map((_, i) => i).filter(there);
  const corner = (v, i) => `${px(i / (real.length - 1)).toFixed(1)} ${py(inside(v)).toFixed(1)}`;
  const above = columns.map((i) => corner(real[i], i));
  const back = columns.filter((i) => i % fine === 0).reverse().map((i) => corner(mine[i / fine], i));
  return columns.length ? `M${[...above, ...back].join("L")}Z` : "";
}

// Names beside the ends of the curves, a line apart.
function names(curves) {
  const ends = Object.entries(curves).flatMap(([name, curve]) => {
    const last = curve.findLastIndex((v) => v !== null);
    return last < 0 ? [] : [{ name, x: px(last / (curve.length - 1)) + 7, y: py(inside(curve[last])) + 4 }];
  });
  const [high, low] = ends.sort((a, b) => a.y - b.y);
  if (low && Math.abs(low.x - high.x) < 60) {
    const lack = Math.max(0, 15 - (low.y - high.y)) / 2;
    high.y -= lack;
    low.y += lack;
  }
  return ends.map(({ name, x, y }) => svg("text", { x, y, class: `ravine-predict-${name}` }, name));
}

function render({ model, el }) {
  const x = model.get("x"), y = model.get("y"), truth = model.get("truth");
  const { reveal, close } = card({ model, el });
  const known = model.get("start"), start = known === null ? null : unit(y, known);
  const picture = frame(x, y), said = verdict();
  const area = svg("path", { class: "ravine-predict-area" });
  const mine = svg("path", { class: "ravine-predict-mine" });
  const real = svg("path", { class: "ravine-predict-real", d: path(truth), pathLength: 1 });
  const labels = svg("g");
  picture.setAttribute("role", "img");
  picture.append(area, real, mine, labels, ...startMark(start));
  let still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  function arrive() {
    if (still) return;
    still = true;
    real.style.strokeDasharray = 1;
    const arriving = real.animate([{ strokeDashoffset: 1 }, { strokeDashoffset: 0 }], { duration: 1200 });
    arriving.onfinish = () => { real.style.strokeDasharray = ""; };
  }
  reveal([said, picture], (drawn) => {
    arrive();
    const own = drawn ?? Array(COLUMNS).fill(null), curve = joined(own, start);
    mine.setAttribute("d", path(curve));
    area.setAttribute("d", between(curve, truth));
    labels.replaceChildren(...names({ you: curve, really: truth }));
    said.textContent = compare(own, truth, x, y, model.get("ideas"), start).text;
    picture.setAttribute("aria-label", `${model.get("said")} ${said.textContent}`);
  });
  return close;
}

export default { render };
