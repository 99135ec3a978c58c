// Draw a curve by hand, by keyboard, or from a shape.
import { COLUMNS, features, inWords } from "./predict_features.js";
import { PLOT, frame, path, plain, px, py, startMark, svg, unit, value } from "./predict_axes.js";
import { answer, card, earlier, speaker } from "./predict_kept.js";
import { SHAPES, joined } from "./predict_shapes.js";
import { h } from "./shell.js";

const HANDLES = 11; // their number less one divides the columns less one
const STEP = (COLUMNS - 1) / (HANDLES - 1);
const EMPTY = Array(COLUMNS).fill(null);
const inFrame = (u) => Math.min(1, Math.max(0, u));
const someDrawn = (curve) => curve.some((v) => v !== null);

// The curve with handle k at a height: a tent up to its neighbors.
function moved(curve, k, to) {
  const next = [...curve], middle = k * STEP, by = to - (curve[middle] ?? to);
  for (const side of [-1, 1]) {
    const end = curve[middle + side * STEP] ?? null;
    for (let d = 1; d <= STEP; d++) {
      const j = middle + side * d;
      if (j < 0 || j >= COLUMNS) break;
      if (curve[j] !== null) next[j] = inFrame(curve[j] + by * (1 - d / STEP));
      else if (end !== null) next[j] = to + (end - to) * (d / STEP);
    }
  }
  next[middle] = to;
  return next;
}

function without(curve, k) {
  return curve.map((v, j) => Math.abs(j - k * STEP) < STEP ? null : v);
}

function render({ model, el }) {
  const x = model.get("x"), y = model.get("y"), known = model.get("start"), past = [];
  const start = known === null ? null : unit(y, known), from = start ?? undefined;
  const rest = (k) => (k ? 0 : from ?? 0); // handles wait at the lower edge of every question, so that it tells nothing
  const picture = frame(x, y), line = svg("path", { class: "ravine-predict-mine" }), said = speaker();
  const middle = { x: px(0.5), y: py(0.5) - 18, "text-anchor": "middle" };
  const hint = svg("text", middle, "draw here");
  const handles = Array.from({ length: HANDLES }, (_, k) => handle(k));
  const undo = button("Undo", () => past.length && change(past.pop(), false));
  const clear = button("Clear", () => change(EMPTY));
  const { root, body, follow, close } = card({ model, el });
  let curve = EMPTY, last = null; // last: column and height of the pointer while it draws
  picture.setAttribute("role", "group");
  picture.setAttribute("aria-label", `Draw here: ${y.label} over ${x.label}`);
  picture.append(hint, line, ...handles, ...startMark(start));
  body.append(picture, h("div.predict-row", {}, undo, clear, shapes()), said);

  function show() {
    line.setAttribute("d", path(joined(curve, start)));
    hint.style.display = someDrawn(curve) ? "none" : "";
    handles.forEach((node, k) => {
      const v = curve[k * STEP];
      node.setAttribute("cy", py(v ?? rest(k)));
      node.classList.toggle("ravine-predict-empty", v === null);
      node.setAttribute("aria-valuenow", Math.round(100 * (v ?? rest(k))));
      node.setAttribute("aria-valuetext", v === null ? "not drawn" : plain(value(y, v)));
    });
    undo.setAttribute("aria-disabled", !past.length); // "disabled" would drop the focus, and Shift+Enter with it
  }

  function say() {
    const f = features(curve) && features(joined(curve, start));
    const until = f && f.to < 0.95 ? `, drawn up to ${x.label} ${plain(value(x, f.to))}` : "";
    said.textContent = f ? `Your curve ${inWords(f)}${until}. Run on to see the real one.` : "Nothing drawn yet.";
  }

  function remember() {
    past.push(curve);
    if (past.length > 100) past.shift();
  }

  function change(next, undoable = true) {
    if (undoable) remember();
    answer(model, someDrawn(next) ? [...next] : null);
  }

  function handle(k) {
    const node = svg("circle", {
      r: 7, cx: px(k / (HANDLES - 1)), tabindex: 0, role: "slider", class: "ravine-predict-handle",
      "aria-orientation": "vertical", "aria-valuemin": 0, "aria-valuemax": 100,
      "aria-label": `${y.label} at ${x.label} ${plain(value(x, k / (HANDLES - 1)))}`,
    });
    node.addEventListener("keydown", (event) => {
      const now = curve[k * STEP] ?? rest(k), step = event.shiftKey ? 0.1 : 0.02;
      const heights = {
        ArrowUp: now + step, ArrowDown: now - step, PageUp: now + 0.1, PageDown: now - 0.1, Home: 0, End: 1,
      };
      const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (event.key in heights) change(moved(curve, k, inFrame(heights[event.key])));
      else if (sideways) handles[k + sideways]?.focus();
      else if (["Delete", "Backspace"].includes(event.key)) change(without(curve, k));
      else return;
      event.preventDefault();
    });
    return node;
  }

  function button(name, onclick) {
    return h("button", { type: "button", onclick }, name);
  }

  function shapes() {
    const set = h("fieldset", {}, h("legend", {}, "or start from a shape"));
    for (const [name, shape] of Object.entries(SHAPES)) {
      const height = (t) => shape(t, from);
      if (name !== "stays level" && Math.abs(height(0.5) - height(0)) < 0.1) continue; // no room for it from there
      const thumb = Array.from({ length: 41 }, (_, i) => `${i ? "L" : "M"}${i} ${22 - 20 * height(i / 40)}`);
      const node = button("", () => change(EMPTY.map((_, i) => height(i / (COLUMNS - 1)))));
      node.title = node.ariaLabel = name;
      node.append(svg("svg", { viewBox: "0 0 40 24", "aria-hidden": "true" }, svg("path", { d: thumb.join("") })));
      set.append(node);
    }
    return set;
  }

  function drag(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
    const column = Math.round(inFrame((at.x - PLOT.left) / PLOT.width) * (COLUMNS - 1));
    const height = inFrame(1 - (at.y - PLOT.top) / PLOT.height);
    const [from, before] = last ?? [column, height], n = Math.abs(column - from);
    for (let i = 0; i <= n; i++) {
      curve[from + Math.sign(column - from) * i] = n ? before + ((height - before) * i) / n : height;
    }
    last = [column, height];
    show();
  }

  picture.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    remember();
    curve = [...curve];
    picture.setPointerCapture(event.pointerId);
    drag(event);
    event.preventDefault(); // else this cell becomes the active one, and Shift+Enter would ask again
  });
  picture.addEventListener("pointermove", (event) => picture.hasPointerCapture(event.pointerId) && drag(event));
  for (const end of ["pointerup", "pointercancel"]) {
    picture.addEventListener(end, () => {
      if (last) change(curve, false);
      last = null;
    });
  }
  root.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    undo.click();
  });

  answer(model, earlier(model));
  follow((drawn) => { // this copy of the question may be drawn on, or another
    curve = [...(drawn ?? EMPTY)];
    show();
    say();
  });
  return close;
}

export default { render };
