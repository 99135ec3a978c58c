// How a drawn schedule is judged: on the same fresh noise as the others, run by run.
import { h, short } from "./shell.js";

const TIE = 1e-6; // what a curve on the screen loses by rounding
const worst = (v) => (Number.isNaN(v) ? Infinity : v);

// First quartile, median and third quartile.
export function middleOf(values) {
  const sorted = Float64Array.from(values, worst).sort();
  return [0.25, 0.5, 0.75].map((share) => sorted[Math.ceil(share * sorted.length) - 1]);
}

// What is said of all runs: the median, which a few bad ones can't raise, or the mean.
export const AVERAGES = {
  median: (ends) => middleOf(ends)[1],
  mean: (ends) => ends.reduce((sum, end) => sum + worst(end), 0) / ends.length,
};

// How many of the decided runs each wins, and whether luck alone would give as much in 1 of 20 contests or fewer.
export function contest(yours, other) {
  let won = 0, lost = 0;
  yours.ends.forEach((end, run) => {
    const ours = worst(end), theirs = worst(other.ends[run]);
    won += ours < theirs * (1 - TIE);
    lost += theirs < ours * (1 - TIE);
  });
  const sure = Math.abs(won - lost) > 1.96 * Math.sqrt(won + lost);
  return { won, of: won + lost, sure };
}

// Whether two schedules have one shape: up to one factor they differ by a quarter in fewer than a tenth of the steps.
export function alike(lrs, others) {
  const gaps = Float64Array.from(lrs, (lr, t) => Math.log(lr / others[t])), middle = middleOf(gaps)[1];
  return gaps.filter((gap) => Math.abs(gap - middle) > Math.log(1.25)).length < lrs.length / 10;
}

// round: how often was scored; name: the preset that was loaded and not changed, if so, or is almost.
export function verdict({ won, of, sure }, { against, round, name }) {
  const who = name ?? "your curve", count = `${who} ends lower than ${against} in ${won} of ${of} runs`;
  if (!of) return `Fresh noise ${round}: no run decides between ${name ? "this curve" : who} and ${against}.`;
  if (!sure) return `Fresh noise ${round}: ${count}. That can be luck: no difference shown.`;
  if (2 * won < of) return `Fresh noise ${round}: ${count}. This time ${against} wins.`;
  if (name) return `Fresh noise ${round}: ${count}. Now beat it with a curve of your own.`;
  const again = round < 3 ? "" : ` You have scored ${round} times, and luck wins one contest in 20: score this curve once more.`;
  return `Goal met. Fresh noise ${round}: ${count}. That is more than luck.${again}`;
}

// All of them, lowest average first.
export function board(yours, others, against, average) {
  const rows = [yours, ...others].map((entry) => ({ ...entry, loss: AVERAGES[average](entry.ends) })).sort((a, b) => a.loss - b.loss);
  const line = ({ name, peak, loss, ends }) => {
    const [low, , high] = middleOf(ends);
    const { won, of } = contest(yours, { ends }), own = name === "yours";
    const cells = [short(peak), short(loss), `${short(low)} to ${short(high)}`, own ? "" : `${Math.round(100 * won / (of || 1))} %`];
    const row = h("tr", {}, h("th", { scope: "row" }, name), ...cells.map((text) => h("td", {}, text)));
    row.classList.toggle("ravine-own", own);
    row.classList.toggle("ravine-rival", name === against);
    return row;
  };
  const heads = ["schedule", "highest η", `final loss, ${average}`, "middle half", "yours is lower in"];
  return h("table", {}, h("thead", {}, h("tr", {}, ...heads.map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", {}, ...rows.map(line)));
}
