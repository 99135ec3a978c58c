// What a curve does, in the terms in which people talk about it. A curve is a list of heights on
// the unit square of its axes, logarithms already taken; null where nothing is drawn.
export const COLUMNS = 61; // of a drawing; a real curve may have a multiple of its steps

const WOBBLE = 0.09; // of the frame: what a hand does without meaning it
const LEVEL = 0.08;

export function features(curve) {
  const points = curve.map((y, i) => [i / (curve.length - 1), y]).filter(([, y]) => y !== null);
  if (points.length < 6) return null;
  const x = points.map((p) => p[0]), y = points.map((p) => p[1]), last = y.length - 1;
  const low = Math.min(...y), high = Math.max(...y);
  const turns = countTurns(y, Math.max(WOBBLE, 0.12 * (high - low)));
  const calm = Math.max(0.06, 0.12 * (high - low));
  const loudest = y.findLastIndex((v) => Math.abs(v - y[last]) > calm);
  const third = Math.ceil(y.length / 3);
  const span = (part) => Math.max(...part) - Math.min(...part);
  return {
    turns, low, high, start: y[0], end: y[last], from: x[0], to: x[last],
    settled: x[Math.min(loudest + 1, last)], // from here on it stays near its end
    grows: turns > 1 && span(y.slice(-third)) > 1.3 * span(y.slice(0, third)),
    leaves: low < -0.02 || high > 1.02,
  };
}

// A turn counts once the curve has gone back by more than a wobble.
function countTurns(y, wobble) {
  let turns = 0, direction = 0, top = y[0], bottom = y[0];
  for (const v of y) {
    top = direction < 0 ? top : Math.max(top, v);
    bottom = direction > 0 ? bottom : Math.min(bottom, v);
    if (direction >= 0 && top - v > wobble) {
      turns += direction > 0;
      direction = -1;
      bottom = v;
    } else if (direction <= 0 && v - bottom > wobble) {
      turns += direction < 0;
      direction = 1;
      top = v;
    }
  }
  return turns;
}

const slope = (f) => f.end - f.start > LEVEL ? "rises" : f.end - f.start < -LEVEL ? "falls" : "";

export const swings = (f) => f.turns > 1;

export const kind = (f) => swings(f) ? "swings" : f.turns ? "turns" : slope(f) || "stays level";

export function inWords(f) {
  if (swings(f)) return `swings, with ${f.turns} turns`;
  if (f.turns) return slope(f) ? `${slope(f)}, with one turn` : "goes away and comes back";
  return kind(f);
}
