import fc from "fast-check";
import { expect, test } from "vitest";
import { isKnown } from "../../../protocol/event-kinds.ts";
import { type RandomLogOptions, randomLog, SHAPES } from "../../../protocol/random-log.ts";
import { foldLog, type Tree } from "../../../protocol/tree.ts";
import { normalStep, StepClasses } from "../../step-classes.ts";
import { nodesOfClass, sumClasses } from "./read-similar.ts";
import { SIMILAR_ORDERS, similarRows } from "./similar-rows.ts";

const STEPS = ["1+1=2", " 1 + 1 = 2", "a", "A", "a  b", "a b ", "", "7"];

/** A random log in which steps come again, in several spellings. */
function similarLog(options: RandomLogOptions) {
  return [...randomLog(options)].map((event) =>
    isKnown(event) && event.type === "proposed"
      ? { ...event, step: STEPS[(event.node * 7) % STEPS.length]! }
      : event,
  );
}

const anyLog = fc
  .record({
    seed: fc.nat(),
    nodes: fc.integer({ min: 2, max: 120 }),
    shape: fc.constantFrom(...SHAPES),
  })
  .map(similarLog);
const anyShare = fc.double({ min: 0, max: 1, noNaN: true });

function classesOf(tree: Tree): StepClasses {
  const classes = new StepClasses();
  classes.update(tree);
  return classes;
}

/** What is meant, without a thought for time. */
function naiveRow(tree: Tree, at: number, text: string) {
  const nodes = Array.from({ length: tree.count }, (_, node) => node).filter(
    (node) =>
      node > 0 &&
      tree.proposedSeq[node]! >= 0 &&
      tree.proposedSeq[node]! <= at &&
      normalStep(tree.step(node)) === normalStep(text),
  );
  const scores = nodes.map((node) => tree.scoreAt(node, at)).filter((one) => !Number.isNaN(one));
  const grades = nodes.flatMap((top) =>
    Array.from({ length: tree.countAt(at) }, (_, node) => node)
      .filter((node) => tree.path(node).includes(top))
      .map((node) => tree.correctAt(node, at))
      .filter((correct) => typeof correct === "boolean"),
  );
  return {
    count: nodes.length,
    parents: new Set(nodes.map((node) => tree.parent[node])).size,
    mean: scores.reduce((sum, score) => sum + score, 0) / scores.length,
    graded: grades.length,
    right: grades.filter(Boolean).length,
    first: nodes[0],
  };
}

test("the table says of every step what a naive count says, at every moment", () => {
  fc.assert(
    fc.property(anyLog, anyShare, (log, share) => {
      const tree = foldLog(log);
      const at = Math.round(share * tree.seq);
      const classes = classesOf(tree);
      const sums = sumClasses(tree, classes, at);
      const { rows, found } = similarRows(sums, classes, { order: "count", query: "" });
      expect(found).toBe(sums.classes);
      expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(sums.steps);
      for (const { step, text, mean, ...row } of rows) {
        const { mean: naiveMean, ...naive } = naiveRow(tree, at, text);
        expect(row).toEqual(naive);
        if (Number.isNaN(naiveMean)) expect(mean).toBeNaN();
        else expect(mean).toBeCloseTo(naiveMean, 10);
        const nodes = nodesOfClass(tree, classes, step, at);
        expect([nodes.length, nodes[0]]).toEqual([row.count, row.first]);
      }
    }),
    { numRuns: 60 },
  );
});

test("rows come in the order that is asked for, and contain what is looked for", () => {
  fc.assert(
    fc.property(
      anyLog,
      fc.constantFrom(...SIMILAR_ORDERS),
      fc.constantFrom("", "a", "1"),
      (log, order, query) => {
        const tree = foldLog(log);
        const classes = classesOf(tree);
        const sums = sumClasses(tree, classes, tree.seq);
        const { rows, found } = similarRows(sums, classes, { order, query });
        expect(found).toBe(rows.length);
        expect(rows.every(({ text }) => text.toLowerCase().includes(query))).toBe(true);
        const keys = rows.map(({ count, mean, right, graded }) => {
          const key = { count, mean, right: right / graded }[order];
          return Number.isNaN(key) ? -1 : key;
        });
        for (const [i, key] of keys.entries()) {
          if (i > 0) expect(key).toBeLessThanOrEqual(keys[i - 1]! + 1e-6);
        }
      },
    ),
  );
});
