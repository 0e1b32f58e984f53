import fc from "fast-check";
import { expect, test } from "vitest";
import { randomLog } from "../../protocol/random-log.ts";
import { foldLog } from "../../protocol/tree.ts";
import { nodeOf, prefixOf } from "./prefix.ts";

const anyTree = fc
  .record({ seed: fc.nat(500), nodes: fc.integer({ min: 1, max: 60 }) })
  .map((options) => foldLog(randomLog({ ...options, shape: "bushy" })));

test("a node is found again by its prefix, or an earlier one with the same", () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      for (let node = 0; node < tree.count; node++) {
        if (node > 0 && tree.proposedSeq[node]! < 0) continue;
        const prefix = prefixOf(tree, node);
        const found = nodeOf(tree, prefix);
        expect(found).not.toBeNull();
        expect(found).toBeLessThanOrEqual(node);
        expect(prefixOf(tree, found!)).toEqual(prefix);
      }
    }),
  );
});

test("what a run does not have is not found", () => {
  const tree = foldLog(randomLog({ seed: 1, nodes: 20, shape: "bushy" }));
  const [problem, ...steps] = prefixOf(tree, 5);
  expect(nodeOf(tree, [problem, ...steps, "never written"])).toBeNull();
  expect(nodeOf(tree, ["another problem", ...steps])).toBeNull();
});
