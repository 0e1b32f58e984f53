/** A colour in numbers: red, green and blue from 0 to 255, opacity from 0 to 1. */
export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;
const RGB = /^rgb\((\d+) (\d+) (\d+)(?: \/ ([\d.]+))?\)$/;

/** Reads `#rrggbb` and `rgb(r g b / a)`, as palettes write them. Throws a `SyntaxError` for anything else. */
export function rgbaOf(css: string): Rgba {
  const hex = HEX.exec(css);
  if (hex !== null) {
    const [red = 0, green = 0, blue = 0] = hex.slice(1).map((part) => Number.parseInt(part, 16));
    return [red, green, blue, 1];
  }
  const rgb = RGB.exec(css);
  if (rgb === null) throw new SyntaxError(`no colour of a palette: ${css}`);
  const [red = 0, green = 0, blue = 0] = rgb.slice(1, 4).map(Number);
  return [red, green, blue, Number(rgb[4] ?? 1)];
}

/** The colour that `over` makes on top of `under`. */
export function mixed(under: Rgba, over: Rgba): Rgba {
  const alpha = over[3] + under[3] * (1 - over[3]);
  if (alpha === 0) return under;
  const channel = (i: 0 | 1 | 2) =>
    (over[i] * over[3] + under[i] * under[3] * (1 - over[3])) / alpha;
  return [channel(0), channel(1), channel(2), alpha];
}
