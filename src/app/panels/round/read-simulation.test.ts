import fc from "fast-check";
import { expect, test } from "vitest";
import { ROOT } from "../../../protocol/events.ts";
import { foldLog } from "../../../protocol/tree.ts";
import { anySetup, anyStrategy, castOf, runSearch } from "../../../search/random-search.ts";
import { readSimulation } from "./read-simulation.ts";

test("a simulation is told from the root down: at every step the taken one has the greatest sum", async () => {
  await fc.assert(
    fc.asyncProperty(anySetup(anyStrategy.mcts), async (setup) => {
      const tree = foldLog(await runSearch({ ...setup, budget: {} }, castOf(setup)));
      for (const { seq, phase } of tree.rounds) {
        if (phase !== "backup") continue;
        const told = readSimulation(tree, seq + 1);
        // Where all first steps were cut off there is nothing to compare.
        if (told === null) continue;
        expect(told.worth).toBeGreaterThanOrEqual(-1e-9);
        let parent: number = ROOT;
        for (const [level, choices] of told.levels.entries()) {
          expect(choices.every(({ node }) => tree.parent[node] === parent)).toBe(true);
          const taken = choices.filter(({ isTaken }) => isTaken);
          // A node that leads nowhere ends it, and has no ways on.
          expect(taken).toHaveLength(1);
          const sums = choices
            .filter(
              ({ node, visits }) =>
                visits === 0 || tree.firstChild[node]! < 0 || node === taken[0]!.node,
            )
            .map(({ exploit, explore }) => exploit + explore);
          const own = taken[0]!.exploit + taken[0]!.explore;
          if (level === 0) expect(own).toBeGreaterThanOrEqual(Math.max(...sums) - 1e-6);
          parent = taken[0]!.node;
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("before its backup nobody knows what a simulation is worth, and other searches have none", async () => {
  await fc.assert(
    fc.asyncProperty(anySetup(anyStrategy.mcts), anySetup(anyStrategy.beam), async (walk, beam) => {
      const tree = foldLog(await runSearch({ ...walk, budget: {} }, castOf(walk)));
      for (const { seq, phase } of tree.rounds) {
        if (phase === "backup") expect(readSimulation(tree, seq - 1)?.worth ?? null).toBeNull();
      }
      const plain = foldLog(await runSearch(beam, castOf(beam)));
      for (const { seq } of plain.rounds) expect(readSimulation(plain, seq)).toBeNull();
    }),
    { numRuns: 30 },
  );
});
