import fc from "fast-check";
import { expect, test } from "vitest";
import { escaped, unescaped } from "./written-text.ts";

test("what is written in one line means the text", () => {
  const text = fc.string({ unit: fc.constantFrom("\n", "\t", "\\", "n", "t", "a") });
  fc.assert(
    fc.property(text, (meant) => {
      expect(escaped(meant)).not.toMatch(/[\n\t]/);
      expect(unescaped(escaped(meant))).toBe(meant);
    }),
  );
  expect(unescaped("\\n\\n")).toBe("\n\n");
  expect(unescaped("\\boxed")).toBe("\\boxed");
});
