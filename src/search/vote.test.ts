import fc from "fast-check";
import { expect, test } from "vitest";
import { type Ballot, countVotes } from "./vote.ts";

function ballot(node: number, canonical: string | null, score: number | null = null): Ballot {
  return { node, canonical, answer: canonical, correct: null, score };
}

const leader = (ballots: Ballot[], method: Parameters<typeof countVotes>[1]) =>
  countVotes(ballots, method).votes[0]?.canonical;

test("a majority counts heads, a weighted majority sums scores, argmax takes the best", () => {
  const ballots = [
    ballot(1, "a", 0.2),
    ballot(2, "a", 0.2),
    ballot(3, "a", 0.2),
    ballot(4, "b", 0.5),
    ballot(5, "b", 0.5),
    ballot(6, "c", 0.9),
  ];
  expect(leader(ballots, "majority")).toBe("a");
  expect(leader(ballots, "weighted_majority")).toBe("b");
  expect(leader(ballots, "argmax")).toBe("c");
});

test("an unreadable answer has no vote, however many there are", () => {
  const ballots = [ballot(1, null, 1), ballot(2, null, 1), ballot(3, "a", 0.1)];
  expect(countVotes(ballots, "weighted_majority")).toMatchObject({
    votes: [{ canonical: "a" }],
    unreadable: 2,
  });
});

test("of equal weights the lowest id wins; with argmax the lowest id of the best candidates", () => {
  const ballots = [ballot(1, "a", 0.3), ballot(2, "b", 0.5), ballot(3, "a", 0.5)];
  expect(leader([ballot(2, "b"), ballot(1, "a")], "majority")).toBe("a");
  expect(leader(ballots, "argmax")).toBe("b");
});

test("the best score speaks for an answer, of equal ones the lowest id", () => {
  const [vote] = countVotes(
    [ballot(3, "a", 0.5), ballot(1, "a", 0.1), ballot(2, "a", 0.5)],
    "weighted_majority",
  ).votes;
  expect(vote).toMatchObject({ nodes: [1, 2, 3], representative: { node: 2 } });
});

test("the order of the ballots does not matter, to the last bit", () => {
  const anyBallots = fc.uniqueArray(
    fc.record({
      node: fc.nat(100),
      canonical: fc.constantFrom("a", "b", null),
      score: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { selector: ({ node }) => node, maxLength: 12 },
  );
  fc.assert(
    fc.property(anyBallots, fc.constantFrom("weighted_majority", "argmax"), (drawn, method) => {
      const ballots = drawn.map(({ node, canonical, score }) => ballot(node, canonical, score));
      expect(countVotes(ballots.toReversed(), method)).toEqual(countVotes(ballots, method));
    }),
  );
});
