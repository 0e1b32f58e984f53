import fc from "fast-check";
import { expect, test } from "vitest";
import { GLIDE_MS, Glide } from "./glide.ts";

const anyNumbers = fc
  .array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 })
  .map((values) => Float64Array.from(values));

test("a glide is at its target after its time, and stays", () => {
  fc.assert(
    fc.property(
      fc.array(anyNumbers, { minLength: 1, maxLength: 5 }),
      fc.nat(150),
      (targets, gap) => {
        const glide = new Glide(new Float64Array(0));
        let time = 0;
        for (const target of targets) {
          glide.go(target, time);
          time += gap;
          glide.advance(time);
        }
        expect(glide.advance(time + GLIDE_MS)).toBe(false);
        expect(glide.value).toEqual(targets.at(-1));
      },
    ),
  );
});

test("numbers stay between where they set out and where they go, in their order", () => {
  const from = Float64Array.of(0, 1, 2);
  const to = Float64Array.of(0, 5, 10, 20);
  const glide = new Glide(new Float64Array(0));
  glide.go(from, 0);
  glide.go(to, 0);
  for (let time = 0; time <= GLIDE_MS; time += 10) {
    glide.advance(time);
    const [a, b, c, added] = glide.value;
    expect(a).toBe(0);
    expect(b).toBeGreaterThanOrEqual(1);
    expect(b).toBeLessThan(c!);
    expect(c).toBeLessThanOrEqual(10);
    expect(added).toBe(20);
  }
});

test("setting out again for the same target does not start anew", () => {
  const glide = new Glide(new Float64Array(0));
  glide.go(Float64Array.of(0), 0);
  glide.go(Float64Array.of(100), 0);
  glide.go(Float64Array.of(100), GLIDE_MS - 1);
  expect(glide.advance(GLIDE_MS)).toBe(false);
});
