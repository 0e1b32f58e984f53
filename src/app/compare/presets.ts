import { msg } from "../../lib/said.ts";
import type { ModelList, RunSpecInput } from "../../protocol/runs.ts";
import { Strategy } from "../../protocol/strategies.ts";
import { strategyTitle } from "../../protocol/strategy-facts/table.ts";
import { type Draft, specOf } from "../panels/new-run/draft.ts";
import { usualModels } from "../recipe/compare/comparison.ts";
import type { Axis } from "../state/compared.ts";
import { t } from "../words/t.ts";

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
  const n = sizeOf(draft);
  const [first, second] = (strategiesOf(id, n) ?? [draft.strategy]).map(strategyTitle);
  switch (id) {
    case "bestBeam":
      return t("{first} against {second}, equal policy tokens", { first: first!, second: second! });
    case "majorityBest":
      return t("{first} against {second}", { first: first!, second: second! });
    case "beamWidths":
      return t("Beam {n} with M = 2, 4, 8", { n });
    case "twoSeeds":
      return t("{strategy}, two seeds", { strategy: first! });
    case "beforeAfter":
      return t("{strategy}, before and after reinforcement", { strategy: first! });
  }
}

/** What it shows, in a sentence. */
export function presetAbout(id: PresetId, { limits }: Draft): string {
  if (id === "bestBeam" && !Number.isNaN(limits.policyTokens)) {
    return t("Both may spend {count} policy tokens, the limit of the form.", {
      count: limits.policyTokens,
    });
  }
  return t(ABOUT[id]);
}

const ABOUT = {
  bestBeam: msg(
    "The first runs to its end; the second may spend the policy tokens that the first has spent.",
  ),
  majorityBest: msg(
    "The same samples: once the most frequent answer wins, once the verifier decides.",
  ),
  beamWidths: msg("Few prefixes with many next steps of each, or many prefixes with few."),
  twoSeeds: msg("How much of a search is chance."),
  beforeAfter: msg("The policy and the one that reinforcement has made of it, with the same seed."),
} as const satisfies Record<PresetId, string>;

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
