// How a drawn curve differs from the real one: the difference that matters most, in a sentence.
import { COLUMNS, features, inWords, kind, smooth, swings } from "./predict_features.js";
import { joined } from "./predict_shapes.js";
import { plain, unit, value } from "./predict_axes.js";

// {code, text} for curves on the unit square; ideas are [{name, curve, text}], usual wrong ones; start is the height
// at which the question showed that the curve begins.
export function compare(drawing, truth, x, y, ideas = [], start = null) {
  const whole = joined(drawing, start), drawn = features(whole);
  if (!drawn || !features(drawing)) return { code: "none", text: "You have drawn nothing yet. Here is what happens." };
  const where = (u) => plain(value(x, u)), height = (u) => plain(value(y, u));
  const fine = (truth.length - 1) / (COLUMNS - 1), coarse = (curve) => drawing.map((_, i) => curve[i * fine]);
  const seen = truth.map((v, i) => whole[Math.round(i / fine)] === null ? null : v); // what was drawn
  const mine = start === null ? drawing : drawing.map((v, i) => i ? v : null); // nobody had to draw the start
  const even = coarse(smoothed(truth, 1.5 * fine)), both = { mine, truth: even, drawn, real: features(seen) ?? features(truth), x, y, where, height };
  both.sides = (f) => sidesOfZero(f, y);
  both.gap = distance(mine, even);
  both.missed = farthest(mine, even);
  both.widest = widest(mine, even);
  both.middle = distance(mine, coarse(smoothed(truth, 8 * fine)));
  both.idea = nearest(both, ideas);
  both.alike = both.gap < 0.15 && correlation(mine, even) > 0.9;
  both.right = both.alike ? "The shape is right. " : "";
  const [code, text] = RULES.map((rule) => rule(both)).find(Boolean);
  const part = `You drew ${bare(x.label)} ${where(drawn.from)} to ${where(drawn.to)}; only that is compared.`;
  return { code, text: drawn.from <= 0.05 && drawn.to >= 0.95 ? text : `${text} (${part})` };
}

// What an axis shows, without its unit or its range in brackets.
const bare = (label) => label.replace(/ *\(.*\)/, "");

const RIPPLE = 0.4; // of the frame: swings that are wider are what the real curve is about

const RULES = [
  ({ gap, missed, drawn, real }) => gap < 0.06 && missed < 0.12 + 2 * real.noise && !swingsDiffer(drawn, real)
    && ["near", "Close: your curve and the real one nearly lie on each other."],
  ({ idea }) => idea && [`idea: ${idea.name}`, `You drew what happens ${idea.name}. ${idea.text}`],
  ({ drawn, real, middle, height }) => swings(real) && real.rest[1] - real.rest[0] < RIPPLE && !drawn.turns && middle < 0.08 && ["middle",
    `You have the level right. The real one goes up and down around it, between ${real.rest.map(height).join(" and ")}.`],
  ({ drawn, real }) => swingsDiffer(drawn, real)
    && ["turns", `Yours ${inWords(drawn)}; the real one ${inWords(real)}.`],
  ({ drawn, real, alike }) => kind(drawn) !== kind(real) && !alike && Math.min(drawn.turns, real.turns) < 2
    && ["kind", `Yours ${inWords(drawn)}; the real one ${inWords(real)}.`],
  ({ drawn, real }) => swings(drawn) && drawn.grows !== real.grows
    && ["trend", drawn.grows ? "Your swings grow; the real ones fade or stay as they are."
      : "Your swings don't grow; the real ones do."],
  ({ drawn, real }) => real.leaves && !drawn.leaves && Math.abs(drawn.end - real.end) > 0.1
    && ["leaves", "The real curve leaves the frame; yours stays in it."],
  powersOfTen,
  ({ drawn, real }) => swings(drawn) && drawn.high - drawn.low < 0.6 * (real.high - real.low)
    && ["width", "The right kind of curve, but the real one swings wider."],
  ({ drawn, real, widest, right, height }) => !swings(real) && Math.abs(drawn.end - real.end) > Math.max(0.1, 3 * real.noise, 0.5 * widest.by)
    && ["end", `${right}You end at ${height(drawn.end)}; really it is ${height(real.end)}.`],
  ({ drawn, real, x, where, right }) => Math.abs(drawn.settled - real.settled) > 0.15
    && Math.min(drawn.settled, real.settled) < 0.6 && [drawn.settled < real.settled ? "early" : "late",
      `${right}Yours is near its end from ${bare(x.label)} ${where(drawn.settled)} on, the real one from ${where(real.settled)} on.`],
  ({ mine, truth, widest, x, where, height }) => ["gap", `The shape is right. They are farthest apart at ${bare(x.label)} `
    + `${where(widest.at / (COLUMNS - 1))}: yours ${height(mine[widest.at])}, really ${height(truth[widest.at] ?? 0)}.`],
];

// One turn more or less is no other kind of curve.
function swingsDiffer(drawn, real) {
  const [few, many] = [drawn.turns, real.turns].sort((a, b) => a - b);
  return many > 2 && (few < 2 || many + 1 > 2 * (few + 1));
}

function powersOfTen({ drawn, real, y, height }) {
  const powers = y.log ? Math.log10(value(y, drawn.end) / value(y, real.end)) : 0;
  if (Math.abs(powers) <= 1) return null;
  const far = `${Math.round(Math.abs(powers))} power${Math.abs(powers) < 1.5 ? "" : "s"} of ten`;
  return ["size", `The shape is right, the size is not: you end at ${height(drawn.end)}, really it is `
    + `${height(real.end)}, ${far} ${powers > 0 ? "lower" : "higher"}.`];
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

// Heights, smoothed where they are; what leaves the frame counts as its edge.
const framed = (v) => Math.min(1.05, Math.max(-0.05, v));
function smoothed(curve, reach) {
  const even = smooth(curve.filter((v) => v !== null).map(framed), reach);
  return curve.map((v) => v === null ? null : even.shift());
}

const pairs = (a, b) => a.flatMap((v, i) => v === null || b[i] === null ? [] : [[v, framed(b[i])]]);
const mean = (numbers) => numbers.reduce((sum, v) => sum + v, 0) / numbers.length;

function distance(a, b) {
  const both = pairs(a, b);
  return both.length ? mean(both.map(([v, u]) => Math.abs(v - u))) : Infinity;
}

function correlation(a, b) {
  const both = pairs(a, b), [p, q] = [0, 1].map((k) => mean(both.map((pair) => pair[k])));
  const sum = (f) => both.reduce((total, [v, u]) => total + f(v - p, u - q), 0);
  return sum((v, u) => v * u) / Math.sqrt(sum((v) => v * v) * sum((_, u) => u * u) || 1);
}

function widest(a, b) {
  const gaps = a.map((v, i) => v === null || b[i] === null ? 0 : Math.abs(v - b[i])), by = Math.max(...gaps);
  return { by, at: gaps.indexOf(by) };
}

// How far the real curve is, at most, from where the drawing passes nearby: a hand is a little early or late.
function farthest(mine, truth) {
  const gaps = truth.map((v, i) => mine.slice(Math.max(0, i - 2), i + 3)
    .reduce((least, m) => m === null || v === null ? least : Math.min(least, Math.abs(m - v)), Infinity));
  return Math.max(...gaps.filter(Number.isFinite), 0);
}
