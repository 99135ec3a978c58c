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

export const SCHEDULES = { constant, step_decay, exponential, linear, cosine, warmup };
