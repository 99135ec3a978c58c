// On paper the page is light and what is folded is open; afterwards all is as it was.
// Folds inside a widget stay: they belong to play.
const page = document.documentElement;
let opened = [], theme;
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open], .ravine-place *)")];
  for (const fold of opened) fold.open = true;
  theme = page.dataset.theme;
  page.dataset.theme = "light";
  queueMicrotask(drawAtOnce); // by then every widget has heard, and asked for a frame
});
addEventListener("afterprint", () => {
  for (const fold of opened) fold.open = false;
  page.dataset.theme = theme;
});

// The printer waits for no frame, so those that are asked for are remembered.
const asked = new Map(), { requestAnimationFrame: ask, cancelAnimationFrame: cancel } = window;
window.requestAnimationFrame = (draw) => {
  const frame = ask((now) => { asked.delete(frame); draw(now); });
  asked.set(frame, draw);
  return frame;
};
window.cancelAnimationFrame = (frame) => { asked.delete(frame); cancel(frame); };
function drawAtOnce() {
  for (const [frame, draw] of [...asked]) {
    window.cancelAnimationFrame(frame);
    draw(performance.now());
  }
}

// The arrows that open a part of the table of contents have no name of their own.
addEventListener("DOMContentLoaded", () => {
  for (const arrow of document.querySelectorAll("nav summary")) arrow.ariaLabel = "Pages below this one";
});

// A formula that scrolls can be reached by keyboard.
addEventListener("load", async () => {
  await window.MathJax?.startup?.promise;
  for (const formula of document.querySelectorAll("mjx-container[display]")) {
    if (formula.scrollWidth > formula.clientWidth) formula.tabIndex = 0;
  }
});
