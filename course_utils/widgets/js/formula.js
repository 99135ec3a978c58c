// A formula as a book prints it: a nested list of lines.py to nodes of HTML.
import { h } from "./shell.js";

const PRINTED = {
  grad: "g", lr: "η", beta: "β", beta1: "β₁", beta2: "β₂", eps: "ε", alpha: "α", weight_decay: "λ",
};
const BINDS = { "+": 1, "-": 1, neg: 2, "*": 2, "/": 2, "**": 3 };
const SIGNS = { "+": " + ", "-": " − ", "*": " ", "/": " / " };

// m_hat is m with a hat, for which few fonts have a letter.
export function printed(name) {
  const [, bare, hat] = /^(.+?)(_hat)?$/.exec(name);
  return h(hat ? "i.hat" : "i", {}, PRINTED[bare] ?? bare);
}

// Brackets where something weaker stands inside something stronger.
function within(part, strength) {
  const inner = formula(part);
  return (BINDS[part[0]] ?? 4) < strength ? ["(", ...inner, ")"] : inner;
}

export function formula([kind, ...parts]) {
  if (kind === "num") return [String(parts[0]).replace("-", "−")];
  if (kind === "name" || kind === "old") return [printed(parts[0])];
  if (kind === "neg") return ["−", ...within(parts[0], 2)];
  if (kind === "call" && parts[0] === "sqrt") return ["√", ...within(parts[1], 4)];
  if (kind === "call") return [parts[0], "(", ...formula(parts[1]), ")"];
  if (kind === "**") return [...within(parts[0], 4), h("sup", {}, ...formula(parts[1]))];
  const strength = BINDS[kind], [left, right] = parts;
  return [...within(left, strength), SIGNS[kind], ...within(right, kind === "+" || kind === "*" ? strength : strength + 1)];
}
