// Predictions of this page: question -> {answer, listeners}. The cell that asks and the cell that
// reveals share an entry, with a kernel or without.
import { h, shell } from "./shell.js";

const predictions = (globalThis.ravinePredictions ??= new Map());

export function kept(question) {
  if (!predictions.has(question)) predictions.set(question, { answer: null, listeners: new Set() });
  return predictions.get(question);
}

// What was answered before: to this widget, or on this page.
export const earlier = (model) => model.get("answer") ?? kept(model.get("question")).answer;

export function answer(model, value) {
  const entry = kept(model.get("question"));
  entry.answer = value;
  for (const listener of entry.listeners) listener(value);
  model.set("answer", value);
  model.save_changes?.();
}

// A drawing may have been wiped out again.
const isSet = (answer) => answer !== null && !(Array.isArray(answer) && answer.every((v) => v === null));

// The question, and below it a place for what a learner sets or sees.
export function card({ model, el }) {
  const question = model.get("question"), body = h("div.predict-body");
  const { root, signal, close } = shell(el, "predict", question, () => {});
  root.append(h("p.predict-question", {}, question), body);
  const follow = (listener) => { // at once and at every change
    kept(question).listeners.add(listener);
    signal.addEventListener("abort", () => kept(question).listeners.delete(listener));
    listener(kept(question).answer);
  };
  // What is revealed waits until something is set, or until somebody gives in.
  function reveal(parts, listener) {
    let asked = false;
    const give = () => { asked = true; show(kept(question).answer); };
    const button = h("button", { type: "button", onclick: give }, "Show me");
    const first = h("div.predict-row", {}, "Set your guess first, then the answer appears here.", button);
    function show(mine) {
      const told = asked || isSet(mine);
      root.classList.toggle("ravine-predict-waits", !told);
      body.replaceChildren(...(told ? parts : [first]));
      if (told) listener(mine);
    }
    follow(show);
  }
  return { root, body, follow, reveal, close };
}

// A line that a screen reader speaks when it changes.
export const speaker = () => h("p.predict-said", { role: "status" });

// What a reveal says first, above all that it shows: the learner's own guess, with the mark of its color.
export const verdict = () => h("p.predict-said.predict-part.predict-you", { role: "status" });
