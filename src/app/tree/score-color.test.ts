import { interpolateViridis, lab, rgb } from "d3";
import fc from "fast-check";
import { expect, test } from "vitest";
import { paletteOf } from "./palette.ts";
import { SCORE_COLORS, SCORE_STEPS, scoreColor, scoreStep } from "./score-color.ts";

const anyDomain = fc
  .uniqueArray(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 2 })
  .map(([a, b]): [number, number] => (a! < b! ? [a!, b!] : [b!, a!]));

test("the scale is viridis, from end to end", () => {
  const viridis = SCORE_COLORS.map((_, i) => interpolateViridis(i / (SCORE_STEPS - 1)));
  expect(SCORE_COLORS).toEqual(viridis);
});

test("a higher score is a lighter colour, evenly", () => {
  const lightness = SCORE_COLORS.map((color) => lab(color).l);
  const steps = lightness.slice(1).map((l, i) => l - lightness[i]!);
  expect(Math.min(...steps)).toBeGreaterThan(0.4);
  expect(Math.max(...steps)).toBeLessThan(2.5);
});

test("a higher score never has an earlier colour, whatever the domain", () => {
  const score = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(score, score, anyDomain, (a, b, domain) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      expect(scoreStep(low, domain)).toBeLessThanOrEqual(scoreStep(high, domain));
    }),
  );
});

test("the ends of the domain have the ends of the scale, and so has what lies beyond", () => {
  fc.assert(
    fc.property(anyDomain, ([low, high]) => {
      expect(scoreStep(low, [low, high])).toBe(0);
      expect(scoreStep(high, [low, high])).toBe(SCORE_STEPS - 1);
      expect(scoreColor(0, [low, high])).toBe(SCORE_COLORS[0]);
      expect(scoreColor(1, [low, high])).toBe(SCORE_COLORS.at(-1));
    }),
  );
});

test.each(["light", "dark"] as const)("marks have 3:1 and texts 4.5:1 on %s paper", (theme) => {
  const palette = paletteOf(theme, false);
  for (const color of [
    palette.outline,
    palette.accent,
    palette.right,
    palette.wrong,
    palette.hit,
  ]) {
    expect(contrast(color, palette.paper)).toBeGreaterThanOrEqual(3);
  }
  for (const color of [palette.ink, palette.softInk]) {
    expect(contrast(color, palette.paper)).toBeGreaterThanOrEqual(4.5);
  }
});

/** Contrast ratio of two opaque colours, WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

function luminance(color: string): number {
  const { r, g, b } = rgb(color);
  const linear = (channel: number) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}
