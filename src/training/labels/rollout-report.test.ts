import { expect, test } from "vitest";
import type { Labelled } from "./labels.ts";
import { rolloutReport } from "./rollout-report.ts";

const row = (steps: string[], labels: (0 | 1)[], values: (number | null)[]): Labelled => ({
  ...{ family: "expressions", level: 3, problem: "1+2+3", answer: "6" },
  ...{ steps, labels, values },
});

test("each prefix with both kinds of label counts once, by its exact label", () => {
  const report = rolloutReport([
    row(["3+3", "6"], [1, 1], [0.5, null]),
    row(["3+3", "7"], [1, 0], [0.5, null]),
    row(["1+5", "6"], [1, 1], [0, null]),
    row(["4+3", "7"], [0], [0.25]),
  ]);
  expect(report).toMatchObject({ prefixes: 3, valueOfRight: 0.25, valueOfWrong: 0.25 });
  expect(report!.rightCalledWrong.value).toBe(0.5);
  expect(report!.wrongCalledRight.value).toBe(1);
});

test("without rollouts there is nothing to report", () => {
  expect(rolloutReport([row(["3+3"], [1], [null])])).toBeNull();
});
