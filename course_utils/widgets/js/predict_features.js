// What a curve does, in the terms in which people talk about it. A curve is a list of heights on
// the unit square of its axes, logarithms already taken; null where nothing is drawn.
export const COLUMNS = 61; // of a drawing; a real curve may have a multiple of its steps

const WOBBLE = 0.09; // of the frame: what a hand does without meaning it
const LEVEL = 0.08;
const HAND = 1.5; // columns on each side over which a curve is smoothed

export function features(curve) {
  const points = curve.map((y, i) => [i / (curve.length - 1), y]).filter(([, y]) => y !== null);
  if (points.length < 6) return null;
  const x = points.map((p) => p[0]), raw = points.map((p) => p[1]);
  const y = smooth(raw, HAND * (curve.length - 1) / (COLUMNS - 1)), last = y.length - 1;
  const low = Math.min(...y), high = Math.max(...y);
  const noise = 1.5 * median(y.map((v, i) => Math.abs(v - raw[i])));
  const turns = turnsOf(y, Math.max(WOBBLE, 0.12 * (high - low), 3 * noise));
  const calm = Math.max(0.06, 0.12 * (high - low), 3 * noise);
  const loudest = y.findLastIndex((v) => Math.abs(v - y[last]) > calm);
  const third = Math.ceil(y.length / 3);
  const span = (part) => Math.max(...part) - Math.min(...part);
  return {
    turns: turns.length, first: turns[0], noise, low, high, start: y[0], end: y[last], from: x[0], to: x[last],
    settled: x[Math.min(loudest + 1, last)], // from here on it stays near its end
    grows: turns.length > 2 && span(y.slice(-third)) > 1.3 * span(y.slice(0, third)),
    leaves: low < -0.02 || high > 1.02,
    rest: turns.length ? [Math.min(...y.slice(turns[0].at)), Math.max(...y.slice(turns[0].at))] : [low, high],
  };
}

// Means over so many neighbors on each side; fewer near the ends, which stay as they are.
export function smooth(y, reach) {
  return y.map((_, i) => {
    const by = Math.floor(Math.min(reach, i, y.length - 1 - i)), part = y.slice(i - by, i + by + 1);
    return part.reduce((sum, v) => sum + v, 0) / part.length;
  });
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

// Where a curve turns: once it has gone back by more than a wobble. {at, up}: up if it rose until there.
function turnsOf(y, wobble) {
  const turns = [];
  let direction = 0, top = 0, bottom = 0;
  y.forEach((v, i) => {
    if (direction >= 0 && v > y[top]) top = i;
    if (direction <= 0 && v < y[bottom]) bottom = i;
    if (direction >= 0 && y[top] - v > wobble) {
      if (direction) turns.push({ at: top, up: true });
      direction = -1;
      bottom = i;
    } else if (direction <= 0 && v - y[bottom] > wobble) {
      if (direction) turns.push({ at: bottom, up: false });
      direction = 1;
      top = i;
    }
  });
  return turns;
}

const slope = ({ start, end, noise }) => Math.abs(end - start) <= Math.max(LEVEL, 3 * noise) ? ""
  : end > start ? "rises" : "falls";

export const swings = (f) => f.turns > 2;

// One or two turns are told way by way.
export function kind(f) {
  if (swings(f)) return "swings";
  if (!f.turns) return slope(f) || "stays level";
  const [one, other] = f.first.up ? ["rises", "falls"] : ["falls", "rises"];
  return f.turns === 1 ? `${one}, then ${other}` : `${one}, ${other}, then ${one}`;
}

export const inWords = (f) => swings(f) ? `swings, with ${f.turns > 5 ? "at least " : ""}${f.turns} turns` : kind(f); // small ones are not counted
