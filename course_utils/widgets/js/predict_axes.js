// Axes between data and the unit square, and the frame of a picture in SVG.
import { power, short } from "./shell.js";

export const unit = (axis, v) => axis.log
  ? Math.log(v / axis.low) / Math.log(axis.high / axis.low)
  : (v - axis.low) / (axis.high - axis.low);

export const value = (axis, u) => axis.log
  ? axis.low * (axis.high / axis.low) ** u
  : axis.low + u * (axis.high - axis.low);

export const WIDTH = 600, HEIGHT = 320;
export const PLOT = { left: 56, top: 12, width: 474, height: 264 }; // room at the right for labels
export const px = (t) => PLOT.left + t * PLOT.width;
export const py = (u) => PLOT.top + (1 - u) * PLOT.height;

export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, v] of Object.entries(attributes)) node.setAttribute(name, v);
  node.append(...children);
  return node;
}

// Round numbers along an axis, evenly: of powers of ten all, or every second one, every third …
export function levels({ low, high, log }) {
  if (!log) return [0, 1, 2, 3, 4].map((i) => low + (i / 4) * (high - low));
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const fits = (step) => (last - first) / step <= 8 && (last - first) % step === 0;
  const every = [1, 2, 3, 4, 5].find(fits) ?? Math.ceil((last - first) / 6);
  return Array.from({ length: 1 + Math.floor((last - first) / every) }, (_, i) => 10 ** (last - i * every)).reverse();
}

// A number of levels as it is written there: powers of ten where the axis goes far.
export function written({ low, high, log }, v) {
  const e = Math.floor(Math.log10(v) + 1e-9), times = +(v / 10 ** e).toPrecision(3);
  const far = log && (low < 1e-3 || high >= 1e4) && (times === 1 || v > 1e3);
  return far ? `${times === 1 ? "" : `${times}·`}${power(e, true)}` : short(v);
}

// A number in a sentence: so many digits, commas between thousands from 10,000 on.
export function plain(v, digits = 3) {
  if (!Number.isFinite(v) || (v !== 0 && Math.abs(v) < 0.001) || Math.abs(v) >= 1e12) return short(v);
  const settings = { maximumSignificantDigits: digits, useGrouping: Math.abs(v) >= 1e4 };
  return v.toLocaleString("en-US", settings).replace("-", "−");
}

// The empty picture of two axes.
export function frame(x, y) {
  const { left, top, width, height } = PLOT, right = left + width, bottom = top + height;
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "ravine-predict-plot" });
  picture.append(svg("rect", { x: left, y: top, width, height, rx: 8, class: "ravine-predict-ground" }));
  for (const v of levels(y)) {
    const h = py(unit(y, v));
    picture.append(svg("line", { x1: left, x2: right, y1: h, y2: h, class: "ravine-predict-grid" }));
    picture.append(svg("text", { x: left - 11, y: h + 4, "text-anchor": "end" }, written(y, v)));
  }
  for (const v of levels(x)) {
    const at = px(unit(x, v));
    picture.append(svg("text", { x: at, y: bottom + 17, "text-anchor": "middle" }, written(x, v)));
  }
  const turned = `translate(13 ${top + height / 2}) rotate(-90)`;
  picture.append(
    svg("text", { x: left + width / 2, y: HEIGHT - 7, "text-anchor": "middle" }, x.label),
    svg("text", { transform: turned, "text-anchor": "middle" }, y.label),
  );
  return picture;
}

// Where a curve is known to begin, if it is.
export const startMark = (height) => height === null ? [] : [
  svg("circle", { r: 4, cx: px(0), cy: py(height), class: "ravine-predict-known" })];

// The d of a path through a curve; it stops where nothing is drawn and just outside the frame.
export function path(curve) {
  let pen = "M";
  return curve.map((v, i) => {
    if (v === null) { pen = "M"; return ""; }
    const u = Math.min(1.04, Math.max(-0.04, v));
    const piece = `${pen}${px(i / (curve.length - 1)).toFixed(1)} ${py(u).toFixed(1)}`;
    pen = "L";
    return piece;
  }).join("");
}
