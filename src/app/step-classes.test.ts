import fc from "fast-check";
import { expect, test } from "vitest";
import { isKnown } from "../protocol/event-kinds.ts";
import { type RandomLogOptions, randomLog, SHAPES } from "../protocol/random-log.ts";
import { foldLog, Tree } from "../protocol/tree.ts";
import { normalStep, StepClasses } from "./step-classes.ts";

const STEPS = ["1+1=2", " 1 + 1 = 2", "1 +\n1=2", "a", "A", "a  b", "a b ", "", "  ", "ﬁ = ½"];

/** A random log in which steps come again, in several spellings. */
function* similarLog(options: RandomLogOptions) {
  for (const event of randomLog(options)) {
    yield isKnown(event) && event.type === "proposed"
      ? { ...event, step: STEPS[event.node % STEPS.length]! }
      : event;
  }
}

const anyLog = fc
  .record({
    seed: fc.nat(),
    nodes: fc.integer({ min: 2, max: 150 }),
    shape: fc.constantFrom(...SHAPES),
  })
  .map((options) => [...similarLog(options)]);

test("nodes are of one class if and only if their steps have one normal form", () => {
  fc.assert(
    fc.property(anyLog, (log) => {
      const tree = foldLog(log);
      const classes = new StepClasses();
      classes.update(tree);
      for (let node = 0; node < tree.count; node++) {
        const normal = normalStep(tree.step(node));
        const found = classes.classOf[node]!;
        expect(found === -1).toBe(normal === "");
        if (found !== -1) expect(normalStep(classes.textOf(found))).toBe(normal);
      }
      const normals = Array.from({ length: classes.count }, (_, i) =>
        normalStep(classes.textOf(i)),
      );
      expect(new Set(normals).size).toBe(classes.count);
    }),
  );
});

test("a tree that grows gives the classes of the whole tree", () => {
  fc.assert(
    fc.property(anyLog, fc.array(fc.integer({ min: 1, max: 40 })), (log, batches) => {
      const tree = new Tree();
      const growing = new StepClasses();
      let from = 0;
      for (const size of [...batches, log.length]) {
        tree.apply(log.slice(from, from + size));
        from += size;
        growing.update(tree);
      }
      const whole = new StepClasses();
      whole.update(foldLog(log));
      expect(growing.classOf.subarray(0, tree.count)).toEqual(
        whole.classOf.subarray(0, tree.count),
      );
      expect(growing.count).toBe(whole.count);
    }),
  );
});

test("read in parts, the classes are the same, and what is left is told", () => {
  fc.assert(
    fc.property(anyLog, fc.integer({ min: 1, max: 50 }), (log, most) => {
      const tree = foldLog(log);
      const parts = new StepClasses();
      for (let left = log.length; left > 0; left = Math.max(0, left - most)) {
        expect(parts.update(tree, most)).toBe(Math.max(0, left - most));
      }
      const whole = new StepClasses();
      whole.update(tree);
      expect(parts.classOf).toEqual(whole.classOf);
      expect(parts.count).toBe(whole.count);
    }),
  );
});

test("with another tree the classes begin anew", () => {
  const classes = new StepClasses();
  classes.update(foldLog(similarLog({ seed: 1, nodes: 90, shape: "beam" })));
  const small = foldLog(randomLog({ seed: 2, nodes: 5, shape: "chain" }));
  classes.update(small);
  expect(classes.count).toBe(4);
  expect([...classes.classOf.subarray(0, small.count)]).toEqual([-1, 0, 1, 2, 3]);
});

test.each([
  ["  3 + 4 =\t7 ", "3+4=7"],
  ["( 3 + 4 ) * 2", "(3+4)*2"],
  ["So  it is\n\nseven.", "So it is seven."],
  ["- 3 apples", "- 3 apples"],
  ["x² ＋ １", "x2+1"],
  ["   ", ""],
])("the normal form of %j is %j", (step, normal) => {
  expect(normalStep(step)).toBe(normal);
});

test("a normal form is its own normal form, and case counts", () => {
  const piece = fc.constantFrom(" ", "\n", "=", "+", "-", "(", ")", "a", "1", "\u0338", "¨", "½");
  const anyText = fc.oneof(fc.string({ unit: piece }), fc.string({ unit: "binary" }));
  fc.assert(
    fc.property(anyText, (text) => {
      const normal = normalStep(text);
      expect(normalStep(normal)).toBe(normal);
    }),
  );
  expect(normalStep("Let a")).not.toBe(normalStep("let a"));
});
