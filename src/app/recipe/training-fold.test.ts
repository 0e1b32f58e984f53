import fc from "fast-check";
import { expect, test } from "vitest";
import type { TrainingEvent } from "../../protocol/training.ts";
import { TrainingFold } from "./training-fold.ts";

const at = "2026-01-01T00:00:00.000Z";
const begun: TrainingEvent = {
  ...{ type: "stage", at, stage: "S/policy", size: "S", step: "policy" },
  ...{ hash: "0", state: "running", seconds: 0 },
};

function metric(x: number, value: number, series = "expressions"): TrainingEvent {
  return {
    ...{ type: "metric", at, stage: "S/policy", name: "accuracy", series, x, xUnit: "tokens" },
    ...{ value, unit: "share", low: null, high: null, n: null },
  };
}

const metrics = fc.array(
  fc
    .tuple(fc.nat(20), fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom("a", "b"))
    .map(([x, value, series]) => metric(x, value, series)),
);

function shown(batches: readonly TrainingEvent[][]) {
  const fold = new TrainingFold();
  for (const batch of batches) fold.apply(batch);
  return [...fold.lines("policy").values()].map((lines) =>
    lines.map(({ series, points }) => [series, points.map(({ x, value }) => [x, value])]),
  );
}

test("V12: how a log is cut into batches changes nothing, and a line is in the order of its x", () => {
  fc.assert(
    fc.property(metrics, fc.nat(), (events, cut) => {
      const all = [begun, ...events];
      const k = cut % all.length;
      expect(shown([all.slice(0, k), all.slice(k)])).toEqual(shown([all]));
      for (const lines of shown([all])) {
        for (const [, points] of lines) {
          const xs = (points as number[][]).map(([x]) => x!);
          expect(xs).toEqual([...new Set(xs)].sort((a, b) => a - b));
        }
      }
    }),
  );
});

test("V12: what is said again after a kill replaces what was said before", () => {
  const fold = new TrainingFold();
  fold.apply([begun, metric(1, 0.1), metric(2, 0.2)]);
  fold.apply([{ ...begun, state: "resumed", seconds: 9 }, metric(2, 0.25), metric(3, 0.3)]);
  const [line] = fold.lines("policy").get("accuracy")!;
  expect(line!.points.map(({ value }) => value)).toEqual([0.1, 0.25, 0.3]);
  expect(fold.stages("policy")).toMatchObject([{ state: "resumed", seconds: 9 }]);
});

test("V12: samples are in the order of stages, then of x", () => {
  const sample = (stage: string, x: number): TrainingEvent => ({
    ...{ type: "sample", at, stage, x, xUnit: "tokens", family: "expressions", level: 3 },
    ...{ problem: "1+2", attempts: [] },
  });
  const fold = new TrainingFold();
  const branch = "S/branch";
  fold.apply([begun, sample("S/policy", 2), { ...begun, stage: branch }, sample(branch, 2)]);
  fold.apply([sample("S/policy", 3), sample("S/policy", 1)]);
  expect(fold.samples("policy").map(({ stage, x }) => [stage, x])).toEqual([
    ["S/policy", 1],
    ["S/policy", 2],
    ["S/policy", 3],
    [branch, 2],
  ]);
});
