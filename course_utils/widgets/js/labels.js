// Where labels go: in a column at the end of curves, or around moving points on a map.

// Push labels of a column apart to a gap, alike on both sides, between two edges. Sets item.at from item.y.
export function spread(items, gap, top, bottom) {
  for (const item of items) item.at = item.y;
  for (let pass = 0; pass < 12; pass++) {
    items.sort((a, b) => a.at - b.at || a.y - b.y);
    for (let k = 1; k < items.length; k++) {
      const missing = gap - (items[k].at - items[k - 1].at);
      if (missing <= 0) continue;
      items[k].at += missing / 2;
      items[k - 1].at -= missing / 2;
    }
    for (const item of items) item.at = Math.max(top, Math.min(bottom, item.at));
  }
}

const AROUND = [[1, 0], [0.75, -1], [0.75, 1], [-1, 0], [-0.75, -1], [-0.75, 1], [0, -1.25], [0, 1.25]];
const PLACES = [13, 36].flatMap((far) => (
  AROUND.map(([u, v]) => ({ dx: u * far, dy: v * far * (far < 20 ? 1.1 : 0.9), led: far > 20 }))));
const COST = { edge: 60, label: 25, mark: 14, recent: 1.8, old: 0.7, led: 5, later: 0.6, stay: 2.5 };

const within = ([x, y], box, margin) => (
  x > box.left - margin && x < box.right + margin && y > box.top - margin && y < box.bottom + margin);
const overlap = (a, b) => (
  a.left < b.right + 4 && b.left < a.right + 4 && a.top < b.bottom && b.top < a.bottom);

// Give each item { key, x, y, width } a box near its point: the cheapest of 16 places. The first item
// chooses first. marks: points to keep off; taken: boxes; paths: lists of points, the newest last.
// memory: key -> the place it had, so that labels don't jump; it is filled in.
export function place(items, { marks, taken, paths, w, h, memory }) {
  const boxes = [...taken];
  for (const item of items) {
    let best = null;
    PLACES.forEach(({ dx, dy, led }, k) => {
      const x = item.x + dx, y = item.y + dy;
      const left = dx > 0 ? x : dx < 0 ? x - item.width : x - item.width / 2;
      const box = { left, right: left + item.width, top: y - 8, bottom: y + 8, y, dx, led };
      let cost = (k % 8) * COST.later + (led ? COST.led : 0);
      if (left < 4 || box.right > w - 4 || y < 12 || y > h - 26) cost += COST.edge;
      for (const mark of marks) {
        const own = mark[0] === item.x && mark[1] === item.y;
        if (within(mark, box, own ? 2 : 8)) cost += COST.mark;
      }
      for (const other of boxes) if (overlap(box, other)) cost += COST.label;
      for (const path of paths) cost += crossings(path, box);
      if (memory[item.key] === k) cost -= COST.stay;
      if (!best || cost < best.cost) best = { ...box, cost, k };
    });
    item.box = best;
    memory[item.key] = best.k;
    boxes.push(best);
  }
}

// Whether the piece from (x, y) to (u, v) passes through a box: what is left of it between the four sides.
export function crosses([x, y], [u, v], box) {
  let from = 0, to = 1;
  for (const [at, way, low, high] of [[x, u - x, box.left, box.right], [y, v - y, box.top, box.bottom]]) {
    if (!way) { if (at < low || at > high) return false; continue; }
    const [a, b] = [(low - at) / way, (high - at) / way];
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
  }
  return from <= to;
}

// What the last 60 pieces of a path cost that pass through a box.
function crossings(path, box) {
  let cost = 0;
  for (let k = Math.max(1, path.length - 60); k < path.length; k++) {
    if (crosses(path[k - 1], path[k], box)) cost += k > path.length - 16 ? COST.recent : COST.old;
  }
  return cost;
}

// The end of a leader from a point to its box.
export function leader({ x, y, box }) {
  const end = box.dx > 0 ? box.left - 3 : box.dx < 0 ? box.right + 3 : (box.left + box.right) / 2;
  const level = box.y + (box.dx === 0 ? (box.y < y ? 8 : -8) : 0);
  const angle = Math.atan2(level - y, end - x);
  return [[x + 8 * Math.cos(angle), y + 8 * Math.sin(angle)], [end, level]];
}
