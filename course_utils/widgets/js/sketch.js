// A rate for every step, drawn by hand on a log axis: with a pointer, or handle by handle with the keys. Heights are
// 0 at the lowest rate and 1 at the highest; what lies lower counts as 0 and keeps its shape.
import { PLOT, frame, path, px, py, svg, value } from "./predict_axes.js";
import { spread } from "./labels.js";
import { short } from "./shell.js";

const HANDLES = 11;
const inFrame = (u) => Math.min(1, Math.max(0, u));

// rates: { low, high }; changed() is called whenever the curve is another one.
export function sketch({ steps, rates, changed }) {
  const x = { label: "step", low: 0, high: steps }, y = { label: "learning rate", ...rates, log: true };
  const picture = frame(x, y), last = steps - 1, past = [], at = (k) => Math.round(k * last / (HANDLES - 1));
  const rival = svg("path", { class: "ravine-sketch-rival" }), mine = svg("path", { class: "ravine-sketch-mine" });
  const names = svg("g"), handles = Array.from({ length: HANDLES }, (_, k) => handle(k));
  let curve = Array(steps).fill(0.5), other = null, pen = null; // pen: step and height of the pointer while it draws
  picture.setAttribute("class", "ravine-sketch");
  picture.setAttribute("role", "group");
  picture.setAttribute("aria-label", "Draw here: the learning rate over steps");
  picture.append(rival, mine, names, ...handles);

  function show() {
    mine.setAttribute("d", path(curve.map(inFrame)));
    rival.setAttribute("d", other ? path(other.curve.map(inFrame)) : "");
    handles.forEach((node, k) => {
      const u = inFrame(curve[at(k)]);
      node.setAttribute("cy", py(u));
      node.setAttribute("aria-valuenow", Math.round(100 * u));
      node.setAttribute("aria-valuetext", short(value(y, u)));
    });
    const ends = [{ name: "yours", of: curve, kind: "mine" }, ...(other ? [{ name: other.name, of: other.curve, kind: "rival" }] : [])]
      .map((end) => ({ ...end, y: py(inFrame(end.of[last])) + 4 }));
    spread(ends, 15, PLOT.top + 8, PLOT.top + PLOT.height);
    names.replaceChildren(...ends.map((end) => (
      svg("text", { x: px(1) + 9, y: end.at, class: `ravine-sketch-${end.kind}-name` }, end.name))));
  }
  function remember() {
    past.push([...curve]);
    if (past.length > 100) past.shift();
  }
  function become(next, undoable = true) {
    if (undoable) remember();
    curve = next;
    show();
    changed();
  }
  // The curve with handle k at a height: a tent up to its neighbors.
  function moved(k, to) {
    const middle = at(k), by = to - inFrame(curve[middle]);
    return curve.map((u, t) => {
      const side = t < middle ? at(k - 1) : at(k + 1), share = t === middle ? 1 : 1 - (t - middle) / (side - middle);
      return share > 0 ? inFrame(inFrame(u) + by * share) : u;
    });
  }
  function handle(k) {
    const node = svg("circle", {
      r: 5.5, cx: px(at(k) / last), tabindex: 0, role: "slider", class: "ravine-sketch-handle", "aria-orientation": "vertical",
      "aria-valuemin": 0, "aria-valuemax": 100, "aria-label": `learning rate at step ${at(k)}`,
    });
    node.addEventListener("keydown", (event) => {
      const now = inFrame(curve[at(k)]), by = event.shiftKey ? 0.1 : 0.02, sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const heights = { ArrowUp: now + by, ArrowDown: now - by, PageUp: now + 0.1, PageDown: now - 0.1, Home: 0, End: 1 };
      if (event.key in heights) become(moved(k, inFrame(heights[event.key])));
      else if (sideways) handles[k + sideways]?.focus();
      else return;
      event.preventDefault();
    });
    return node;
  }
  function drag(event) {
    const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
    const t = Math.round(inFrame((spot.x - PLOT.left) / PLOT.width) * last);
    const height = inFrame(1 - (spot.y - PLOT.top) / PLOT.height), [from, before] = pen ?? [t, height];
    const next = [...curve], n = Math.abs(t - from);
    for (let i = 0; i <= n; i++) next[from + Math.sign(t - from) * i] = n ? before + (height - before) * i / n : height;
    pen = [t, height];
    become(next, false);
  }

  picture.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    remember();
    picture.setPointerCapture(event.pointerId);
    drag(event);
    event.preventDefault(); // else JupyterLab makes another cell the active one
  });
  picture.addEventListener("pointermove", (event) => { if (pen) drag(event); });
  for (const end of ["pointerup", "pointercancel"]) picture.addEventListener(end, () => { pen = null; });

  return {
    node: picture, become,
    undo() { if (past.length) become(past.pop(), false); },
    against(name, heights) { other = { name, curve: heights }; show(); },
    // The whole curve up or down, until its highest rate has a height.
    lift(to) { const by = to - Math.max(...curve); become(curve.map((u) => u + by), false); },
    remember,
    get heights() { return curve; },
    get rates() { return curve.map((u) => value(y, inFrame(u))); },
  };
}
