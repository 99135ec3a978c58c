// What a race says, in words: for chips, for those who listen, for what went wrong and what was reached.
import { power, short } from "./shell.js";

// The line of a rule in its chip.
export function lineOf({ lost, arrived, loss, stale }, t, outside, floor) {
  const step = Math.floor(t);
  if (stale) return "waiting for Python";
  if (lost <= step) return `blew up, step ${lost}`;
  if (arrived >= 0 && arrived <= step) return `there from step ${arrived} of ${loss.length - 1}`;
  if (outside) return "outside the map";
  return floor ? `${short(loss[step] - floor)} above min` : `loss ${short(loss[step])}`;
}

// The longest words that a chip, and the line below a race, may have to hold.
export const longestLine = ({ steps }) => lineOf({ lost: Infinity, arrived: steps, loss: { length: steps + 1 } }, steps);
export function longestNews({ goal, rules, steps }) {
  const met = goal ? [goalMet(rules.find(({ name }) => name === goal.rule), steps), luck(steps)] : [];
  return [...met, ...rules.map(({ label }) => blowUp({ label, loss: [], lost: steps }))].join(" ");
}

// All of it, for a screen reader.
export function summary({ knobs, steps, floor }, settings, runs, t, out) {
  const set = knobs.map(({ name, more, label }) => `${more ? `${more} ` : ""}${label} ${short(settings[name])}`);
  const lines = runs.map((run) => `${run.label}: ${lineOf(run, t, out[run.name], floor)}`);
  return `${set.join(", ")}. Step ${Math.floor(t)} of ${steps}. ${lines.join(". ")}.`;
}

export function blowUp({ label, loss, lost }) {
  const last = Math.abs(loss[lost] ?? loss[lost - 1]), fold = Math.floor(Math.log10(last / Math.abs(loss[0])));
  const grown = fold > 3 ? `: its loss had grown ${power(fold)}-fold` : "";
  return `${label} blew up at step ${lost}${grown || ", where its numbers stopped being numbers"}.`;
}

export function troubles(failed) {
  return failed.map(({ rule, trouble }) => (
    trouble ?? `${rule.label} is Python code, so it needs a running kernel for these settings: run this cell.`));
}

const goalMet = ({ label }, steps) => `Goal met: ${label} takes ${steps} steps.`;
const luck = (made) => `But only ${made} of 20 starts close by make it, so it is luck. Look for a setting that holds.`;

// The goal, and when a played run has met it, whether starts close by meet it too.
export function goalWords({ goal, within, window, minima, steps }, track, runs, settings, start, t) {
  const run = goal && runs.find(({ name }) => name === goal.rule);
  if (!run) return "";
  const star = minima.length > 1 ? "a star" : "the star";
  const task = `Goal: ${run.label} comes within ${within} of ${star} in at most ${goal.steps} steps, and stays.`;
  if (run.arrived < 0) return t < track.done(runs) ? task : `${task} Here it is not there after ${steps}.`;
  if (t < run.arrived) return task;
  if (run.arrived > goal.steps) return `${task} Here it takes ${run.arrived}.`;
  const met = goalMet(run, run.arrived);
  if (!track.here(run)) return met;
  const around = Array.from({ length: 20 }, (_, k) => start.map((x, axis) => (
    x + 0.01 * (window[axis][1] - window[axis][0]) * Math[axis ? "sin" : "cos"](k * Math.PI / 10))));
  const made = around.filter((near) => {
    const { arrived } = track.run(run, settings, near);
    return arrived >= 0 && arrived <= 1.1 * goal.steps;
  }).length;
  return made >= 18 ? `${met} That is no luck: ${made} of 20 starts close by make it, too.`
    : `${met} ${luck(made)}`;
}

export function mapWords({ knobs, map: { names }, within, minima }, rule, settings, steps, best, kinds, patience) {
  const set = names.map((name) => `${knobs.find((spec) => spec.name === name).label} = ${short(settings[name])}`);
  const late = steps === -2 ? "blows up" : `is not there after ${patience} steps`;
  const needs = steps >= 0 ? `needs ${steps} steps` : late;
  const least = best ? ` The best cell needs ${best.steps}.` : "";
  const signs = `${kinds.lost ? " Hatched: it blows up." : ""}${kinds.late ? " Dotted: not there in time." : ""}`;
  return `${rule.label} ${needs} with ${set.join(" and ")}.${least} What is counted: steps from your start until it `
    + `is within ${within} of ${minima.length > 1 ? "a star" : "the star"} and stays, at most ${patience}. Each cell is `
    + `one run.${signs} Point to preview, click to take the setting.`;
}
