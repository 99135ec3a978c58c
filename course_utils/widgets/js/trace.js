// A rule's lines at work: formulas are nested lists, as lines.py reads them from the Python source.

const OPERATORS = {
  "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "/": (a, b) => a / b,
  "**": (a, b) => (b === 2 ? a * a : a ** b),
};

export function value([kind, ...parts], names, kept) {
  if (kind === "num") return parts[0];
  if (kind === "name") return names[parts[0]];
  if (kind === "old") return parts[0] in kept ? kept[parts[0]] : value(parts[1], names, kept);
  if (kind === "neg") return -value(parts[0], names, kept);
  if (kind === "call") return Math[parts[0]](value(parts[1], names, kept));
  return OPERATORS[kind](value(parts[0], names, kept), value(parts[1], names, kept));
}

// One entry a step: the gradient, the value of each line, the weight before and after, and the step that is taken from it.
export function trace({ lines, memory, start }, settings, gradients) {
  let w = start, kept = {};
  return gradients.map((given) => {
    const grad = given * settings.size, names = { ...settings, w, grad };
    const values = lines.map(({ name, formula }) => (names[name] = value(formula, names, kept)));
    kept = Object.fromEntries(Object.entries(memory).map(([name, formula]) => [name, value(formula, names, kept)]));
    const before = w;
    w = names.w = values[values.length - 1];
    return { grad, values, before, after: w, step: before - w };
  });
}
