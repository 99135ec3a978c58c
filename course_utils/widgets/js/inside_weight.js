// The weight before and after a step, on a line from the lowest to the highest place that it comes to.
import { h, short } from "./shell.js";

// Two numbers in as many digits as tell them apart.
export function apart(a, b) {
  const said = (x, digits) => (Math.abs(x) < 1e4 && Math.abs(x) >= 0.001 ? String(+x.toPrecision(digits)).replace("-", "−") : short(x));
  const digits = [3, 4, 5, 6].find((many) => said(a, many) !== said(b, many)) ?? 3;
  return [said(a, digits), said(b, digits)];
}

// A stroke where the weight was, a dot where it is, and a bar between them.
function move(kind) {
  const bar = h(`s.${kind}`), was = h(`u.${kind}`), is = h(`i.${kind}`);
  function set(entry, place) {
    for (const node of [bar, was, is]) node.hidden = !entry;
    if (!entry) return;
    const [from, to] = [entry.before, entry.after].map(place);
    was.style.left = `${from}%`;
    is.style.left = `${to}%`;
    bar.style.left = `${Math.min(from, to)}%`;
    bar.style.width = `${Math.abs(to - from)}%`;
  }
  return { nodes: [bar, was, is], set };
}

export function weightStrip() {
  const moves = [move("plain"), move("sized")], ends = [h("span"), h("span")], words = h("b");
  const node = h("div.weight", {}, h("div", { ariaHidden: "true" }, ...moves.flatMap(({ nodes }) => nodes)),
    h("p", {}, ends[0], words, ends[1]));

  // The entries of a step for both sizes, undefined before the first; way: all places of the weight.
  function set(entries, way) {
    const seen = way.filter(Number.isFinite), low = Math.min(...seen), high = Math.max(...seen);
    const place = (w) => 100 * ((w - low) / (high - low) || 0);
    entries.forEach((entry, k) => moves[k].set(Number.isFinite(entry?.after) && entry, place));
    apart(low, high).forEach((text, k) => { ends[k].textContent = text; });
    const [before, after] = entries[1] ? apart(entries[1].before, entries[1].after) : [];
    words.textContent = entries[1] ? `before ${before}, after ${after}` : "before and after a step";
  }
  return { node, set };
}
