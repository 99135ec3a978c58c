// Twins of surfaces.py: f(x, y), and grad(x, y, out) which fills out with both slopes. Powers are products, as in
// Python, so that both take the same path to the last bit.

export const ravine = ({ condition = 100 } = {}) => ({
  f: (x, y) => (x * x / condition + y * y) / 2,
  grad(x, y, out) {
    out[0] = x / condition;
    out[1] = y;
  },
});

export const beale = () => ({
  f(x, y) {
    const a = 1.5 - x + x * y, b = 2.25 - x + x * (y * y), c = 2.625 - x + x * (y * y * y);
    return a * a + b * b + c * c;
  },
  grad(x, y, out) {
    const y2 = y * y, y3 = y2 * y;
    const a = 1.5 - x + x * y, b = 2.25 - x + x * y2, c = 2.625 - x + x * y3;
    out[0] = 2 * (a * (y - 1) + b * (y2 - 1) + c * (y3 - 1));
    out[1] = 2 * x * (a + 2 * b * y + 3 * c * y2);
  },
});

export const half_beale = () => ({
  f(x, y) {
    const a = 1.5 - x + x * y, b = 2.25 - x + x * (y * y);
    return 0.15 * (a * a + b * b);
  },
  grad(x, y, out) {
    const y2 = y * y, a = 1.5 - x + x * y, b = 2.25 - x + x * y2;
    out[0] = 0.3 * (a * (y - 1) + b * (y2 - 1));
    out[1] = 0.3 * x * (a + 2 * b * y);
  },
});

export const saddle = () => ({
  f: (x, y) => x * x / 2 + y * y * y * y / 4 - y * y / 2,
  grad(x, y, out) {
    out[0] = x;
    out[1] = y * y * y - y;
  },
});

const wall = (x, y) => 8 * (x - 1.2 - y * y / 4);

export const cliff = () => ({
  f(x, y) {
    const r = x * x + y * y, s = wall(x, y);
    return 2 * r / (r + 4) + 4 + 4 * s / Math.sqrt(1 + s * s);
  },
  grad(x, y, out) {
    const r = x * x + y * y, s = wall(x, y);
    const basin = 16 / ((r + 4) * (r + 4)), steep = 1 / Math.sqrt(1 + s * s);
    const slope = 32 * (steep * steep * steep);
    out[0] = basin * x + slope;
    out[1] = basin * y - slope * y / 2;
  },
});

export const rosenbrock = () => ({
  f(x, y) {
    const a = 1 - x, b = y - x * x;
    return a * a + 100 * (b * b);
  },
  grad(x, y, out) {
    const b = y - x * x;
    out[0] = -2 * (1 - x) - 400 * x * b;
    out[1] = 200 * b;
  },
});

export const himmelblau = () => ({
  f(x, y) {
    const a = x * x + y - 11, b = x + y * y - 7;
    return a * a + b * b;
  },
  grad(x, y, out) {
    const a = x * x + y - 11, b = x + y * y - 7;
    out[0] = 4 * x * a + 2 * b;
    out[1] = 2 * a + 4 * y * b;
  },
});

// The same surface turned by an angle: what it does along a slanted direction it did along an axis.
export function turned({ f, grad }, degrees) {
  const c = Math.cos(degrees * Math.PI / 180), s = Math.sin(degrees * Math.PI / 180), slope = [0, 0];
  return {
    f: (x, y) => f(c * x + s * y, c * y - s * x),
    grad(x, y, out) {
      grad(c * x + s * y, c * y - s * x, slope);
      out[0] = c * slope[0] - s * slope[1];
      out[1] = s * slope[0] + c * slope[1];
    },
  };
}

export const SURFACES = { ravine, beale, half_beale, saddle, cliff, rosenbrock, himmelblau };
