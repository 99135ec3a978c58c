// Twins of clipping.py, in place, for many points of d numbers one after the other in one array.

const clip_by_global_norm = ({ max_norm }) => (g, d) => {
  for (let from = 0; from < g.length; from += d) {
    let square = 0;
    for (let i = from; i < from + d; i++) square += g[i] * g[i];
    const limit = Math.min(max_norm, Number.MAX_VALUE), factor = limit / Math.max(Math.sqrt(square), limit);
    for (let i = from; i < from + d; i++) g[i] *= factor;
  }
};

const clip_by_value = ({ limit }) => (g) => {
  for (let i = 0; i < g.length; i++) g[i] = Math.max(-limit, Math.min(limit, g[i]));
};

export const CLIPS = { clip_by_global_norm, clip_by_value };
