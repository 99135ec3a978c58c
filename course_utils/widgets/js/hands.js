// Hands on a race: mouse, finger and keys on the map, the loss and the map of settings.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

const spotOf = (node, { clientX, clientY }) => {
  const { left, top } = node.getBoundingClientRect();
  return [clientX - left, clientY - top];
};

// The start: drag the ring, click elsewhere to drop it there, or move it with the arrow keys.
export function moveStart({ map, handle, spot, place, move, time }) {
  const within = (x, high) => Math.max(0, Math.min(high, x));
  let held = false;
  map.addEventListener("click", (event) => {
    move(spot().undo(...spotOf(map, event)));
    handle.focus({ preventScroll: true });
  });
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // JupyterLab keeps the next cell active, and a finger doesn't scroll
    handle.setPointerCapture(event.pointerId);
    handle.focus({ preventScroll: true });
    held = true;
  });
  handle.addEventListener("pointermove", (event) => {
    if (!held) return;
    const [x, y] = spotOf(map, event), { undo, w, h } = spot();
    move(undo(within(x, w), within(y, h)));
  });
  for (const end of ["pointerup", "pointercancel"]) handle.addEventListener(end, () => { held = false; });
  handle.addEventListener("keydown", (event) => {
    const way = ARROWS[event.key];
    if (event.key === " ") time.toggle();
    else if (way) {
      const part = event.shiftKey ? 0.05 : 0.01;
      move(place().map((x, axis) => x + way[axis] * part * (spot().window[axis][1] - spot().window[axis][0])));
    } else return;
    event.preventDefault();
  });
}

// The loss: drag to a step.
export function dragTime({ loss, stepAt, time, steps }) {
  let held = false;
  const go = (event) => time.seek(stepAt(spotOf(loss, event)[0], steps));
  loss.addEventListener("pointerdown", (event) => {
    loss.setPointerCapture(event.pointerId);
    held = true;
    go(event);
  });
  loss.addEventListener("pointermove", (event) => { if (held) go(event); });
  for (const end of ["pointerup", "pointercancel"]) loss.addEventListener(end, () => { held = false; });
}

// The map of settings: point to see a run, click to take its setting; with arrow keys and Enter, too.
export function pointAtSettings({ heat, settingsAt, step, current, point, take }) {
  let cursor = null;
  const leave = () => { cursor = null; point(null); };
  heat.addEventListener("pointermove", (event) => point(settingsAt(...spotOf(heat, event))));
  heat.addEventListener("pointerleave", leave);
  heat.addEventListener("blur", leave);
  heat.addEventListener("click", (event) => {
    if (event.detail) take(settingsAt(...spotOf(heat, event))); // 0 comes from a key
  });
  heat.addEventListener("keydown", (event) => {
    const way = ARROWS[event.key];
    if (way) point(cursor = step(cursor ?? current(), way, event.shiftKey ? 5 : 1));
    else if (event.key === "Enter" && cursor && !event.shiftKey) { take(cursor); cursor = null; }
    else return;
    event.preventDefault();
  });
}
