import fc from "fast-check";
import { expect, test } from "vitest";
import { COMMAND_GROUPS } from "../../commands.ts";
import { matchScore } from "./match.ts";

const TITLES = COMMAND_GROUPS.flatMap(({ title, commands }) =>
  commands.map((command) => `${title} ${command.title}`),
);
const anyTitle = fc.constantFrom(...TITLES);

function best(query: string): string {
  const scored = TITLES.map((title) => ({ title, score: matchScore(query, title) ?? -1 }));
  return scored.reduce((a, b) => (b.score > a.score ? b : a)).title;
}

test("every title is found by itself, by any of its words, and by nothing", () => {
  fc.assert(
    fc.property(anyTitle, (title) => {
      expect(matchScore(title, title)).toBeGreaterThan(0);
      for (const word of title.split(" ")) expect(matchScore(word, title)).not.toBeNull();
      expect(matchScore("", title)).toBe(0);
    }),
  );
});

test("who types on finds less, never more", () => {
  const anyQuery = fc.string({ unit: fc.constantFrom(..."abcdefghinoprst "), maxLength: 6 });
  fc.assert(
    fc.property(anyTitle, anyQuery, fc.constantFrom(..."aeinst"), (title, query, letter) => {
      if (matchScore(query + letter, title) !== null) {
        expect(matchScore(query, title)).not.toBeNull();
      }
    }),
  );
});

test("the case and the order of words do not count", () => {
  expect(matchScore("BOOKMARK next", "Go to Next bookmark")).toBe(
    matchScore("next bookmark", "Go to Next bookmark"),
  );
});

test("what one means by a few letters comes first", () => {
  expect(best("dark")).toBe("Page Dark colours");
  expect(best("next ans")).toBe("Go to Next answer");
  expect(best("fold pru")).toBe("Fold Fold all pruned, or none");
  expect(best("whole")).toMatch(/whole/);
  expect(best("best score")).toBe("Order Best score first");
});

test("letters that are not there in that order are not found", () => {
  expect(matchScore("xyz", "Next bookmark")).toBeNull();
});
