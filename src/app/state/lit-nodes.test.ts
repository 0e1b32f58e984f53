import fc from "fast-check";
import { expect, test } from "vitest";
import { randomLog, SHAPES } from "../../protocol/random-log.ts";
import { foldLog, type Tree } from "../../protocol/tree.ts";
import { litNodes } from "./lit-nodes.ts";
import { type Filter, type Find, NO_FIND } from "./reading.ts";

type Input = Parameters<typeof litNodes>[0];
type Status = "open" | "kept" | "pruned" | "right" | "wrong" | "unknown";

const anyTree = fc
  .record({ seed: fc.nat(1000), shape: fc.constantFrom(...SHAPES), nodes: fc.nat(120) })
  .map((options) => foldLog(randomLog({ ...options, width: 8 })));

const anyFilter: fc.Arbitrary<Filter> = fc.record({
  scores: fc.option(fc.tuple(fc.double({ min: 0, max: 0.5 }), fc.double({ min: 0.5, max: 1 }))),
  statuses: fc
    .subarray<Status>(["open", "kept", "pruned", "right", "wrong", "unknown"])
    .map((list) => new Set(list)),
});

/** What a reader may look for in a tree, at any moment. */
const anyInput: fc.Arbitrary<Input> = anyTree.chain((tree) => {
  const seq = fc.integer({ min: 0, max: tree.seq });
  const hits = fc.subarray(Array.from({ length: tree.count }, (_, node) => node));
  return fc.record({
    tree: fc.constant(tree),
    at: fc.integer({ min: -1, max: tree.seq }),
    find: fc.option(hits, { nil: null }).map((found): Find => {
      return found === null ? NO_FIND : { query: "x", hits: found, current: -1 };
    }),
    filter: fc.option(anyFilter, { nil: null }),
    brush: fc.option(
      fc.tuple(seq, seq).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]),
      { nil: null },
    ),
    among: fc.option(
      fc
        .array(fc.constantFrom(0, 1), { minLength: tree.count, maxLength: tree.count })
        .map((bits) => Uint8Array.from(bits)),
      { nil: null },
    ),
  });
});

function input(tree: Tree, change: Partial<Input>): Input {
  return { tree, at: tree.seq, find: NO_FIND, filter: null, brush: null, among: null, ...change };
}

/** The same by the book, a node at a time. */
function isLit({ tree, at, find, filter, brush, among }: Input, node: number): boolean {
  if (among?.[node] === 0) return false;
  if (find.query !== "" && !Array.from(find.hits).includes(node)) return false;
  if (brush !== null && !momentsOf(tree, node).some((seq) => seq >= brush[0] && seq <= brush[1])) {
    return false;
  }
  return filter === null || passes(tree, node, at, filter);
}

function momentsOf(tree: Tree, node: number): number[] {
  const { announcedSeq, proposedSeq, scoredSeq, keptSeq, prunedSeq, answeredSeq } = tree;
  return [announcedSeq, proposedSeq, scoredSeq, keptSeq, prunedSeq, answeredSeq].map(
    (column) => column[node]!,
  );
}

function passes(tree: Tree, node: number, at: number, { scores, statuses }: Filter): boolean {
  const score = tree.scoreAt(node, at);
  if (scores !== null && !(score >= scores[0] && score <= scores[1])) return false;
  const asked = (facet: Status[]) => facet.filter((status) => statuses.has(status));
  const status = tree.statusAt(node, at).replace("sampling", "open");
  const wanted = asked(["open", "kept", "pruned"]);
  if (wanted.length > 0 && !wanted.some((name) => name === status)) return false;
  const verdicts = asked(["right", "wrong", "unknown"]);
  if (verdicts.length === 0) return true;
  const answer = tree.answer(node, at);
  if (answer === null) return false;
  const word = new Map([[true, "right"] as const, [false, "wrong"] as const]);
  return verdicts.includes(word.get(answer.correct as boolean) ?? "unknown");
}

test("a node is lit if it is a hit, was brushed and passes the filter at the moment", () => {
  fc.assert(
    fc.property(anyInput, (asked) => {
      const lit = litNodes(asked);
      const { tree, find, filter, brush } = asked;
      if (find.query === "" && filter === null && brush === null) {
        expect(lit).toBeNull();
        return;
      }
      expect([...lit!]).toEqual(
        Array.from({ length: tree.count }, (_, node) => Number(isLit(asked, node))),
      );
    }),
  );
});

test("while nothing is looked for all are lit", () => {
  expect(litNodes(input(foldLog(randomLog({ seed: 1, nodes: 20, shape: "wild" })), {}))).toBeNull();
});

test("a text without a hit dims everything", () => {
  const tree = foldLog(randomLog({ seed: 1, nodes: 20, shape: "beam", width: 4 }));
  const lit = litNodes(input(tree, { find: { query: "x", hits: [], current: -1 } }));
  expect(lit).toEqual(new Uint8Array(tree.count));
});

test("the same question is answered with the same array, whatever moment is shown if it does not matter", () => {
  const tree = foldLog(randomLog({ seed: 2, nodes: 60, shape: "beam", width: 8 }));
  const brush = [2, 9] as const;
  const first = litNodes(input(tree, { brush }));
  expect(litNodes(input(tree, { brush, at: 3 }))).toBe(first);
  expect(litNodes(input(tree, { brush: [2, 10], at: 3 }))).not.toBe(first);
});

test("what arrives while something is looked for is asked as well", () => {
  const log = [...randomLog({ seed: 3, nodes: 60, shape: "bushy" })];
  const tree = foldLog(log.slice(0, 40));
  const brush = [0, log.length] as const;
  const before = litNodes(input(tree, { brush }))!.length;
  tree.apply(log.slice(40));
  expect(litNodes(input(tree, { brush }))).toHaveLength(tree.count);
  expect(tree.count).toBeGreaterThan(before);
});
