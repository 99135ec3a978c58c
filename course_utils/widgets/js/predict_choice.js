// Predict by choosing one of several options; then each option's own explanation.
import { answer, card, earlier, speaker } from "./predict_kept.js";
import { h } from "./shell.js";

function ask({ model, el }) {
  const said = speaker(), { body, follow, close } = card({ model, el });
  const name = `ravine-${Math.random()}`; // the radio buttons of two copies must not be one group
  const radios = model.get("options").map((option) =>
    h("input", { type: "radio", name, value: option, onchange: () => answer(model, option) }));
  const labels = radios.map((radio) => h("label", {}, radio, radio.value));
  body.append(h("div.predict-options", {}, ...labels), said);
  answer(model, earlier(model));
  follow((chosen) => {
    for (const radio of radios) radio.checked = radio.value === chosen;
    said.textContent = chosen === null ? "" : `Kept: ${chosen}. Run on to see what happens.`;
  });
  return close;
}

function reveal({ model, el }) {
  const truth = model.get("truth"), ideas = model.get("ideas"), words = h("div", { role: "status" });
  const { reveal: show, close } = card({ model, el });
  const part = (kind, head, option) =>
    h(`p.predict-part.predict-${kind}`, {}, h("strong", {}, head, option, ". "), ideas[option] ?? "");
  show([words], (chosen) => {
    const others = model.get("options").filter((option) => option !== truth && option !== chosen && ideas[option]);
    const told = chosen === truth ? [part("you", "You chose, and it is right: ", truth)] : [
      chosen === null ? h("p", {}, "You have chosen nothing yet.") : part("you", "You chose: ", chosen),
      part("really", "Really: ", truth),
    ];
    const rest = h("details", {}, h("summary", {}, "The other answers"), ...others.map((o) => part("other", "", o)));
    words.replaceChildren(...told, ...(others.length ? [rest] : []));
  });
  return close;
}

export default { render: (context) => (context.model.get("truth") === null ? ask : reveal)(context) };
