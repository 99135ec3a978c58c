// Controls: knobs on even, logarithmic and other scales, a clock that plays, chips, choices.
import { h, short } from "./shell.js";

// A scale turns a place u in 0..1 on a slider into a value, and back.
const even = (low, high) => ({ value: (u) => low + (high - low) * u, place: (x) => (x - low) / (high - low) });
const log = (low, high) => ({
  value: (u) => low * (high / low) ** u,
  place: (x) => Math.log(x / low) / Math.log(high / low),
});
// For shares that work as memory, such as β: 0, .9 and .99 lie evenly.
const memory = (low, high) => {
  const depth = (x) => -Math.log10(1 - x), line = even(depth(low), depth(high));
  return { value: (u) => 1 - 10 ** -line.value(u), place: (x) => line.place(depth(x)) };
};
export const SCALES = { even, log, memory };

// What is shown is what is used, so values are rounded to what can be read.
export function rounded(x, { scale, whole }) {
  if (whole) return Math.round(x);
  return scale === "memory" ? 1 - +(1 - x).toPrecision(3) : +x.toPrecision(3);
}

// spec: label, low, high, value, and perhaps scale ("even", "log", "memory"), whole, more (words for wide
// screens only), notches. input(value) follows the hand, change(value) comes when it lets go.
export function knob(spec, input, change = () => {}) {
  const scale = SCALES[spec.scale ?? "even"](spec.low, spec.high), notches = spec.notches ?? 200;
  const text = spec.text ?? ((x) => (spec.scale === "memory" ? String(+x.toFixed(4)) : short(x)));
  const slider = h("input", { type: "range", min: 0, max: notches, step: 1, name: spec.name ?? "" });
  const out = h("output"), more = spec.more ? [h("span.more", {}, spec.more + " ")] : [];
  const node = h("div.knob", {}, h("span", {}, ...more, spec.label), out, slider);
  slider.setAttribute("aria-label", `${spec.more ?? ""} ${spec.label}`.trim());
  const read = () => rounded(scale.value(slider.value / notches), spec);
  const tell = (x) => {
    out.textContent = text(x);
    slider.setAttribute("aria-valuetext", text(x));
  };
  let at = 0, was; // a key moves one notch: on to the next one with another number
  slider.addEventListener("input", () => {
    const way = slider.value - at;
    if (Math.abs(way) === 1) while (read() === was && slider.value > 0 && slider.value < notches) slider.value = +slider.value + way;
    [at, was] = [+slider.value, read()];
    tell(was);
    input(was);
  });
  slider.addEventListener("change", () => change(read()));
  const set = (x) => {
    slider.value = Math.round(notches * scale.place(x));
    [at, was] = [+slider.value, read()];
    tell(x);
  };
  set(spec.value);
  return { node, set, slider };
}

const ICONS = { Play: "M1 0l11 6-11 6z", Pause: "M0 0h4v12h-4zM7 0h4v12h-4z" };
const icon = (path) => {
  const box = h("span", { "aria-hidden": "true" });
  box.innerHTML = `<svg width="12" height="12" fill="currentColor"><path d="${path}"/></svg>`;
  return box;
};
const calm = matchMedia("(prefers-reduced-motion: reduce)");

// Steps over time. changed(t) is called with a time that may lie between two steps. Play pauses at done(), the step
// from which there is nothing left to see; a hand may go beyond.
export function clock(signal, { steps, rate }, changed, { restart = () => {}, done = () => steps } = {}) {
  const play = h("button.play", { type: "button" });
  const out = h("output", { "aria-live": "off" }, h("span.more", {}, "step "), "");
  const once = h("button", { type: "button", title: "one step", "aria-label": "one step" }, "+1");
  const back = h("button", { type: "button", title: "back to the start", "aria-label": "back to the start" }, "↺");
  const line = h("input", { type: "range", min: 0, step: 1, "aria-label": "step", name: "step" });
  const node = h("div.clock", {}, play, once, back, line, out);
  let t = 0, frame = 0, then = null;
  let ended = null, beyond = false; // where it has paused by itself; whether it plays on from there

  function tell() {
    const word = frame ? "Pause" : "Play";
    if (play.textContent !== word) play.replaceChildren(icon(ICONS[word]), word);
    line.max = steps;
    line.value = Math.floor(t);
    out.lastChild.data = `${Math.floor(t)} of ${steps}`;
  }
  function stop() {
    cancelAnimationFrame(frame);
    frame = 0;
  }
  function seek(where) {
    stop();
    ended = null;
    t = Math.max(0, Math.min(steps, where));
    tell();
    changed(t);
  }
  function advance(now) {
    const passed = then === null ? 0 : Math.max(0, Math.min(0.1, (now - then) / 1000));
    then = now;
    const end = Math.max(t, beyond ? steps : done());
    t = calm.matches ? end : Math.min(end, t + passed * rate);
    frame = t < end ? requestAnimationFrame(advance) : 0;
    if (t === end) ended = t;
    tell();
    changed(t);
  }
  function start() {
    stop();
    if (t >= steps || t === ended) t = 0;
    beyond = t >= done();
    then = null;
    frame = requestAnimationFrame(advance);
    tell();
  }
  const toggle = () => (frame ? seek(Math.floor(t)) : start());

  play.addEventListener("click", toggle);
  once.addEventListener("click", () => seek(Math.floor(t) + 1));
  back.addEventListener("click", () => { restart(); seek(0); });
  line.addEventListener("input", () => seek(+line.value));
  signal.addEventListener("abort", stop);
  tell();
  return {
    node, seek, start, stop, toggle, tell, button: play,
    get t() { return t; },
    get playing() { return frame !== 0; },
    set(changes) { ({ steps, rate } = { steps, rate, ...changes }); t = Math.min(t, steps); tell(); },
  };
}

// Legend, readout and switch in one button, with room for the longest words that it may say.
export function chip(name, marker, longest, click) {
  const line = h("span"), swatch = h("i", { "aria-hidden": "true" });
  const points = marker.map(([x, y]) => [6.5 * x, 6.5 * y].join()).join(" ");
  swatch.innerHTML = '<svg width="18" height="18" viewBox="-9 -9 18 18" fill="currentColor">'
    + `<polygon points="${points}"/></svg>`;
  const node = h("button.chip", { type: "button", onclick: click }, swatch, h("b", {}, name), line);
  node.dataset.longest = longest;
  const set = ({ text, color, on, followed }) => {
    if (line.textContent !== text) line.textContent = text;
    swatch.style.color = color;
    node.style.setProperty("--ravine-own", color);
    node.setAttribute("aria-pressed", on);
    node.classList.toggle("ravine-followed", followed);
  };
  return { node, set };
}

// A row of buttons, of which one or none is pressed. options: [{ name, title }]
export function choices(label, options, choose) {
  const buttons = options.map(({ name, title }) => (
    h("button", { type: "button", title: title ?? "", onclick: () => choose(name) }, name)));
  const node = h("div.choices", { role: "group", "aria-label": label }, ...buttons);
  const set = (name) => buttons.forEach((button, k) => button.setAttribute("aria-pressed", options[k].name === name));
  set(null);
  return { node, set };
}
