import fc from "fast-check";
import { expect, test } from "vitest";
import { randomLog } from "../../protocol/random-log.ts";
import { foldLog, type Tree } from "../../protocol/tree.ts";
import { AXES } from "../state/compared.ts";
import { mergeRuns, placesOf, whyNotMerged } from "./merge-runs.ts";
import { partingsOf } from "./partings.ts";
import { prefixOf } from "./prefix.ts";
import { spendsOf } from "./spends.ts";

const anyTree = fc
  .record({
    seed: fc.nat(40),
    nodes: fc.integer({ min: 1, max: 60 }),
    shape: fc.constantFrom("beam", "bushy", "wild"),
  })
  .map((options) => foldLog(randomLog(options)));
const anyLog = fc
  .record({ seed: fc.nat(100), nodes: fc.integer({ min: 1, max: 60 }) })
  .map((options) => [...randomLog({ ...options, shape: "wild" })]);
/** With small seeds runs share what they begin with now and then; a run beside itself shares everything. */
const anyTrees = fc
  .array(anyTree, { minLength: 1, maxLength: 3 })
  .chain((trees) =>
    fc.constantFrom(trees, [...trees, trees[0]!]).map((list): readonly Tree[] => list),
  );
const anyAxis = fc.constantFrom(...AXES);

/** Nodes of a run that have something to show. */
const nodesOf = (tree: Tree) =>
  Array.from({ length: tree.count }, (_, node) => node).filter(
    (node) => node === 0 || tree.proposedSeq[node]! >= 0,
  );
const keyOf = (tree: Tree, node: number) => JSON.stringify(prefixOf(tree, node));

test("C2: every node of every run stands for one merged node, and two for the same if and only if their prefixes are equal", () => {
  fc.assert(
    fc.property(anyTrees, anyAxis, (trees, axis) => {
      const merged = mergeRuns(trees, axis);
      const byPrefix = new Map<string, number>();
      for (const [run, tree] of trees.entries()) {
        for (const node of nodesOf(tree)) {
          const own = merged.mergedOf[run]![node]!;
          const key = keyOf(tree, node);
          expect(own).toBe(byPrefix.get(key) ?? own);
          byPrefix.set(key, own);
          expect((merged.members[own]! >> run) & 1).toBe(1);
          expect(merged.tree.depth[own]).toBe(tree.depth[node]);
        }
      }
      expect(new Set(byPrefix.values()).size).toBe(merged.tree.count);
      expect(byPrefix.size).toBe(merged.tree.count);
    }),
  );
});

test("C3: at every place of the playhead the merged tree has what the runs have", () => {
  fc.assert(
    fc.property(
      anyTrees,
      anyAxis,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (trees, axis, share) => {
        const { tree: all, positions, mergedOf } = mergeRuns(trees, axis);
        const end = positions.at(-1) ?? 0;
        const place = share * end;
        const at = positions.findLastIndex((position) => position <= place);
        const shown = new Set<number>();
        for (const [run, tree] of trees.entries()) {
          for (const node of nodesOf(tree)) {
            const born = node === 0 ? 0 : placesOf(tree, axis)[tree.proposedSeq[node]!]!;
            if (born <= place) shown.add(mergedOf[run]![node]!);
          }
        }
        for (let node = 0; node < all.count; node++) {
          expect(all.announcedSeq[node]! <= at).toBe(shown.has(node));
        }
      },
    ),
  );
});

test("C4: what runs spent together and below their first partings is all that their logs say they spent", () => {
  fc.assert(
    fc.property(anyTrees, anyAxis, (trees, axis) => {
      const merged = mergeRuns(trees, axis);
      const everybody = merged.members[0];
      const partings = partingsOf(merged, trees);
      for (const [run, tree] of trees.entries()) {
        const places = merged.mergedOf[run]!;
        const isCommon = (node: number) => {
          let shown = node;
          while (places[shown]! < 0) shown = tree.parent[shown]!;
          return merged.members[places[shown]!] === everybody;
        };
        const together = { tokens: 0, calls: 0 };
        for (let seq = 0; seq <= tree.seq; seq++) {
          const [before, after] = [tree.useAt(seq - 1), tree.useAt(seq)];
          if (!isCommon(Math.max(tree.eventNodeAt(seq), 0))) continue;
          together.tokens += after.policyTokens - before.policyTokens;
          together.calls += after.prmCalls - before.prmCalls;
        }
        const first = partings.filter(({ node }) => merged.members[node] === everybody);
        const apart = (unit: "tokens" | "calls") =>
          first.reduce((sum, { spent }) => sum + spent[run]![unit], 0);
        const { policyTokens, prmCalls } = tree.useAt();
        expect(together.tokens + apart("tokens")).toBe(policyTokens);
        expect(together.calls + apart("calls")).toBe(prmCalls);
      }
      const sizes = partings.map(({ size }) => size);
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    }),
  );
});

test("what a growing run spent on its nodes is what the whole run spent on them until then", () => {
  fc.assert(
    fc.property(anyLog, fc.double({ min: 0, max: 1, noNaN: true }), (log, share) => {
      const growing = foldLog(log.slice(0, Math.floor(share * log.length)));
      spendsOf(growing);
      growing.apply(log.slice(growing.seq + 1));
      const { tokens, calls } = spendsOf(growing);
      const whole = spendsOf(foldLog(log));
      for (let node = 0; node < growing.count; node++) {
        expect([tokens[node], calls[node]]).toEqual([whole.tokens[node], whole.calls[node]]);
      }
    }),
  );
});

test("a run beside itself parts from nothing, and prunes what it pruned", () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const merged = mergeRuns([tree, tree], "events");
      expect(partingsOf(merged, [tree, tree])).toEqual([]);
      for (let node = 1; node < merged.tree.count; node++) {
        const states = merged.sources[node]!.map(({ node: own }) => tree.statusAt(own));
        const isPruned = states.every((state) => state === "pruned");
        expect(merged.tree.statusAt(node) === "pruned").toBe(isPruned);
      }
    }),
  );
});

test("runs of different problems are not one tree", () => {
  const tree = foldLog(randomLog({ seed: 1, nodes: 5, shape: "beam" }));
  expect(whyNotMerged([tree, tree])).toBeNull();
  const [started, ...rest] = [...randomLog({ seed: 1, nodes: 5, shape: "beam" })];
  const other = foldLog([
    { ...started, problem: { family: null, text: "another one" } } as typeof started & object,
    ...rest,
  ]);
  expect(whyNotMerged([tree, other])).toBe("problems");
});

test("places of a run that grows are those of the whole run", () => {
  fc.assert(
    fc.property(
      fc.record({ seed: fc.nat(100), nodes: fc.integer({ min: 1, max: 60 }) }),
      anyAxis,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (options, axis, share) => {
        const log = [...randomLog({ ...options, shape: "wild" })];
        const growing = foldLog(log.slice(0, Math.floor(share * log.length)));
        placesOf(growing, axis);
        growing.apply(log.slice(growing.seq + 1));
        expect(placesOf(growing, axis)).toEqual(placesOf(foldLog(log), axis));
      },
    ),
  );
});
