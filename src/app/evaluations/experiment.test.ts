import { expect, test } from "vitest";
import { FAMILIES } from "../../problems/families.ts";
import { type EvaluationSpec, EvaluationState } from "../../protocol/evaluations.ts";
import { ModelCard } from "../../protocol/runs.ts";
import { STRATEGY_NAMES } from "../../protocol/strategy-facts/table.ts";
import { allLevels, type Experiment, experimentOf, specOf } from "./experiment.ts";
import { PRESET_IDS, presetOf } from "./presets.ts";
import { secondsFor, sizeOf } from "./size.ts";

const NAMES = { policy: "sentei-s", verifier: "sentei-prm" };
const POLICY = ModelCard.parse({
  ...{ name: "sentei-s", revision: "1", role: "policy", about: "", parameters: 9, families: [] },
  tellsTokens: true,
});

const EXPERIMENT: Experiment = {
  ...{ name: "x", levels: allLevels(FAMILIES), count: 10, problemSeed: 3, repeats: 2 },
  set: null,
  ...{ strategies: ["majority", "beam"], budgets: "4, 16" },
  ...NAMES,
};

function spec(change: Partial<Experiment> = {}): EvaluationSpec {
  const read = specOf({ ...EXPERIMENT, ...change });
  if ("faults" in read) throw new Error(JSON.stringify(read.faults));
  return read.spec;
}

test.each(PRESET_IDS)("the preset %s can be started, and changed in the form", (id) => {
  const preset = presetOf(id, NAMES, POLICY);
  const read = specOf(preset);
  expect(read).toHaveProperty("spec");
  expect(experimentOf(spec(preset))).toEqual(preset);
});

test("a preset leaves out what a policy cannot run", () => {
  const silent = { ...POLICY, tellsTokens: false };
  expect(presetOf("everyStrategy", NAMES, POLICY).strategies).toEqual(STRATEGY_NAMES);
  const able = presetOf("everyStrategy", NAMES, silent).strategies;
  expect(able).not.toContain("tokenBeam");
  expect(able).toContain("beam");
});

test("budgets are read as people type them, and refused with what is wrong", () => {
  const budgets = (text: string) => spec({ budgets: text }).budgets.map((each) => each.solutions);
  expect(budgets("16,4  64;4")).toEqual([4, 16, 64]);
  const fault = (text: string) => {
    const read = specOf({ ...EXPERIMENT, budgets: text });
    return "faults" in read ? read.faults.budgets : null;
  };
  expect(fault("")).toBe("Type at least one number of solutions.");
  expect(fault("4, 0")).toContain("“0”");
  expect(fault("4, 65537")).toContain("“65537”");
  expect(fault("1.5")).toContain("“1.5”");
  expect(fault(Array.from({ length: 17 }, (_, i) => i + 1).join())).toContain("17 budgets");
});

test("without problems or strategies nothing can be started, and the form says so", () => {
  const read = specOf({ ...EXPERIMENT, levels: { countdown: [] }, strategies: [] });
  expect(read).toEqual({
    faults: { levels: "Choose a level of some family.", strategies: "Choose a strategy." },
  });
});

test("what the form cannot say is not brought back into it", () => {
  const of = spec();
  expect(experimentOf(of)).toEqual({ ...EXPERIMENT });
  expect(experimentOf({ ...of, verifier: null })).toBeNull();
  expect(experimentOf({ ...of, budgets: [{ policyTokens: 9 }] })).toBeNull();
  expect(
    experimentOf({ ...of, arms: [{ ...of.arms[0]!, policy: "other" }, of.arms[1]!] }),
  ).toBeNull();
});

test("the size counts every run, and what runs share only once at its least", () => {
  const size = sizeOf(spec());
  expect(size.problems).toBe(40);
  expect(size.runs).toBe(40 * 2 * 2 * 2);
  expect(size.policyTokens.high).toBeGreaterThan(size.policyTokens.low);
  const largest = sizeOf(spec({ budgets: "16" })).policyTokens;
  expect(largest.low).toBe(largest.high);
  expect(size.policyTokens.low).toBeCloseTo(largest.low, 6);
});

test("the time is told by the pace of earlier evaluations with the same policy, or not at all", () => {
  const size = sizeOf(spec());
  const earlier = EvaluationState.parse({
    ...{ id: "1", spec: spec(), status: "finished", error: null, createdAt: "", models: [] },
    ...{ done: 20, problems: 40, rows: 0, allRows: 0, seconds: 50, left: null },
  });
  expect(secondsFor(size, "sentei-s", [])).toBeNull();
  expect(secondsFor(size, "other", [earlier])).toBeNull();
  expect(secondsFor(size, "sentei-s", [earlier])).toBeCloseTo(100, 6);
});

test("an uploaded set stands in the place of families, and another like it can be made", () => {
  const experiment = { ...EXPERIMENT, levels: {}, set: "k3f", count: 7, problemSeed: 1 };
  const made = spec(experiment);
  expect(made.problems).toEqual({ kind: "uploaded", set: "k3f", count: 7 });
  expect(sizeOf(made)).toMatchObject({ problems: 7, runs: 7 * 2 * 2 * 2 });
  expect(experimentOf(made)).toEqual(experiment);
});
