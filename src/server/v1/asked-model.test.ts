import { expect, test } from "vitest";
import { expectedSolutions, hasSize } from "../../protocol/evaluation-runs.ts";
import { factsOf, STRATEGY_NAMES } from "../../protocol/strategy-facts/table.ts";
import { MODEL_NAMES, readModelName } from "./asked-model.ts";

test("every strategy is asked for by its flag, and costs no more than the number says", () => {
  const read = MODEL_NAMES.slice(1).map((name) => ({ name, ...readModelName(name, null) }));
  expect([...new Set(read.map(({ strategy }) => strategy.name))]).toEqual(STRATEGY_NAMES);
  for (const { name, strategy } of read) {
    expect(name).toContain(factsOf(strategy).flag.replace(/-n$/, ""));
    const solutions = Number(/\d+$/.exec(name)?.[0] ?? Number.NaN);
    expect(hasSize(strategy.name)).toBe(!Number.isNaN(solutions));
    if (hasSize(strategy.name)) expect(expectedSolutions(strategy)).toBeLessThanOrEqual(solutions);
  }
});

test("where the number is missing the effort says it", () => {
  const named = (name: string, effort: Parameters<typeof readModelName>[1] = null) =>
    readModelName(name, effort).strategy;
  expect(named("sentei")).toMatchObject({ name: "beam", n: 16, m: 4 });
  expect(named("sentei/particles", "low")).toMatchObject({ name: "particles", n: 4 });
  expect(named("sentei/best-of-64", "low")).toMatchObject({ name: "bestOfN", n: 64 });
  expect(named("sentei/lookahead-16")).toMatchObject({ name: "lookahead", n: 8, k: 1 });
  expect(named("sentei/rebase", "none")).toEqual({ name: "greedy" });
  expect(named("sentei/tot-bfs", "minimal")).toMatchObject({ name: "totBfs", keep: 1 });
});

test.each([
  "sentei/beam-0",
  "sentei/majority-1025",
  "sentei/lookahead-1",
  "sentei/greedy-4",
  "sentei/bestOfN-4",
  "sentei/nothing",
  "other/beam",
])("there is no model %s", (name) => {
  expect(() => readModelName(name, null)).toThrow(`There is no model "${name}"`);
});

test("policy and verifier follow the strategy", () => {
  expect(readModelName("sentei/rebase-4@sentei-l+checker", null)).toMatchObject({
    ...{ policy: "sentei-l", verifier: "checker" },
    strategy: { name: "rebase", n: 4 },
  });
});
