import fc from "fast-check";
import { expect, test } from "vitest";
import { PRUNE_REASONS } from "../../../protocol/events.ts";
import { type PruneFacts, type Sentence, whyPruned } from "./why-pruned.ts";

const NOTHING: PruneFacts = {
  reason: "not_top_k",
  round: null,
  kept: null,
  rank: null,
  score: null,
  cut: null,
  beatenBy: null,
  ended: null,
  isAhead: false,
};

function read(sentence: Sentence): string {
  return sentence.map((part) => (typeof part === "string" ? part : `node ${part.node}`)).join("");
}

test("a node that was ranked out is told its rank, its score, the cut and who beat it", () => {
  const facts = { ...NOTHING, round: 3, kept: 4, rank: 9, score: 0.31, cut: 0.62, beatenBy: 41 };
  expect(read(whyPruned(facts))).toBe(
    "Not among the best 4 of round 3: rank 9, score 0.31, cut line 0.62, beaten by node 41.",
  );
});

test("a score is told apart from the cut line, however near, and a tie is called one", () => {
  const near = read(whyPruned({ ...NOTHING, score: 0.00312, cut: 0.00318 }));
  expect(near).toMatch(/score 0.0031, cut line 0.0032/);
  const tie = read(whyPruned({ ...NOTHING, score: 0.5, cut: 0.5 }));
  expect(tie).toMatch(/score 0.50, the same as the cut line/);
});

test("what was only looked ahead to names what it was for, and what was not finished who won", () => {
  const facts = { ...NOTHING, reason: "superseded" as const, beatenBy: 7 };
  expect(read(whyPruned({ ...facts, isAhead: true }))).toBe(
    "Only looked ahead to, to judge node 7.",
  );
  expect(read(whyPruned(facts))).toBe("Not finished when node 7 had won and the search was over.");
});

test("the one that goes on from a subtree is not called several", () => {
  const facts = { ...NOTHING, round: 2, kept: 1, rank: 3 };
  expect(read(whyPruned(facts))).toBe("Not the best of round 2: rank 3.");
});

test("a duplicate names its original once", () => {
  const facts = { ...NOTHING, reason: "duplicate" as const, round: 2, beatenBy: 7 };
  expect(read(whyPruned(facts))).toBe("Says the same as node 7, which stands for both in round 2.");
});

test("a finished solution that was not chosen is told whose answer won", () => {
  const facts = { ...NOTHING, reason: "superseded" as const, round: 5, rank: 2, beatenBy: 44 };
  expect(read(whyPruned(facts))).toBe(
    "Lost the final choice to node 44, whose answer won: rank 2 of the answers.",
  );
});

test("an invalid node is told what cannot be read", () => {
  const invalid = { ...NOTHING, reason: "invalid" as const, round: 2 };
  expect(read(whyPruned({ ...invalid, ended: "length" }))).toMatch(/^The step was cut off/);
  expect(read(whyPruned({ ...invalid, ended: "stop" }))).toMatch(/^No answer can be read/);
});

test("what the log does not say is not said", () => {
  expect(read(whyPruned(NOTHING))).toBe("Not among the best.");
});

test("every reason has one sentence, with a link to the node that won if there is one", () => {
  const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  const facts: fc.Arbitrary<PruneFacts> = fc.record({
    reason: fc.constantFrom(...PRUNE_REASONS),
    round: nullable(fc.nat(40)),
    kept: nullable(fc.nat(64)),
    rank: nullable(fc.integer({ min: 1, max: 999 })),
    score: nullable(unit),
    cut: nullable(unit),
    beatenBy: nullable(fc.nat(999)),
    isAhead: fc.boolean(),
    ended: nullable(fc.constantFrom("step" as const, "stop" as const, "length" as const)),
  });
  fc.assert(
    fc.property(facts, (fact) => {
      const sentence = whyPruned(fact);
      expect(read(sentence)).toMatch(/^[A-Z][^.]*(\.\d+[^.]*|\d\.\d+[^.]*)*\.$/);
      expect(read(sentence)).not.toMatch(/null|undefined|NaN| {2}|,,/);
      const links = sentence.filter((part) => typeof part === "object");
      expect(links).toEqual(fact.beatenBy === null ? [] : [{ node: fact.beatenBy }]);
    }),
  );
});
