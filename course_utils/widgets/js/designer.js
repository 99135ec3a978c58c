// The schedule designer: draw a learning rate for every step, and see at once what runs do with it.
import { RULES } from "./rules.js";
import { PROBLEMS } from "./trials.js";
import { choices, knob } from "./controls.js";
import { drawFan } from "./playground_draw.js";
import { sketch } from "./sketch.js";
import { AVERAGES, alike, board, contest, middleOf, verdict } from "./designer_score.js";
import { unit, value } from "./predict_axes.js";
import { h, shell, short } from "./shell.js";

const YOU = { light: "#c24e00", dark: "#ffa94d" };
const PRACTICE = 1; // the seed of the noise on which one practices

function render({ model, el }) {
  const { problem, settings, rule, hyper, steps, every, rates, runs, presets, against, opens, loss, average, peaks } = model.get("scene");
  const trial = PROBLEMS[problem]({ ...settings, steps }), practice = trial.chance(PRACTICE, runs.practice);
  const axis = { ...rates, log: true }, best = {};
  // How runs under these rates end, and their losses on the way.
  const ends = (lrs, chance) => trial.train(chance, lrs, RULES[rule](hyper), steps).loss.subarray(chance.count);
  function watched(lrs) {
    const { marks, loss: all } = trial.train(practice, lrs, RULES[rule](hyper), every), { count } = practice;
    const rows = marks.length - 1, row = (k) => all.subarray(k * count, (k + 1) * count);
    return { rows, all, count, averages: marks.map((_, k) => AVERAGES[average](row(k))), ends: row(rows) };
  }
  const scaled = (name, peak) => {
    return presets[name].map((factor) => Math.min(rates.high, Math.max(rates.low, peak * factor)));
  };
  // Lowest at the best peak: the mean, or the loss that three quarters of the runs stay below, for a peak that breaks
  // some runs is too high.
  const price = { mean: AVERAGES.mean, median: (all) => middleOf(all)[2] }[average];
  function tuned(name) {
    if (best[name]) return best[name];
    for (const peak of peaks) {
      const lrs = scaled(name, peak), end = price(ends(lrs, practice));
      if (!best[name] || end < best[name].end) best[name] = { peak, lrs, end };
    }
    return best[name];
  }
  const rival = { ...tuned(against), ...watched(tuned(against).lrs) };
  const heights = (lrs) => lrs.map((lr) => unit(axis, lr));

  const ui = shell(el, "designer", "Design a schedule", draw), { root } = ui;
  const fan = h("canvas.fan", { role: "img" }), facts = h("p.facts"), told = h("p.told"), table = h("div.board");
  const pen = sketch({ steps, rates, changed });
  const loads = choices("load a schedule", Object.keys(presets).map((name) => ({ name })), (name) => {
    pen.become(heights(tuned(name).lrs));
    loads.set(loaded = name);
    known.add(name);
  });
  const lift = knob({ label: "highest η", low: rates.low, high: rates.high, scale: "log", value: opens.peak, name: "peak" },
    (peak) => pen.lift(unit(axis, peak)));
  lift.slider.addEventListener("pointerdown", pen.remember);
  const undo = h("button", { type: "button", onclick: pen.undo }, "Undo");
  const score = h("button.play", { type: "button", onclick: judge }, "Score it on fresh noise");
  let last = null, round = 0, busy = false, loaded = null; // loaded: the preset that the curve is, untouched
  const known = new Set(); // the presets that were ever loaded
  const copied = (lrs) => [...known].find((name) => alike(lrs, tuned(name).lrs));

  function changed() {
    loads.set(loaded = null);
    last = null;
    ui.redraw();
  }
  function draw(theme) {
    const color = YOU[theme.name];
    last ??= watched(pen.rates);
    lift.set(Math.max(...pen.rates));
    const strong = (name, { averages }, paint) => ({ of: (row) => averages[row], name, color: paint });
    drawFan(fan, {
      theme, color, values: last.all, seeds: last.count, thin: runs.shown, steps: last.rows, every,
      now: last.rows, strong: [strong(against, rival, theme.accent), strong("yours", last, color)],
      axis: { name: "loss", ...loss, log: true },
    });
    const [low, , high] = middleOf(last.ends), [yours, its] = [last, rival].map((way) => AVERAGES[average](way.ends));
    const { won, of } = contest(last, rival);
    const text = `On the noise you practice on, your curve ends at a ${average} loss of ${short(yours)} (middle half of ${practice.count} runs: `
      + `${short(low)} to ${short(high)}); ${against}, at its best height, at ${short(its)}. `
      + (of ? `Yours is lower in ${Math.round(100 * won / of)} % of the runs.` : "They are the same.");
    if (facts.textContent !== text) facts.textContent = text;
    fan.ariaLabel = `Loss over steps, ${runs.shown} runs of your schedule, their ${average}, and that of ${against}. ${text}`;
    ui.say(text);
  }
  // All schedules on noise that nobody has seen; a pause between two of them lets the page breathe.
  async function judge() {
    if (busy) return;
    busy = true;
    round += 1;
    const chance = trial.chance(1000 + round, runs.fresh), lrs = pen.rates, untouched = loaded, copy = copied(lrs), results = [];
    for (const entry of ["yours", ...Object.keys(presets)]) {
      told.textContent = `Fresh noise, ${runs.fresh} runs each: ${entry} …`;
      await new Promise((next) => { setTimeout(next); });
      if (ui.signal.aborted) return;
      const own = entry === "yours" ? { lrs, peak: Math.max(...lrs) } : tuned(entry);
      results.push({ name: entry, peak: own.peak, ends: ends(own.lrs, chance) });
    }
    busy = false;
    const [yours, ...others] = results;
    table.replaceChildren(board(yours, others, against, average));
    const rivals = others.find((entry) => entry.name === against);
    told.textContent = verdict(contest(yours, rivals), { against, round, name: untouched ?? (copy && `almost ${copy}`) });
    ui.say(told.textContent);
  }

  root.append(
    h("div.side", {}, pen.node, h("div.row", {}, undo, lift.node)), h("div.side", {}, fan, facts),
    h("div.below", {}, h("div.row", {}, h("span.of", {}, "load"), loads.node), h("div.row", {}, score, told), table),
  );
  told.textContent = `Goal: a curve of your own that beats ${against} on fresh noise.`;
  pen.become(heights(scaled(opens.name, opens.peak)), false);
  pen.against(against, heights(rival.lrs));
  return () => ui.close();
}

export default { render };
