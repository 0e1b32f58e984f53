import { type Strategy, Strategy as StrategySchema } from "../../protocol/strategies.ts";
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

/** Candidates that an effort is worth where the name does not say how many. */
const CANDIDATES: Readonly<Record<Effort, number>> = {
  none: 1,
  minimal: 1,
  low: 4,
  medium: 16,
  high: 64,
  xhigh: 256,
};

const STRATEGIES = {
  greedy: () => ({ name: "greedy" }),
  majority: (n) => ({ name: "majority", n }),
  "best-of": (n) => ({ name: "bestOfN", n }),
  beam: (n) => ({ name: "beam", n, m: Math.min(4, n) }),
} satisfies Readonly<Record<string, (n: number) => { name: Strategy["name"] }>>;

/** `sentei/beam-16@sentei-l+checker`: strategy, candidates, policy, verifier; all but the first may be left out. */
const NAME =
  /^sentei(?:\/([a-z]+(?:-[a-z]+)*)(?:-(\d{1,4}))?)?(?:@([^+]{1,200})(?:\+(.{1,200}))?)?$/;

/** Names that `GET /v1/models` lists for the usual policy. */
export const MODEL_NAMES: readonly string[] = [
  "sentei",
  "sentei/greedy",
  ...["majority", "best-of", "beam"].flatMap((name) =>
    [4, 16, 64].map((n) => `sentei/${name}-${n}`),
  ),
];

/**
 * Reads a model's name. A number in it decides how many candidates there are;
 * without one the effort does, `medium` unless given. Plain `sentei` is beam
 * search. Throws an `OpenAiProblem` 404 for a name that there is not.
 */
export function readModelName(name: string, effort: Effort | null): AskedModel {
  const parts = NAME.exec(name) ?? refuse(name);
  const [, strategy = "beam", count, policy = null, verifier = null] = parts;
  if (!Object.hasOwn(STRATEGIES, strategy)) refuse(name);
  if (effort === "none" && count === undefined) {
    return { strategy: StrategySchema.parse(STRATEGIES.greedy()), policy, verifier };
  }
  const n = count === undefined ? CANDIDATES[effort ?? "medium"] : Number(count);
  const asked = STRATEGIES[strategy as keyof typeof STRATEGIES](n);
  const parsed = StrategySchema.safeParse(asked);
  return { strategy: parsed.success ? parsed.data : refuse(name), policy, verifier };
}

function refuse(name: string): never {
  throw new OpenAiProblem(404, `There is no model "${name}"; try ${MODEL_NAMES.join(", ")}.`, {
    param: "model",
    code: "model_not_found",
  });
}
