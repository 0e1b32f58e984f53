import { expect, test } from "vitest";
import type { ModelCard } from "../../protocol/runs.ts";
import { RunSpec } from "../../protocol/runs.ts";
import { useDraft } from "../panels/new-run/draft.ts";
import { PRESET_IDS, planOf, presetTitle } from "./presets.ts";

const card = (name: string): ModelCard => ({
  ...{ name, revision: "1", role: "policy", about: "", parameters: 0, families: [] },
});
const models = { policies: ["s", "s-rl"].map(card), verifiers: [card("prm")] };
const draft = useDraft.getState();

test("every preset is a comparison of two to four runs that a server would start, never paused", () => {
  for (const id of PRESET_IDS) {
    const plan = planOf(id, { ...draft, paused: true }, "1+2", models)!;
    expect(plan.specs.length).toBeGreaterThanOrEqual(2);
    expect(plan.specs.length).toBeLessThanOrEqual(4);
    for (const spec of plan.specs) expect(RunSpec.parse(spec).paused).toBe(false);
    expect(presetTitle(id, draft)).not.toBe("");
  }
});

test("only what is compared differs", () => {
  const seeds = planOf("twoSeeds", { ...draft, seed: 2 ** 32 - 1 }, "1+2", models)!.specs;
  expect(seeds.map(({ seed }) => seed)).toEqual([2 ** 32 - 1, 0]);
  expect({ ...seeds[0], seed: 0 }).toEqual(seeds[1]);
  const policies = planOf("beforeAfter", draft, "1+2", models)!.specs;
  expect(policies.map(({ policy }) => policy)).toEqual(["s", "s-rl"]);
});

test("equal policy tokens are those of the first run, unless the form has a limit for both", () => {
  const limits = { ...draft.limits, policyTokens: 500 };
  expect(planOf("bestBeam", draft, "1+2", models)!.isEqual).toBe(true);
  const limited = planOf("bestBeam", { ...draft, limits }, "1+2", models)!;
  expect(limited.isEqual).toBe(false);
  expect(limited.specs.map(({ budget }) => budget?.policyTokens)).toEqual([500, 500]);
});

test("without a reinforced policy there is no before and after", () => {
  const two = { ...models, policies: ["s", "l"].map(card) };
  expect(planOf("beforeAfter", draft, "1+2", two)).toBeNull();
});
