import { msg } from "../../lib/said.ts";
import { FAMILIES } from "../../problems/families.ts";
import type { ModelCard } from "../../protocol/runs.ts";
import type { StrategyName } from "../../protocol/strategies.ts";
import { whyUnavailable } from "../../protocol/strategy-facts/availability.ts";
import { STRATEGY_NAMES } from "../../protocol/strategy-facts/table.ts";
import { t } from "../words/t.ts";
import { allLevels, type Experiment } from "./experiment.ts";

export const PRESET_IDS = ["bestAgainstBeam", "everyStrategy", "asBudgetsGrow"] as const;
export type PresetId = (typeof PRESET_IDS)[number];

/** What a preset is called, and what it shows, in a sentence. */
export const PRESET_WORDS = {
  bestAgainstBeam: {
    title: msg("Best of N against beam"),
    about: msg("Is it better to judge whole solutions at their end, or each step on the way?"),
  },
  everyStrategy: {
    title: msg("Every strategy, small"),
    about: msg("All of them on a few problems of every family: a first look at who is worth more."),
  },
  asBudgetsGrow: {
    title: msg("As budgets grow"),
    about: msg(
      "From 1 solution to 64: where each strategy stops paying, and where the PRM is fooled.",
    ),
  },
} as const satisfies Record<PresetId, { title: string; about: string }>;

/** The experiment of a preset, with those of its strategies that this policy can run. */
export function presetOf(
  id: PresetId,
  models: Pick<Experiment, "policy" | "verifier">,
  policy: ModelCard | undefined,
): Experiment {
  const usual = {
    ...{ name: t(PRESET_WORDS[id].title), ...models, set: null },
    ...{ repeats: 1, problemSeed: 1 },
  };
  const able = (names: readonly StrategyName[]) =>
    names.filter((name) => whyUnavailable({ name }, policy) === null);
  switch (id) {
    case "bestAgainstBeam":
      return {
        ...{ ...usual, levels: allLevels(FAMILIES.slice(0, 2)), count: 60, budgets: "4, 16, 64" },
        strategies: able(["majority", "bestOfN", "beam"]),
      };
    case "everyStrategy":
      return {
        ...{ ...usual, levels: allLevels(FAMILIES), count: 12, budgets: "4, 16" },
        strategies: able(STRATEGY_NAMES),
      };
    case "asBudgetsGrow":
      return {
        ...{ ...usual, levels: allLevels(FAMILIES), count: 60, budgets: "1, 4, 16, 64" },
        strategies: able(["greedy", "majority", "bestOfN", "beam"]),
      };
  }
}
