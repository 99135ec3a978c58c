// Who wins if every rule is tuned with the same few trials: they are drawn again and again.
import { font, halo, mark, paper } from "./canvas.js";
import { knob } from "./controls.js";
import { drawn } from "./random.js";
import { h, shell, short } from "./shell.js";

const EDGE = { left: 96, right: 92, top: 12, bottom: 30 };

// For each rule the places of its trials, best first: the smallest one is what tuning chooses.
export function tuneAll(rules, budget, random) {
  return rules.map(({ trials }) => (
    Array.from({ length: budget }, () => Math.floor(random() * trials.length)).sort((a, b) => a - b)));
}

// The rule whose choice has the lowest score; of equal ones, any.
export function winner(rules, places, random) {
  const scores = places.map(([first], k) => rules[k].trials[first]), best = Math.min(...scores);
  const equal = scores.flatMap((score, k) => (score === best ? [k] : []));
  return equal[Math.floor(random() * equal.length)];
}

function render({ model, el }) {
  const { rules, budgets, what, goal, window: [low, high] } = model.get("scene");
  const canvas = h("canvas.board", { role: "img" }), facts = h("p.facts");
  const kit = shell(el, "leader-board", "Which rule wins after a few trials of each", draw);
  let place = 0, random = drawn(budgets.length), places, first, wins;

  function once() {
    places = tuneAll(rules, budgets[place], random);
    first = winner(rules, places, random);
    wins[first] += 1;
  }
  function again(times = 1) {
    for (let k = 0; k < times; k++) once();
    kit.redraw();
  }
  function restart(k) {
    place = k;
    wins = rules.map(() => 0);
    again();
  }

  function draw(theme) {
    const { ctx, w, h: tall } = paper(canvas), { left, right, top, bottom } = EDGE;
    const row = (tall - top - bottom) / rules.length, color = (rule) => rule.look[theme.name];
    const X = (score) => left + Math.log(Math.min(score, high) / low) / Math.log(high / low) * (w - left - right);
    const total = wins.reduce((a, b) => a + b, 0), most = Math.max(...wins);
    Object.assign(ctx, { font: font(10.5), textAlign: "center", textBaseline: "alphabetic", lineWidth: 1 });
    for (const tick of roundScores(low, high)) {
      Object.assign(ctx, { strokeStyle: theme.hair, fillStyle: theme.muted });
      ctx.beginPath();
      ctx.moveTo(X(tick), top);
      ctx.lineTo(X(tick), tall - bottom);
      ctx.stroke();
      ctx.fillText(short(tick), X(tick), tall - bottom + 14);
    }
    ctx.fillText(`${what}: left is better`, (left + w - right) / 2, tall - 3);
    ctx.textAlign = "left";
    ctx.fillText("wins", w - right + 22, tall - bottom + 14);
    rules.forEach((rule, k) => {
      const y = top + (k + 0.5) * row, won = k === first, [chosen, ...others] = places[k];
      ctx.fillStyle = won ? theme.soft : "transparent";
      ctx.fillRect(0, y - row / 2 + 2, w, row - 4);
      Object.assign(ctx, { font: font(13, won ? 700 : 500), textAlign: "right", textBaseline: "middle" });
      halo(ctx, rule.label, left - 16, y, color(rule), theme.casing);
      ctx.fillStyle = color(rule);
      for (const other of others) {
        ctx.globalAlpha = 0.4;
        ctx.beginPath();
        ctx.arc(X(rule.trials[other]), y, 4, 0, 7);
        ctx.fill();
      }
      ctx.globalAlpha = 1;
      mark(ctx, X(rule.trials[chosen]), y, rule.look.marker, won ? 11 : 7.5, color(rule), theme.page, 3);
      const length = most ? wins[k] / most * (right - 58) : 0;
      ctx.fillStyle = color(rule);
      ctx.fillRect(w - right + 22, y - 6, Math.max(length, wins[k] ? 2 : 0), 12);
      Object.assign(ctx, { textAlign: "left", font: font(12, 600) });
      halo(ctx, String(wins[k]), w - right + 27 + length, y, theme.ink, theme.casing);
    });
    const each = budgets[place] === 1 ? "one trial" : `${budgets[place]} trials`;
    const tally = rules.map((rule, k) => `${rule.label} ${wins[k]}`).join(", ");
    const told = goal ? mostlyOne(rules[wins.indexOf(most)].label, most, total, each) : eachOnce(each);
    const text = `With ${each} for each rule, ${rules[first].label} wins. Wins in ${total}: ${tally}. ${told}`;
    if (facts.textContent !== text) facts.textContent = text;
    canvas.ariaLabel = `A row of trials for each rule. ${text}`;
    kit.say(text);
  }

  function eachOnce(each) {
    const met = wins.every((n) => n > 0);
    return met ? `Goal met: with ${each} each, every rule has been the best one.` : "Goal: let every rule win once.";
  }
  function mostlyOne(label, most, total, each) {
    const met = total >= 100 && most >= goal * total;
    return met ? `Goal met with ${each} each: ${label} has won ${most} of ${total}. Do fewer trials do?`
      : `Goal: with as few trials as you can, let one rule win ${Math.round(100 * goal)} of 100 draws.`;
  }

  const start = goal ? budgets.length - 1 : 0;
  const budget = knob({
    label: "trials for each rule", name: "budget", low: 0, high: budgets.length - 1,
    notches: budgets.length - 1, whole: true, value: start, text: (k) => String(budgets[k]),
  }, restart);
  const one = h("button", { type: "button", title: "key R", onclick: () => again() }, "Draw again");
  const many = h("button", { type: "button", title: "key H", onclick: () => again(100) }, "100 times");
  kit.root.addEventListener("keydown", ({ key }) => {
    if (key === "r" || key === "R") again();
    if (key === "h" || key === "H") again(100);
  });
  kit.root.append(canvas, h("div.below", {}, budget.node, one, many), facts);
  restart(start);
  return () => kit.close();
}

// 1, 2 and 5 in each decade.
function roundScores(low, high) {
  const decades = Array.from({ length: 14 }, (_, k) => 10 ** (k - 8));
  return decades.flatMap((one) => [one, 2 * one, 5 * one]).filter((x) => x >= low && x <= high);
}

export default { render };
