// What is around every widget's drawing: its root, the theme, keys that stay inside, words for those who listen.
import { LOOK } from "./look.js";

// h("button.play", { onclick }, "Play"): an element; every class of the course begins with ravine-.
export function h(what, properties = {}, ...children) {
  const [tag, ...names] = what.split("."), node = document.createElement(tag);
  node.classList.add(...names.map((name) => `ravine-${name}`));
  for (const [name, value] of Object.entries(properties)) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

// A text that keeps its height: the longest words that may come stand in it, unseen.
export function steady(what, longest) {
  const line = h("span"), node = h(`${what}.steady`, {}, line);
  node.dataset.longest = longest;
  return { node, tell: (text) => { if (line.textContent !== text) line.textContent = text; } };
}

// A number for a label: three digits, no tail of zeros, a real minus sign.
export function short(x) {
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "not a number";
  const odd = x !== 0 && (Math.abs(x) < 0.001 || Math.abs(x) >= 1e4);
  const text = odd ? x.toExponential(1).replace(".0e", "e").replace("e+", "e") : String(+x.toPrecision(3));
  return text.replace("-", "−").replace("e-", "e−");
}

// 10 to a whole power, for an axis; small powers in full, or with `all` only 1 and 10.
export function power(e, all = false) {
  if (all ? e === 0 || e === 1 : e > -4 && e < 5) return String(+(10 ** e).toPrecision(1));
  return `10${String(e).replace("-", "⁻").replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit])}`;
}

// JupyterLab says in body[data-jp-theme-light] what is on, themes of web pages in html[data-theme].
function told() {
  const lab = document.body.dataset.jpThemeLight, site = document.documentElement.dataset.theme;
  if (lab !== undefined) return lab === "false" ? "dark" : "light";
  return site === "dark" || site === "light" ? site : null;
}

const system = matchMedia("(prefers-color-scheme: dark)");

// draw(theme) is called when things have changed, at most once a frame.
export function shell(el, name, label, draw) {
  const said = h("p.unseen", { role: "status" });
  const inner = h(`div.${name}`), root = h("div.widget", { role: "group", "aria-label": label }, inner, said);
  const closing = new AbortController(), { signal } = closing;
  let theme, frame = 0, resting, last = "";

  function paint() {
    cancelAnimationFrame(frame);
    frame = 0;
    if (root.clientWidth) draw(theme); // out of the page there is no size to draw for; its return is a change of size
  }
  function redraw() {
    frame ||= requestAnimationFrame(paint);
  }
  function dress() {
    const which = told() ?? (system.matches ? "dark" : "light");
    theme = { ...LOOK.themes[which], name: which };
    for (const part of ["page", "ink", "muted", "hair", "soft", "accent"]) {
      root.style.setProperty(`--ravine-${part}`, theme[part]);
    }
    root.style.colorScheme = which;
    root.style.background = told() ? "" : theme.page; // a page that tells its theme has its own ground
    redraw();
  }
  // A screen reader hears it when things have come to rest.
  function say(text) {
    if (text === last) return;
    last = text;
    clearTimeout(resting);
    resting = setTimeout(() => { said.textContent = text; }, 400);
  }

  // JupyterLab reads letters and arrows as commands unless the focused element itself says no;
  // it keeps Shift+Enter, which runs the cell.
  window.addEventListener("keydown", ({ target, key, shiftKey, ctrlKey, metaKey }) => {
    if (!root.contains(target)) return;
    const runs = key === "Enter" && (shiftKey || ctrlKey || metaKey);
    target.toggleAttribute("data-lm-suppress-shortcuts", !runs);
  }, { capture: true, signal });
  root.addEventListener("keydown", (event) => {
    const runs = event.key === "Enter" && (event.shiftKey || event.ctrlKey || event.metaKey);
    if (!runs) event.stopPropagation();
  }, { signal });

  system.addEventListener("change", dress, { signal });
  const themes = new MutationObserver(dress), sizes = new ResizeObserver(redraw);
  themes.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  sizes.observe(root);
  signal.addEventListener("abort", () => {
    themes.disconnect();
    sizes.disconnect();
    cancelAnimationFrame(frame);
    clearTimeout(resting);
  });

  el.append(root);
  dress();
  return { root: inner, paint, redraw, say, signal, theme: () => theme, close: () => closing.abort() };
}
