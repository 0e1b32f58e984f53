import fc from "fast-check";
import { expect, test } from "vitest";
import { type RandomLogOptions, randomLog, SHAPES } from "../../../protocol/random-log.ts";
import { foldLog } from "../../../protocol/tree.ts";
import { logOf, SAMPLE_FACTS, seqOf } from "../../sample-log.ts";
import { dotColumns } from "./dot-plot.ts";
import { readRound, roundEnd, roundSpan, shownRound } from "./read-round.ts";

const anyOptions: fc.Arbitrary<RandomLogOptions> = fc.record({
  seed: fc.nat(),
  nodes: fc.integer({ min: 2, max: 150 }),
  shape: fc.constantFrom(...SHAPES),
});

const sample = foldLog(logOf(SAMPLE_FACTS));

test("a round tells who was kept, where the cut was, and why the others were not", () => {
  const decided = roundEnd(
    sample,
    roundSpan(
      sample,
      seqOf((fact) => fact.type === "round"),
    )!.from,
    1,
  )!;
  const round = readRound(sample, decided)!;
  expect(round.round).toBe(1);
  expect(round.kept.map(({ node }) => node)).toEqual([1, 3]);
  expect(round.cut).toBeCloseTo(0.6);
  expect(
    round.losers.map(({ reason, candidates }) => [
      reason,
      candidates.map(({ node, rank, beatenBy }) => [node, rank, beatenBy]),
    ]),
  ).toEqual([
    ["not_top_k", [[2, 3, 3]]],
    ["duplicate", [[4, null, 1]]],
  ]);
  expect([round.total, round.sampling]).toEqual([4, 0]);
});

test("while a round has no scores, the decision before it is shown", () => {
  const first = roundSpan(
    sample,
    seqOf((fact) => fact.type === "round"),
  )!;
  const shown = shownRound(sample, first.to + 1)!;
  expect([shown.round.round, shown.at, shown.begun?.round]).toEqual([1, first.to, 2]);
  const scored = seqOf((fact) => fact.type === "scored" && fact.node === 6);
  expect(shownRound(sample, scored)).toMatchObject({ round: { round: 2 }, begun: null });
});

test("a round at a past moment is what it was when that moment was live", () => {
  fc.assert(
    fc.property(anyOptions, fc.double({ min: 0, max: 1, noNaN: true }), (options, share) => {
      const log = [...randomLog(options)];
      const tree = foldLog(log);
      const at = Math.round(share * tree.seq);
      const live = readRound(foldLog(log.slice(0, at + 1)), at);
      const past = readRound(tree, at);
      expect(past && { ...past, to: 0 }).toEqual(live && { ...live, to: 0 });
    }),
  );
});

test("in a round of a beam every step that was proposed is a candidate, and the kept ones score best", () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 70, max: 400 }), (seed, nodes) => {
      const tree = foldLog(randomLog({ seed, nodes, shape: "beam" }));
      for (let at = roundEnd(tree, 0, 1); at !== null; at = roundEnd(tree, at, 1)) {
        const round = readRound(tree, at)!;
        const born = Array.from({ length: tree.count }, (_, node) => node).filter(
          (node) =>
            tree.proposedSeq[node]! >= round.from &&
            tree.proposedSeq[node]! <= round.to &&
            tree.origin(node) !== "rollout",
        );
        const all = [round.kept, ...round.losers.map(({ candidates }) => candidates)]
          .flat()
          .filter(({ node }) => tree.origin(node) !== "rollout");
        expect(all.map(({ node }) => node).sort((a, b) => a - b)).toEqual(born);
        const worst = Math.min(...round.kept.map(({ score }) => score));
        const lost = round.losers.flatMap(({ candidates }) => candidates);
        expect(lost.every(({ score }) => score <= worst)).toBe(true);
      }
    }),
    { numRuns: 20 },
  );
});

test("going from round to round ends at every end of one, in both directions", () => {
  fc.assert(
    fc.property(anyOptions, (options) => {
      const tree = foldLog(randomLog(options));
      const ends: number[] = [];
      for (let at = roundEnd(tree, -1, 1); at !== null; at = roundEnd(tree, at, 1)) ends.push(at);
      const starts = tree.rounds.filter(({ round }, i) => tree.rounds[i - 1]?.round !== round);
      expect(ends).toHaveLength(starts.length);
      const back: number[] = [];
      for (let at = roundEnd(tree, tree.seq, -1); at !== null; at = roundEnd(tree, at, -1)) {
        back.unshift(at);
      }
      expect(back).toEqual(ends.slice(0, -1));
    }),
  );
});

test("every score is in one column, and columns rise from left to right", () => {
  const scores = fc.array(
    fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(Number.NaN)),
  );
  fc.assert(
    fc.property(scores, scores, fc.integer({ min: 1, max: 60 }), (kept, pruned, columns) => {
      const found = dotColumns(kept, pruned, columns);
      const known = (list: number[]) => list.filter((score) => !Number.isNaN(score)).length;
      expect(found.reduce((sum, column) => sum + column.kept, 0)).toBe(known(kept));
      expect(found.reduce((sum, column) => sum + column.pruned, 0)).toBe(known(pruned));
      expect(found.every(({ index }) => index >= 0 && index < columns)).toBe(true);
      expect(found.map(({ index }) => index)).toEqual(
        found.map(({ index }) => index).sort((a, b) => a - b),
      );
    }),
  );
});
