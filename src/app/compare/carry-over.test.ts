import fc from "fast-check";
import { expect, test } from "vitest";
import { randomLog } from "../../protocol/random-log.ts";
import { foldLog } from "../../protocol/tree.ts";
import { AXES } from "../state/compared.ts";
import { NO_FOLDING } from "../state/reading.ts";
import { carryOver } from "./carry-over.ts";
import { mergeRuns } from "./merge-runs.ts";
import { prefixOf } from "./prefix.ts";

const anyLog = fc
  .record({ seed: fc.nat(60), nodes: fc.integer({ min: 1, max: 60 }) })
  .map((options) => [...randomLog({ ...options, shape: "beam" })]);
const anyAxis = fc.constantFrom(...AXES);

test("C5: what is folded and hoisted in a merged tree means the same steps after its runs have grown, along any axis", () => {
  let moved = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyLog, fc.double({ min: 0.1, max: 1, noNaN: true })), {
        minLength: 1,
        maxLength: 4,
      }),
      anyAxis,
      anyAxis,
      fc.array(fc.nat(1000), { minLength: 3, maxLength: 20 }),
      (grown, axis, nextAxis, picks) => {
        const runs = grown.map(([log, share]) =>
          foldLog(log.slice(0, Math.max(1, Math.floor(share * log.length)))),
        );
        const before = mergeRuns(runs, axis);
        for (const [i, [log]] of grown.entries()) runs[i]!.apply(log.slice(runs[i]!.seq + 1));
        const now = mergeRuns(runs, nextAxis);
        const nodes = picks.map((pick) => pick % before.tree.count);
        const [top = 0, ...folded] = nodes;
        const chosen = { top, folding: { ...NO_FOLDING, folded: new Set(folded) } };
        const carried = carryOver(chosen, before, now);
        const meant = (node: number, of: typeof now) => {
          const source = of.sources[node]![0]!;
          return JSON.stringify(prefixOf(runs[source.run]!, source.node));
        };
        expect(meant(carried.top, now)).toBe(meant(top, before));
        expect(carried.folding.folded.size).toBe(chosen.folding.folded.size);
        for (const [was, is] of zip(chosen.folding.folded, carried.folding.folded)) {
          expect(meant(is, now)).toBe(meant(was, before));
          if (is !== was) moved++;
        }
      },
    ),
  );
  // Else the law would hold for leaving all ids as they are.
  expect(moved).toBeGreaterThan(20);
});

function zip(a: Iterable<number>, b: Iterable<number>): [number, number][] {
  const others = [...b];
  return [...a].map((one, i) => [one, others[i]!]);
}
