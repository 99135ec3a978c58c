// On paper the page is light and what is folded is open; afterwards all is as it was.
// Folds inside a widget stay: they belong to play.
const page = document.documentElement;
let opened = [], theme;
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open], .ravine-place *)")];
  for (const fold of opened) fold.open = true;
  theme = page.dataset.theme;
  page.dataset.theme = "light";
});
addEventListener("afterprint", () => {
  for (const fold of opened) fold.open = false;
  page.dataset.theme = theme;
});

// The arrows that open a part of the table of contents have no name of their own.
addEventListener("DOMContentLoaded", () => {
  for (const arrow of document.querySelectorAll("nav summary")) arrow.ariaLabel = "Pages below this one";
});
