// Predict a number: type it, or set it on a scale; and how it compares with the real one.
import { levels, plain, unit, value, written } from "./predict_axes.js";
import { answer, card, earlier, speaker, verdict } from "./predict_kept.js";
import { h } from "./shell.js";

const NOTCHES = 200;
// What stands under a scale: its ends and, between them, round numbers that have room.
function scaleUnder(scale) {
  const ends = [scale.low, scale.high], roomy = (v) => ends.every((end) => Math.abs(unit(scale, v) - unit(scale, end)) > 0.08);
  const numbers = [scale.low, ...levels(scale).filter(roomy), scale.high].map((v) => {
    const mark = h("span", {}, written(scale, v));
    mark.style.left = `${100 * unit(scale, v)}%`;
    return mark;
  });
  return h("div.predict-scale", { ariaHidden: "true" }, ...numbers);
}

const all = (number) => String(+number.toPrecision(6)).replace("-", "−");
const inFull = (number) => plain(number, 6);

// "3 times", and where that is rounded "about 3 times".
export function times(far) {
  const rounded = +far.toPrecision(2);
  return `${Math.abs(far / rounded - 1) < 1e-6 ? "" : "about "}${plain(rounded)} times`;
}

// A sentence on the difference. `shown` is the truth in all its digits; ideas are usual wrong
// numbers, [{name, number, text}]; beside, if given, the numbers tried below and above the truth.
export function compareNumber(mine, { truth, shown, unit: what, scale, ideas, beside }) {
  const its = `${shown} ${what}`.trim(), ratio = mine / truth;
  const away = (a, b) => scale && !scale.log ? Math.abs(a - b) / (scale.high - scale.low) / 0.05
    : a * b > 0 ? Math.abs(Math.log(a / b)) / Math.log(1.25) : a === b ? 0 : Infinity; // below 1 is close
  const idea = ideas.find(({ number }) => away(mine, number) < Math.min(0.5, away(mine, truth)));
  if (mine === null) return { code: "none", text: `You have set no number yet. It is ${its}.` };
  if (mine === truth) return { code: "exact", text: `You said ${its}, and so it is.` };
  const said = `You said ${`${inFull(mine)} ${what}`.trim()}; it is ${its}`, code = mine > truth ? "high" : "low";
  if (idea) return { code: `idea: ${idea.name}`, text: `${said}. That is the idea “${idea.name}”. ${idea.text}` };
  if (beside && mine > beside[0] && mine < beside[1]) {
    return { code: "near", text: `${said}. Close: nothing between the two was tried.` };
  }
  if (away(mine, truth) < 1) return { code: "near", text: `${said}. Close.` };
  const way = mine < truth ? "small" : "large", far = Math.max(ratio, 1 / ratio);
  if (!(ratio > 0 && ratio < Infinity) || (scale && !scale.log)) return { code, text: `${said}. Yours is too ${way}.` };
  const words = far < 2.5 ? "Not far off."
    : "Before you open the explanation, think what your guess leaves out.";
  return { code, text: `${said}. Yours is ${times(far)} too ${way}. ${words}` };
}

// What was typed, as a number: 1,250 is a thousand and more, 0,5 is a half; NaN if it is none.
export function parsed(text) {
  const bare = text.replace(/[\s_]/g, "").replace("−", "-"), thousands = /^-?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/;
  return bare === "" ? NaN : Number(thousands.test(bare) ? bare.replaceAll(",", "") : bare.replace(",", "."));
}

// Why a number can't be kept, or nothing.
function refusal(number, scale) {
  if (!Number.isFinite(number)) return "Please write a number, such as 300 or 1e-3.";
  const off = scale && (number < scale.low || number > scale.high);
  return off ? `Please choose a number from ${inFull(scale.low)} to ${inFull(scale.high)}.` : "";
}

function ask({ model, el }) {
  const what = model.get("unit"), scale = model.get("scale"), said = speaker();
  const { body, follow, close } = card({ model, el });
  const box = h("input", { type: "text", inputMode: "decimal", size: 9, autocomplete: "off" });
  const slider = h("input", { type: "range", min: 0, max: NOTCHES });
  box.ariaLabel = `Your number${what && `, in ${what}`}`;
  if (scale) body.append(h("div.predict-ruler", {}, slider, scaleUnder(scale)));
  if (scale) slider.ariaLabel = `Your number, from ${inFull(scale.low)} to ${inFull(scale.high)}`;
  body.append(h("div.predict-row", {}, box, what), said);

  box.addEventListener("input", () => {
    const number = parsed(box.value), trouble = refusal(number, scale);
    answer(model, trouble ? null : number);
    if (box.value.trim()) said.textContent ||= trouble;
  });
  slider.addEventListener("input", () => {
    answer(model, +value(scale, slider.value / NOTCHES).toPrecision(2));
  });

  answer(model, earlier(model));
  follow((number) => {
    if (!box.matches(":focus")) box.value = number === null ? "" : all(number);
    if (scale && !slider.matches(":focus")) slider.value = NOTCHES * (number === null ? 0 : unit(scale, number));
    slider.classList.toggle("ravine-predict-empty", number === null);
    slider.setAttribute("aria-valuetext", number === null ? "not set" : `${inFull(number)} ${what}`);
    said.textContent = number === null ? "" : `Kept: ${`${inFull(number)} ${what}`.trim()}. Run on to see the real one.`;
  });
  return close;
}

function reveal({ model, el }) {
  const scale = model.get("scale"), truth = model.get("truth"), said = verdict();
  const { reveal: show, close } = card({ model, el });
  const line = h("div.predict-line", { ariaHidden: "true" });
  const mark = (number, name) => {
    const node = h(`span.predict-mark.predict-${name}`, {}, name);
    node.style.left = `${100 * Math.min(1, Math.max(0, unit(scale, number)))}%`;
    return node;
  };
  show([said, ...(scale ? [h("div.predict-ruler", {}, line, scaleUnder(scale))] : [])], (mine) => {
    const state = { truth, scale };
    for (const name of ["shown", "unit", "ideas", "beside"]) state[name] = model.get(name);
    if (scale) line.replaceChildren(mark(truth, "really"), ...(mine === null ? [] : [mark(mine, "you")]));
    said.textContent = compareNumber(mine, state).text;
  });
  return close;
}

export default { render: (context) => (context.model.get("truth") === null ? ask : reveal)(context) };
