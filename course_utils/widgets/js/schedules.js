// Twins of schedules.py: each gives a function t -> factor on the learning rate.

const constant = () => () => 1;
const step_decay = ({ every, factor = 0.1 }) => (t) => factor ** Math.floor(t / every);
const exponential = ({ rate }) => (t) => rate ** t;
const linear = ({ total, floor = 0 }) => (t) => 1 - (1 - floor) * Math.min(t, total) / total;

const cosine = ({ total, floor = 0, cycles = 1 }) => (t) => {
  const turns = Math.min(t, total) / total * cycles, progress = turns < cycles ? turns % 1 : 1;
  return floor + (1 - floor) * (1 + Math.cos(Math.PI * progress)) / 2;
};

const warmup = ({ steps, then = () => 1 }) => (t) => (t < steps ? t / steps : then(t - steps));

const one_cycle = ({ total, rise = 0.3, first = 0.04, last = 4e-6 }) => (t) => {
  const top = rise * total - 1, at = Math.min(t, total - 1), half = (p) => (1 + Math.cos(Math.PI * p)) / 2;
  return t < top ? 1 - (1 - first) * half(t / top) : last + (1 - last) * half((at - top) / (total - 1 - top));
};

const wsd = ({ total, warm, decay, floor = 0 }) => {
  const fall = linear({ total: decay, floor });
  return warmup({ steps: warm, then: (t) => fall(Math.max(t - (total - warm - decay), 0)) });
};

export const SCHEDULES = { constant, step_decay, exponential, linear, cosine, warmup, one_cycle, wsd };

// The schedules people use, by name, for a number of steps.
const tenth = (total) => Math.round(total / 10);

export const PRESETS = {
  constant: () => constant(),
  "step decay": (total) => step_decay({ every: Math.ceil(total / 3) }),
  exponential: (total) => exponential({ rate: 0.01 ** (1 / total) }),
  linear: (total) => linear({ total }),
  cosine: (total) => cosine({ total }),
  warmup: (total) => warmup({ steps: tenth(total) }),
  "warmup + cosine": (total) => warmup({ steps: tenth(total), then: cosine({ total: total - tenth(total) }) }),
  "one-cycle": (total) => one_cycle({ total }),
  WSD: (total) => wsd({ total, warm: Math.round(total / 20), decay: Math.round(total / 5) }),
};
