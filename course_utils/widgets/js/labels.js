// Where labels go: in a column at the end of curves, or around moving points on a map.

// Push labels of a column apart to a gap, no farther than they must, between two edges. Sets item.at from item.y.
export function spread(items, gap, top, bottom) {
  const step = Math.min(gap, (bottom - top) / Math.max(1, items.length - 1)), pools = [];
  items.sort((a, b) => a.y - b.y);
  items.forEach(({ y }, k) => { // labels that touch make a pool, which stands about the mean of their places
    let pool = { sum: y - k * step, many: 1 };
    while (pools.length && pools.at(-1).sum * pool.many >= pool.sum * pools.at(-1).many) {
      const { sum, many } = pools.pop();
      pool = { sum: pool.sum + sum, many: pool.many + many };
    }
    pools.push(pool);
  });
  const last = bottom - (items.length - 1) * step, hold = (y) => Math.max(top, Math.min(last, y));
  const places = pools.flatMap(({ sum, many }) => Array(many).fill(hold(sum / many)));
  items.forEach((item, k) => { item.at = places[k] + k * step; });
}

const AROUND = [[1, 0], [0.75, -1], [0.75, 1], [-1, 0], [-0.75, -1], [-0.75, 1], [0, -1.25], [0, 1.25]];
const RINGS = [13, 36].flatMap((far) => AROUND.map(([u, v], k) => (
  { dx: u * far, dy: v * far * (far < 20 ? 1.1 : 0.9), led: far > 20, cost: 0.6 * k + (far > 20 ? 5 : 0) })));
const STACKS = [1, -1].flatMap((side) => [-1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6].map((level) => (
  { dx: 30 * side, dy: 18 * level, led: true, cost: 8 + Math.abs(level) }))); // where many meet
const PLACES = [...RINGS, ...STACKS];
const COST = { shift: 0.4, label: 200, mark: 14, recent: 1.8, old: 0.7, stay: 2.5 };

const hold = (v, low, high) => Math.max(low, Math.min(high, v));
const within = ([x, y], box, margin) => (
  x > box.left - margin && x < box.right + margin && y > box.top - margin && y < box.bottom + margin);
const overlap = (a, b) => (
  a.left < b.right + 4 && b.left < a.right + 4 && a.top < b.bottom && b.top < a.bottom);

// Give each item { key, x, y, width } a box near its point: the cheapest of 40 places, each shifted into the
// canvas. The first item chooses first. marks: points to keep off; taken: boxes; paths: lists of points, the newest last.
// memory: key -> the place it had, so that labels don't jump; it is filled in.
export function place(items, { marks, taken, paths, w, h, memory }) {
  const boxes = [...taken];
  for (const item of items) {
    let best = null;
    PLACES.forEach(({ dx, dy, led, cost: own }, k) => {
      const x = item.x + dx, asked = dx > 0 ? x : dx < 0 ? x - item.width : x - item.width / 2;
      const left = hold(asked, 4, w - 4 - item.width), y = hold(item.y + dy, 12, h - 26);
      const box = { left, right: left + item.width, top: y - 8, bottom: y + 8, y, led };
      const shift = Math.abs(left - asked) + Math.abs(y - item.y - dy);
      let cost = own + COST.shift * shift;
      for (const mark of marks) {
        const itself = mark[0] === item.x && mark[1] === item.y;
        if (within(mark, box, itself ? 2 : 8)) cost += COST.mark;
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
  const beside = x < box.left - 3 || x > box.right + 3; // else above or below
  const end = beside ? hold(x, box.left - 3, box.right + 3) : hold(x, box.left + 6, box.right - 6);
  const level = box.y + (beside ? 0 : box.y < y ? 8 : -8);
  const angle = Math.atan2(level - y, end - x);
  return [[x + 8 * Math.cos(angle), y + 8 * Math.sin(angle)], [end, level]];
}
