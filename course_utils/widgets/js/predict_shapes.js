// Shapes to start a drawing from: eleven handles can't draw seven swings. Each is height(t, from), where `from` is the
// height at which the curve is known to begin.
const low = (from) => from / 6, high = (from) => 1 - (1 - from) / 6; // where shapes end that go down, that go up
const swing = (from) => from - 0.5 || 0.06; // how far from the middle swings begin

export const SHAPES = {
  "falls steadily": (t, from = 0.9) => from - (from - low(from)) * t,
  "falls, then flat": (t, from = 0.9) => low(from) + (from - low(from)) * Math.exp(-6 * t),
  "rises steadily": (t, from = 0.1) => from + (high(from) - from) * t,
  "rises, then flat": (t, from = 0.1) => high(from) - (high(from) - from) * Math.exp(-6 * t),
  "swings and settles": (t, from = 0.9) => 0.5 + swing(from) * Math.exp(-3 * t) * Math.cos(18 * t),
  "swings and grows": (t, from = 0.56) => (
    0.5 + swing(from) * Math.max(1, 0.44 / Math.abs(swing(from))) ** t * Math.cos(18 * t)),
  "dips and comes back": (t, from = 0.9) => from - (from - low(from)) * Math.sin(Math.PI * t),
  "stays level": (t, from = 0.5) => from,
};

const JOIN = 15; // columns: whoever begins farther right has left the beginning out

// A drawing from the height at which its curve is known to begin, with a straight line to its first column.
export function joined(drawing, start) {
  const first = drawing.findIndex((v) => v !== null);
  if (start === null || first < 0 || first > JOIN) return drawing;
  return drawing.map((v, i) => i === 0 ? start : i < first ? start + (drawing[first] - start) * i / first : v);
}
