// Predict an order: move each item up or down; then the order beside the real one.
import { answer, card, earlier, speaker, verdict } from "./predict_kept.js";
import { h } from "./shell.js";

export function compareRanking(mine, truth) {
  if (!mine) return { code: "none", text: "You have set no order yet. Here is the real one." };
  const places = mine.map((item, i) => ({ item, mine: i + 1, real: truth.indexOf(item) + 1 }));
  const away = (place) => Math.abs(place.mine - place.real);
  const right = places.filter((place) => !away(place)).length;
  if (right === mine.length) return { code: "exact", text: "All in their places." };
  const far = places.sort((a, b) => away(b) - away(a))[0];
  const text = `${right} of ${mine.length} in their places. Farthest off: ${far.item}, `
    + `place ${far.mine} in your order, really ${far.real}.`;
  return { code: `far: ${far.item}`, text };
}

function ask({ model, el }) {
  const said = speaker(), list = h("ol"), { body, follow, close } = card({ model, el });
  let order = model.get("options");
  const rows = new Map(order.map((item) => [item, row(item)]));
  const done = h("button", { type: "button", onclick: () => answer(model, [...order]) }, "This is my order");
  body.append(list, h("div.predict-row", {}, done), said);

  function row(item) {
    const button = (sign, way, by) => {
      const node = h("button", { type: "button", onclick: () => move(item, by, node) }, sign);
      node.ariaLabel = `${item} ${way}`;
      return node;
    };
    return h("li", {}, button("↑", "up", -1), button("↓", "down", 1), item);
  }

  function move(item, by, button) {
    const from = order.indexOf(item), to = from + by, next = [...order];
    if (to < 0 || to >= order.length) return;
    [next[from], next[to]] = [next[to], next[from]];
    answer(model, next);
    button.focus();
  }

  answer(model, earlier(model));
  follow((mine) => {
    order = mine ?? order;
    list.replaceChildren(...order.map((item) => rows.get(item)));
    said.textContent = mine ? `Kept: ${mine.join(", ")}. Run on to see the real order.` : "";
  });
  return close;
}

function reveal({ model, el }) {
  const truth = model.get("truth"), said = verdict(), rows = h("tbody");
  const { reveal: show, close } = card({ model, el });
  const head = h("tr", {}, ...["place", "you", "really"].map((name) => h("th", { scope: "col" }, name)));
  show([said, h("table.predict-table", {}, h("thead", {}, head), rows)], (mine) => {
    said.textContent = compareRanking(mine, truth).text;
    rows.replaceChildren(...truth.map((item, i) => {
      const cells = [String(i + 1), mine?.[i] ?? "", item].map((text) => h("td", {}, text));
      return h(mine?.[i] === item ? "tr.predict-same" : "tr", {}, ...cells);
    }));
  });
  return close;
}

export default { render: (context) => (context.model.get("truth") === null ? ask : reveal)(context) };
