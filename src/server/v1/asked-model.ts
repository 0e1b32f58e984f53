import { expectedSolutions, hasSize, sizedTo } from "../../protocol/evaluation-runs.ts";
import type { Strategy, StrategyName } from "../../protocol/strategies.ts";
import { defaultStrategy } from "../../protocol/strategy-facts/read-parameters.ts";
import { factsOf, STRATEGY_NAMES } from "../../protocol/strategy-facts/table.ts";
import { mostNodes } from "../../search/strategies.ts";
import { DEFAULT_LIMITS } from "../settings.ts";
import { OpenAiProblem } from "./openai-problem.ts";

/** How hard to think, as clients of OpenAI's reasoning models say it. */
export const EFFORTS = ["none", "minimal", "low", "medium", "high", "xhigh"] as const;
export type Effort = (typeof EFFORTS)[number];

/** What a model name asks for. */
export interface AskedModel {
  readonly strategy: Strategy;
  /** `null`: the usual one. */
  readonly policy: string | null;
  readonly verifier: string | null;
}

/** Solutions that an effort is worth where the name does not say how many. */
const SOLUTIONS: Readonly<Record<Effort, number>> = {
  none: 1,
  minimal: 1,
  low: 4,
  medium: 16,
  high: 64,
  xhigh: 256,
};

/** Strategies by what they are called in a model's name: as on the command line, without the N of `best-of-n`. */
const STRATEGIES: ReadonlyMap<string, StrategyName> = new Map(
  STRATEGY_NAMES.map((name) => [factsOf({ name }).flag.replace(/-n$/, ""), name]),
);

/** Most solutions that a name can ask for. */
const MOST_SOLUTIONS = 1024;

/** `sentei/beam-16@sentei-l+checker`: strategy, solutions, policy, verifier; all but the first may be left out. */
const NAME =
  /^sentei(?:\/([a-z]+(?:-[a-z]+)*)(?:-(\d{1,4}))?)?(?:@([^+]{1,200})(?:\+(.{1,200}))?)?$/;

/** Names that `GET /v1/models` lists for the usual policy; they are within the usual limits of a run. */
export const MODEL_NAMES: readonly string[] = [
  "sentei",
  ...[...STRATEGIES].flatMap(([flag, name]) =>
    hasSize(name) ? usualSizes(name).map((n) => `sentei/${flag}-${n}`) : [`sentei/${flag}`],
  ),
];

function usualSizes(name: StrategyName): number[] {
  return [4, 16, 64].filter((solutions) => {
    const strategy = sizedBy(name, solutions);
    return strategy !== null && mostNodes(strategy) <= DEFAULT_LIMITS.nodes;
  });
}

/**
 * Reads a model's name. A number in it says how many solutions the search may cost:
 * the strategy is as large as it can be for them. Without one the effort says it,
 * `medium` unless given. Plain `sentei` is beam search. Throws an `OpenAiProblem`
 * 404 for a name that there is not.
 */
export function readModelName(name: string, effort: Effort | null): AskedModel {
  const parts = NAME.exec(name) ?? refuse(name);
  const [, flag = "beam", count, policy = null, verifier = null] = parts;
  const strategy = STRATEGIES.get(flag) ?? refuse(name);
  if (count !== undefined) {
    const strategyOfSize = sizedBy(strategy, Number(count)) ?? refuse(name);
    return { strategy: strategyOfSize, policy, verifier };
  }
  if (effort === "none") return { strategy: defaultStrategy("greedy"), policy, verifier };
  const solutions = SOLUTIONS[effort ?? "medium"];
  return { strategy: sizedTo(defaultStrategy(strategy), { solutions }), policy, verifier };
}

/** `null` if it has no size, or cannot cost as little or as much. */
function sizedBy(name: StrategyName, solutions: number): Strategy | null {
  if (!hasSize(name) || solutions > MOST_SOLUTIONS) return null;
  const strategy = sizedTo(defaultStrategy(name), { solutions });
  return expectedSolutions(strategy) > solutions ? null : strategy;
}

function refuse(name: string): never {
  throw new OpenAiProblem(404, `There is no model "${name}"; GET /v1/models lists them.`, {
    param: "model",
    code: "model_not_found",
  });
}
