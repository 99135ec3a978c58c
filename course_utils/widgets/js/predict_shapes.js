// Shapes to start a drawing from: eleven handles can't draw seven swings.
export const SHAPES = {
  "falls steadily": (t) => 0.9 - 0.75 * t,
  "falls, then flat": (t) => 0.15 + 0.75 * Math.exp(-6 * t),
  "rises steadily": (t) => 0.1 + 0.75 * t,
  "rises, then flat": (t) => 0.85 - 0.75 * Math.exp(-6 * t),
  "swings and settles": (t) => 0.5 + 0.4 * Math.exp(-3 * t) * Math.cos(18 * t),
  "swings and grows": (t) => 0.5 + 0.06 * Math.exp(2 * t) * Math.cos(18 * t),
  "dips and comes back": (t) => 0.9 - 0.75 * Math.sin(Math.PI * t),
  "stays level": () => 0.5,
};
