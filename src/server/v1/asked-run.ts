import { z } from "zod";
import { RunSpec, type RunSpecInput, type RunSummary } from "../../protocol/runs.ts";
import { factsOf } from "../../protocol/strategy-facts/table.ts";
import { acceptRun } from "../../runs/accept-run.ts";
import type { Resources } from "../app.ts";
import type { Asked } from "./asked-messages.ts";
import { EFFORTS, type Effort, readModelName } from "./asked-model.ts";
import { unsupported } from "./openai-problem.ts";

/** Fields that chat completions and responses share. */
export const Shared = {
  model: z.string().max(300),
  stream: z.boolean().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().positive().max(1).nullish(),
  seed: z.int().nullish(),
  tools: z.array(z.unknown()).nullish(),
  metadata: z.unknown().optional(),
  user: z.string().nullish(),
};

export const EffortField = z.enum(EFFORTS).nullish();

interface Wishes {
  readonly model: string;
  readonly effort: Effort | null | undefined;
  readonly temperature?: number | null | undefined;
  readonly top_p?: number | null | undefined;
  readonly seed?: number | null | undefined;
  readonly tools?: readonly unknown[] | null | undefined;
  /** Most tokens that the policy may write, all branches together. */
  readonly maxTokens: number | null | undefined;
}

/** Starts the run that a request asks for. Throws an `OpenAiProblem` or an `HttpProblem`. */
export async function startAsked(
  asked: Asked,
  wishes: Wishes,
  { runs, models, settings }: Resources,
): Promise<RunSummary> {
  if ((wishes.tools?.length ?? 0) > 0) {
    throw unsupported("tools", "this model thinks and answers, and calls no tools");
  }
  const { strategy, policy, verifier } = readModelName(wishes.model, wishes.effort ?? null);
  const { temperature, top_p: topP, seed, maxTokens } = wishes;
  const spec: RunSpecInput = {
    ...{ problem: asked.problem, earlier: [...asked.earlier], strategy },
    ...(policy !== null && { policy }),
    ...(verifier !== null && { verifier }),
    sampling: {
      temperature: factsOf(strategy).samples ? (temperature ?? 0.8) : 0,
      ...(topP != null && { topP }),
    },
    // Seeds there are of 64 bits and may be negative.
    seed: Number(BigInt.asUintN(32, BigInt(seed ?? 0))),
    budget: maxTokens == null ? {} : { policyTokens: maxTokens },
  };
  return runs.start(acceptRun(RunSpec.parse(spec), { models: models(), limits: settings.limits }));
}
