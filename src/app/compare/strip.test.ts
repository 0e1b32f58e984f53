import fc from "fast-check";
import { expect, test } from "vitest";
import { randomLog } from "../../protocol/random-log.ts";
import { foldLog } from "../../protocol/tree.ts";
import { ahead, type Standing, standingAt } from "./strip.ts";

const standing = (correct: boolean | null): Standing => ({
  ...{ answer: "1", correct, isFinal: false, votes: 1, voters: 1, accuracy: null },
  ...{ solutions: 1, policyTokens: 1, prmCalls: 1, prmTokens: 1, ms: 1 },
});

test("ahead is who is right while somebody else is not", () => {
  const who = (...corrects: (boolean | null)[]) => ahead(corrects.map(standing));
  expect(who(true, false)).toEqual([true, false]);
  expect(who(null, true, true)).toEqual([false, true, true]);
  expect(who(true, true)).toEqual([false, false]);
  expect(who(false, null)).toEqual([false, false]);
});

test("a standing counts what the log says, at every moment", () => {
  const anyLog = fc.record({ seed: fc.nat(500), nodes: fc.integer({ min: 1, max: 60 }) });
  fc.assert(
    fc.property(anyLog, fc.double({ min: 0, max: 1, noNaN: true }), (options, share) => {
      const tree = foldLog(randomLog({ ...options, shape: "wild" }));
      const at = Math.floor(share * tree.seq);
      const { votes, voters, accuracy, policyTokens, answer } = standingAt(tree, at);
      expect(votes).toBeLessThanOrEqual(voters);
      expect(votes > 0).toBe(answer !== null);
      expect(policyTokens).toBe(tree.useAt(at).policyTokens);
      const verdicts = Array.from({ length: tree.count }, (_, node) => tree.correctAt(node, at));
      expect(accuracy?.n ?? 0).toBe(verdicts.filter((v) => typeof v === "boolean").length);
      expect(accuracy?.hits ?? 0).toBe(verdicts.filter((v) => v === true).length);
    }),
  );
});
