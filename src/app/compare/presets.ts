import type { ModelList, RunSpecInput } from "../../protocol/runs.ts";
import { Strategy } from "../../protocol/strategies.ts";
import { strategyTitle } from "../../protocol/strategy-facts/table.ts";
import { type Draft, specOf } from "../panels/new-run/draft.ts";
import { usualModels } from "../recipe/compare/comparison.ts";
import type { Axis } from "../state/compared.ts";
import { tSaid } from "../words/t.ts";

/** Runs to be started together. */
export interface Plan {
  readonly specs: readonly RunSpecInput[];
  /** What they are compared along. */
  readonly axis: Axis;
  /** Whether the others may spend the policy tokens that the first one has spent, and no more. */
  readonly isEqual: boolean;
}

export const PRESET_IDS = [
  "bestBeam",
  "majorityBest",
  "beamWidths",
  "twoSeeds",
  "beforeAfter",
] as const;
export type PresetId = (typeof PRESET_IDS)[number];

/** The strategies of a preset; null for those that take that of the form. */
function strategiesOf(id: PresetId, n: number): readonly Strategy[] | null {
  const best: Strategy = Strategy.parse({ name: "bestOfN", n });
  const beam = (m: number): Strategy => Strategy.parse({ name: "beam", n, m });
  switch (id) {
    case "bestBeam":
      return [best, beam(4)];
    case "majorityBest":
      return [{ name: "majority", n }, best];
    case "beamWidths":
      return [beam(2), beam(4), beam(8)];
    case "twoSeeds":
    case "beforeAfter":
      return null;
  }
}

/** What a preset is called for this form. */
export function presetTitle(id: PresetId, draft: Draft): string {
  const names = strategiesOf(id, sizeOf(draft))?.map((strategy) => tSaid(strategyTitle(strategy)));
  switch (id) {
    case "bestBeam":
      return `${names!.join(" against ")}, equal policy tokens`;
    case "majorityBest":
      return names!.join(" against ");
    case "beamWidths":
      return `Beam ${sizeOf(draft)} with M = 2, 4, 8`;
    case "twoSeeds":
      return `${tSaid(strategyTitle(draft.strategy))}, two seeds`;
    case "beforeAfter":
      return `${tSaid(strategyTitle(draft.strategy))}, before and after reinforcement`;
  }
}

/** What it shows, in a sentence. */
export function presetAbout(id: PresetId, { limits }: Draft): string {
  switch (id) {
    case "bestBeam":
      return Number.isNaN(limits.policyTokens)
        ? "The first runs to its end; the second may spend the policy tokens that the first has spent."
        : `Both may spend ${limits.policyTokens} policy tokens, the limit of the form.`;
    case "majorityBest":
      return "The same samples: once the most frequent answer wins, once the verifier decides.";
    case "beamWidths":
      return "Few prefixes with many next steps of each, or many prefixes with few.";
    case "twoSeeds":
      return "How much of a search is chance.";
    case "beforeAfter":
      return "The policy and the one that reinforcement has made of it, with the same seed.";
  }
}

/** The runs of a preset for the form as it stands; null if the models for it are not there. */
export function planOf(id: PresetId, draft: Draft, text: string, models: ModelList): Plan | null {
  const spec = (change: Partial<Draft>) =>
    specOf({ ...draft, paused: false, ...change }, text, models);
  const strategies = strategiesOf(id, sizeOf(draft));
  if (strategies !== null) {
    const isEqual = id === "bestBeam" && Number.isNaN(draft.limits.policyTokens);
    return { specs: strategies.map((strategy) => spec({ strategy })), axis: "tokens", isEqual };
  }
  if (id === "twoSeeds") {
    const seeds = [draft.seed, (draft.seed + 1) % 2 ** 32];
    return { specs: seeds.map((seed) => spec({ seed })), axis: "events", isEqual: false };
  }
  const pair = reinforcedPair(models);
  if (pair === null) return null;
  return { specs: pair.map((policy) => spec({ policy })), axis: "tokens", isEqual: false };
}

/** A policy and what reinforcement has made of it; null unless both are there. */
export function reinforcedPair(models: ModelList): readonly [before: string, after: string] | null {
  const { before, after } = usualModels(models);
  return before !== undefined && after === `${before}-rl` ? [before, after] : null;
}

/** The N of the form, or the usual one where its strategy has none. */
function sizeOf({ strategy }: Draft): number {
  return "n" in strategy && !Number.isNaN(strategy.n) ? strategy.n : 16;
}
