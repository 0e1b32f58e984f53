import fc from "fast-check";
import { expect, test } from "vitest";
import { randomLog, SHAPES } from "../../protocol/random-log.ts";
import { foldLog, type Tree } from "../../protocol/tree.ts";
import { foldedFacts, foldedWords, type Shown } from "./folded-facts.ts";

const anyMoment = fc
  .record({
    seed: fc.nat(1000),
    nodes: fc.integer({ min: 2, max: 120 }),
    shape: fc.constantFrom(...SHAPES),
    pick: fc.nat(),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ pick, share, ...options }) => {
    const tree = foldLog(randomLog(options));
    return { tree, at: Math.floor(tree.seq * share), item: pick % tree.count };
  });

/** Everything below an item is shown at it. */
function folded(tree: Tree, item: number): Shown {
  const shownAt = Int32Array.from({ length: tree.count }, (_, node) =>
    tree.path(node).includes(item) ? item : node,
  );
  const size = new Int32Array(tree.count).fill(1);
  size[item] = shownAt.filter((at) => at === item).length;
  return { shownAt, size };
}

test("the facts of a folded item are those of its nodes, one by one", () => {
  fc.assert(
    fc.property(anyMoment, ({ tree, at, item }) => {
      const shown = folded(tree, item);
      const facts = foldedFacts(tree, at, shown, item);
      const nodes = [...shown.shownAt.keys()].filter(
        (node) => shown.shownAt[node] === item && tree.statusAt(node, at) !== "none",
      );
      const scores = nodes.map((node) => tree.scoreAt(node, at)).filter((s) => !Number.isNaN(s));
      const pruned = nodes.filter((node) => tree.statusAt(node, at) === "pruned");
      expect(facts.count).toBe(nodes.length);
      const open = nodes.filter((node) => {
        const status = tree.statusAt(node, at);
        return status !== "pruned" && (status !== "kept" || tree.answer(node, at) !== null);
      });
      expect(facts.open).toBe(open.length);
      expect(facts.best).toBe(scores.length === 0 ? Number.NaN : Math.max(...scores));
      expect(facts.right).toBe(
        nodes.filter((node) => tree.answer(node, at)?.correct === true).length,
      );
      const times = Map.groupBy(pruned, (node) => tree.pruningAt(node, at)!.reason);
      const most = Math.max(0, ...[...times.values()].map(({ length }) => length));
      expect(facts.reasonCount).toBe(most);
      expect(facts.reason === null ? 0 : times.get(facts.reason)?.length).toBe(most);
    }),
  );
});

test("a node that was pruned twice counts for the reason of the moment", () => {
  const [first, second] = ["not_top_k", "human"] as const;
  const log = [...randomLog({ seed: 2, nodes: 12, shape: "chain" })].slice(0, -1);
  const { v, run, t } = log.at(-1)!;
  const facts = [
    { type: "pruned", nodes: [{ node: 5, reason: first, rank: 2, cut: null, beatenBy: null }] },
    { type: "restored", nodes: [5] },
    { type: "pruned", nodes: [{ node: 5, reason: second, rank: null, cut: null, beatenBy: null }] },
  ] as const;
  const ends = facts.map((fact, i) => ({ v, run, t, seq: log.length + i, ...fact }));
  const tree = foldLog([...log, ...ends]);
  const reasonAt = (at: number) => foldedFacts(tree, at, folded(tree, 5), 5).reason;
  expect(ends.map(({ seq }) => reasonAt(seq))).toEqual([first, null, second]);
});

test("a folded item is said in ever fewer words", () => {
  const words = foldedWords({
    count: 12,
    open: 0,
    best: 0.414,
    reason: "not_top_k",
    reasonCount: 9,
    right: 0,
  });
  expect(words).toEqual([
    "12 pruned, best 0.41, 9 not in top k",
    "12 pruned, best 0.41",
    "12 pruned",
    "12",
  ]);
});

test("what is still alive inside of a folded item is not called pruned", () => {
  const facts = { count: 30, open: 4, best: 0.9, reason: null, reasonCount: 0, right: 1 };
  expect(foldedWords(facts)).toEqual(["30 nodes, 1 right, best 0.90", "30 nodes, 1 right", "+30"]);
});
