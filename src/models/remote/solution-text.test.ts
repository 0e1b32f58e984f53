import fc from "fast-check";
import { expect, test } from "vitest";
import { readStatedAnswer, splitSteps, splitterOf } from "./solution-text.ts";

test.each([
  ["So \\boxed{66}.", "66"],
  ["\\boxed{1} no, \\boxed{\\frac{1}{2}}", "\\frac{1}{2}"],
  ["\\boxed {a\\}b}", "a\\}b"],
  ["\\boxed{1}, then \\boxed{2", "1"],
  ["\\boxed{}", null],
  [`\\boxed{${"1".repeat(500)}}`, null],
  ["nothing", null],
])("the answer boxed in %j is read", (text, answer) => {
  expect(readStatedAnswer(text, { kind: "boxed" })).toBe(answer);
});

test("the answer is in the last line, or where a pattern matches last", () => {
  expect(readStatedAnswer("a\n 66 \n\n", { kind: "last line" })).toBe("66");
  const pattern = { kind: "pattern", pattern: "####\\s*(.*)" } as const;
  expect(readStatedAnswer("#### 1\n#### 66 apples\n", pattern)).toBe("66 apples");
  expect(readStatedAnswer("66", pattern)).toBeNull();
  expect(readStatedAnswer("1, 2, 3", { kind: "pattern", pattern: "\\d" })).toBe("3");
});

test("N12: steps with their delimiters are the text, whatever it is", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "\n", "#"), maxLength: 30 });
  fc.assert(
    fc.property(text, (whole) => {
      const steps = splitSteps(whole, splitterOf({ kind: "text", text: "\n\n" }));
      expect(steps).toEqual(whole.split("\n\n").filter((step) => step.trim() !== ""));
      const byPattern = splitSteps(whole, splitterOf({ kind: "pattern", pattern: "\\n*#+" }));
      expect(byPattern).toEqual(whole.split(/\n*#+/).filter((step) => step.trim() !== ""));
    }),
  );
});

test("unclosed boxes of a hostile text take no time to speak of", () => {
  expect(readStatedAnswer("\\boxed{".repeat(100_000), { kind: "boxed" })).toBeNull();
});
