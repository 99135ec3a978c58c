// How a drawn curve differs from the real one: the first difference that matters, in a sentence.
import { COLUMNS, features, inWords, kind, swings } from "./predict_features.js";
import { unit, value } from "./predict_axes.js";
import { short } from "./shell.js";

// {code, text} for curves on the unit square; ideas are [{name, curve, text}], usual wrong ones.
export function compare(mine, truth, x, y, ideas = []) {
  const drawn = features(mine);
  if (!drawn) return { code: "none", text: "You have drawn nothing yet. Here is what happens." };
  const whole = drawn.from <= 0.05 && drawn.to >= 0.95;
  const where = (u) => short(value(x, u)), height = (u) => short(value(y, u));
  const fine = (truth.length - 1) / (COLUMNS - 1);
  const seen = truth.map((v, i) => mine[Math.round(i / fine)] === null ? null : v); // what was drawn
  const coarse = mine.map((_, i) => truth[i * fine]);
  const both = { mine, truth: coarse, drawn, real: features(seen) ?? features(truth), x, y, where, height };
  both.sides = (f) => sidesOfZero(f, y);
  both.gap = distance(mine, coarse);
  both.missed = farthest(mine, coarse);
  both.idea = nearest(both, ideas);
  const [code, text] = RULES.map((rule) => rule(both)).find(Boolean);
  const part = `You drew ${x.label} ${where(drawn.from)} to ${where(drawn.to)}; only that is compared.`;
  return { code, text: whole ? text : `${text} (${part})` };
}

const RULES = [
  ({ gap, missed, drawn, real }) => gap < 0.05 && missed < 0.12 && !swingsDiffer(drawn, real)
    && ["near", "Close: your curve and the real one nearly lie on each other."],
  ({ idea }) => idea && [`idea: ${idea.name}`, `You drew what happens ${idea.name}. ${idea.text}`],
  ({ drawn, real }) => swingsDiffer(drawn, real)
    && ["turns", `Yours ${inWords(drawn)}; the real one ${inWords(real)}.`],
  ({ drawn, real }) => kind(drawn) !== kind(real)
    && ["kind", `Yours ${inWords(drawn)}; the real one ${inWords(real)}.`],
  ({ drawn, real }) => swings(drawn) && drawn.grows !== real.grows
    && ["trend", drawn.grows ? "Your swings grow; the real ones fade or stay as they are."
      : "Your swings don't grow; the real ones do."],
  ({ drawn, real }) => real.leaves && !drawn.leaves && Math.abs(drawn.end - real.end) > 0.1
    && ["leaves", "The real curve leaves the frame; yours stays in it."],
  powersOfTen,
  ({ drawn, real }) => swings(drawn) && drawn.high - drawn.low < 0.6 * (real.high - real.low)
    && ["width", "The right kind of curve, but the real one swings wider."],
  ({ drawn, real, height }) => !swings(real) && Math.abs(drawn.end - real.end) > 0.1
    && ["end", `You end at ${height(drawn.end)}; really it is ${height(real.end)}.`],
  ({ drawn, real, x, where }) => Math.abs(drawn.settled - real.settled) > 0.15
    && Math.min(drawn.settled, real.settled) < 0.6 && [drawn.settled < real.settled ? "early" : "late",
      `Yours is near its end from ${x.label} ${where(drawn.settled)} on, the real one from ${where(real.settled)} on.`],
  widestGap,
];

function swingsDiffer(drawn, real) {
  const [few, many] = [drawn.turns, real.turns].sort((a, b) => a - b);
  return swings(drawn) !== swings(real) || (many > 1 && many + 1 > 2 * (few + 1));
}

function powersOfTen({ drawn, real, y, height }) {
  const powers = y.log ? Math.log10(value(y, drawn.end) / value(y, real.end)) : 0;
  if (Math.abs(powers) <= 1) return null;
  const far = `${Math.round(Math.abs(powers))} power${Math.abs(powers) < 1.5 ? "" : "s"} of ten`;
  return ["size", `The shape is right, the size is not: you end at ${height(drawn.end)}, really it is `
    + `${height(real.end)}, ${far} ${powers > 0 ? "lower" : "higher"}.`];
}

function widestGap({ mine, truth, x, where, height }) {
  const gaps = mine.map((v, i) => v === null || truth[i] === null ? 0 : Math.abs(v - truth[i]));
  const i = gaps.indexOf(Math.max(...gaps));
  return ["gap", `The kind of curve is right. They are farthest apart at ${x.label} `
    + `${where(i / (COLUMNS - 1))}: yours ${height(mine[i])}, really ${height(truth[i] ?? 0)}.`];
}

// On which sides of zero a curve has been, by more than a hand's wobble.
function sidesOfZero({ low, high }, y) {
  const zero = y.log ? -Infinity : unit(y, 0), wobble = 0.06;
  return `${low < zero - wobble} ${high > zero + wobble}`;
}

// An idea must be of the drawing's own kind, on the same sides of zero, near it, and clearly nearer than the truth.
function nearest({ mine, drawn, gap, sides }, ideas) {
  const near = ideas
    .map((idea) => ({ ...idea, away: distance(mine, idea.curve), its: features(idea.curve) }))
    .filter(({ its, away }) => its && kind(its) === kind(drawn) && sides(its) === sides(drawn) && away < 0.08 && away < 0.7 * gap);
  return near.sort((a, b) => a.away - b.away)[0];
}

// Mean distance where both are; what leaves the frame counts as its edge.
function distance(a, b) {
  const inside = (v) => Math.min(1.05, Math.max(-0.05, v));
  const gaps = a.flatMap((v, i) => v === null || b[i] === null ? [] : [Math.abs(v - inside(b[i]))]);
  return gaps.length ? gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length : Infinity;
}

// How far the real curve is, at most, from where the drawing passes nearby: a hand is a little early or late.
function farthest(mine, truth) {
  const inside = (v) => Math.min(1.05, Math.max(-0.05, v));
  const gaps = truth.map((v, i) => mine.slice(Math.max(0, i - 2), i + 3)
    .reduce((least, m) => m === null || v === null ? least : Math.min(least, Math.abs(m - inside(v))), Infinity));
  return Math.max(...gaps.filter(Number.isFinite), 0);
}
