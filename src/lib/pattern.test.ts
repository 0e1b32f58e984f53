import fc from "fast-check";
import { expect, test } from "vitest";
import { Pattern, PatternError } from "./pattern.ts";

/** Patterns that both languages read alike; nothing under a star can be empty. */
const { pattern } = fc.letrec<{ pattern: string; atom: string; piece: string }>((tie) => ({
  atom: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom("a", "b", "\\n", ".", "[ab]", "[^a]", "\\d", "1") },
    { weight: 1, arbitrary: tie("pattern").map((inner) => `(?:(?:${inner})a)`) },
    { weight: 1, arbitrary: tie("pattern").map((inner) => `(?:b(?:${inner}))`) },
  ),
  piece: fc
    .tuple(tie("atom"), fc.constantFrom("", "", "*", "+", "?", "*?", "+?", "??"))
    .map(([atom, sign]) => atom + sign),
  pattern: fc
    .array(fc.array(tie("piece"), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 })
    .map((ways) => ways.map((pieces) => pieces.join("")).join("|")),
}));
const text = fc.string({ unit: fc.constantFrom("a", "b", "1", "\n", "c"), maxLength: 12 });

test("A1: it finds what JavaScript's expressions find", () => {
  fc.assert(
    fc.property(pattern, text, fc.constantFrom("", "^", "$"), (inner, where, anchor) => {
      const source = anchor === "^" ? `^(${inner})` : `(${inner})${anchor}`;
      fc.pre(source.length <= 200);
      const theirs = new RegExp(source, "dm").exec(where);
      const ours = new Pattern(source).find(where);
      expect(ours && [ours.start, ours.end, ours.group]).toEqual(
        theirs && [theirs.index, theirs.index + theirs[0].length, theirs[1]],
      );
    }),
    { numRuns: 2000 },
  );
});

test("A1: what takes others exponential time takes it linear time", () => {
  const where = "a".repeat(20_000);
  for (const source of ["(a*)*b", "(a|a)*b", "(a+)+$b", "a*a*a*a*a*b", "(.*)(.*)(.*)b"]) {
    expect(new Pattern(source).find(where.slice(0, 2000))).toBeNull();
  }
  expect(new Pattern("(?:a?)*a").find(where)).toMatchObject({ start: 0, end: 20_000 });
}, 20_000);

test("a search begins where it is told", () => {
  const found = new Pattern("answer is (\\d+)").find("answer is 4, no: answer is 66.", 5);
  expect(found).toMatchObject({ group: "66", start: 17 });
});

test.each([
  ["", "empty"],
  ["a".repeat(201), "200"],
  ["(a", "does not end at 2"],
  ["a)", "at 1"],
  ["[a", "does not end"],
  ["*a", "backslash here at 0"],
  ["a{2}", "at 1"],
  ["\\", "nothing follows"],
  ["\\b", '"\\b" is not known'],
  ["(?=a)", "only (?:"],
  ["[z-a]", "wrong way round"],
  ["(".repeat(30), "too deep"],
])("%j is refused with a reason", (source, why) => {
  expect(() => new Pattern(source)).toThrow(PatternError);
  expect(() => new Pattern(source)).toThrow(why);
});
