// The ground of a map: height as color, in bands of equal ratios, computed for each pixel from f.

function toLab([L, C, hue]) {
  return [L, C * Math.cos(hue * Math.PI / 180), C * Math.sin(hue * Math.PI / 180)];
}

// OKLab to sRGB in 0..255 (Ottosson, 2020).
function toRgb([L, a, b]) {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((u) => {
    const v = Math.max(0, Math.min(1, u));
    return 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
  });
}

// A color between stops [L, C, hue], at t in 0..1, as [r, g, b].
export function ramp(stops, t) {
  const u = Math.max(0, Math.min(1, t)) * (stops.length - 1), i = Math.min(stops.length - 2, Math.floor(u));
  const low = toLab(stops[i]), high = toLab(stops[i + 1]);
  return toRgb(low.map((v, k) => v + (high[k] - v) * (u - i)));
}

export const css = (rgb) => `rgb(${rgb.map(Math.round)})`;

// The bands of a window: their number, how many there are to a decade, the lowest edge as a power of ten.
// height is f above the lowest place; all below the last edge is floor.
export function bands(height, [xs, ys], { per, decades }) {
  let high = 0;
  for (const x of xs) for (const y of ys) high = Math.max(high, height(x, y));
  const top = Math.log10(high), low = Math.ceil((top - decades) * per) / per;
  return { low, per, count: Math.max(1, Math.ceil((top - low) * per)) };
}

export const bandColor = (theme, { low, per, count }, exponent) => (
  css(ramp(theme.ground, ((exponent - low) * per - 0.5) / (count - 1))));

const clamp = (x) => (x < 0 ? 0 : x > 1 ? 1 : x);
const SHADE = 0.028; // light from the upper left, less than a band is worth

// Draw it into a canvas of its own, wide x high pixels of the screen; scale is pixels of the screen to one of CSS.
export function ground(height, [[left, right], [bottom, top]], wide, high, theme, bands, scale) {
  const { low, per, count } = bands, row = wide + 1, z = new Float32Array(row * (high + 1));
  const factor = per / Math.LN10, dx = (right - left) / wide, dy = (top - bottom) / high;
  for (let j = 0, k = 0; j <= high; j++) {
    const y = top - dy * j;
    for (let i = 0; i < row; i++, k++) {
      const level = factor * Math.log(height(left + dx * i, y) + 1e-30) - low * per;
      z[k] = level > 0 ? level : 0;
    }
  }
  const colors = Array.from({ length: count + 1 }, (_, k) => ramp(theme.ground, k / Math.max(1, count - 1)));
  const [lineR, lineG, lineB, lineA] = theme.line, decade = (((Math.round(low * per) % per) + per) % per);
  const image = new ImageData(wide, high), pixels = image.data;
  for (let j = 0, k = 0, o = 0; j < high; j++, k++) {
    for (let i = 0; i < wide; i++, k++, o += 4) {
      const level = z[k], across = z[k + 1] - level, down = z[k + row] - level;
      const slope = Math.hypot(across, down) + 1e-9, edge = Math.round(level), off = (level - edge) / slope;
      const share = clamp(off + 0.5), under = colors[Math.max(0, Math.min(count, edge - 1))];
      const over = colors[Math.max(0, Math.min(count, edge))];
      let r = under[0] + (over[0] - under[0]) * share;
      let g = under[1] + (over[1] - under[1]) * share;
      let b = under[2] + (over[2] - under[2]) * share;
      if (level > 0) {
        const light = 1 + SHADE * Math.max(-1, Math.min(1, 0.7 * (across + down) * wide / count / 2.2));
        r *= light; g *= light; b *= light;
      }
      if (edge > 0) {
        const strong = (edge + decade) % per === 0, half = (strong ? 1 : 0.6) * scale / 2;
        // Lines fade where bands are 16 device pixels apart, and are gone at 3.
        const a = clamp(half + 0.5 - Math.abs(off)) * lineA * (strong ? 1.9 : 1) * clamp(1.25 - slope * 4);
        r += (lineR - r) * a; g += (lineG - g) * a; b += (lineB - b) * a;
      }
      pixels[o] = r; pixels[o + 1] = g; pixels[o + 2] = b; pixels[o + 3] = 255;
    }
  }
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [wide, high];
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}
