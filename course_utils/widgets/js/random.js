// Chance that repeats: the same for equal seeds.

// Numbers in 0..1 that look random (mulberry32).
export function drawn(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let z = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
  };
}

// Normal numbers (Box and Muller): two from each pair of even ones.
export function normals(random) {
  let spare = null;
  return () => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random())), angle = 2 * Math.PI * random();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

// A new order of n samples for each epoch (Fisher and Yates).
export function orders(n, seed) {
  const random = drawn(seed), kept = [];
  return (epoch) => {
    while (kept.length <= epoch) {
      const order = Int32Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = Math.floor(random() * (i + 1));
        [order[i], order[j]] = [order[j], order[i]];
      }
      kept.push(order);
    }
    return kept[epoch];
  };
}
