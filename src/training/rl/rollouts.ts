import type { EncodedSolution } from "../../models/embedded/vocabulary.ts";
import { encodeSolution } from "../../models/embedded/vocabulary.ts";
import type { Family } from "../../problems/family.ts";
import type { Policy, Verifier } from "../../search/ports.ts";
import { type Attempt, attempt } from "../labels/attempt.ts";
import type { Recipe } from "../recipe.ts";
import { samplingOf } from "../sampling.ts";
import {
  outcomeAdvantages,
  processAdvantages,
  stepRewards,
  tokenAdvantages,
} from "./advantages.ts";

export type RlSettings = Recipe["rl"]["arms"][string];

/** One sampled solution, ready to learn from. */
export interface Rollout {
  readonly encoded: EncodedSolution;
  /** [tokens], 0 for the prompt. */
  readonly advantages: Float32Array;
  readonly correct: boolean;
  /** Of its outcome. */
  readonly reward: number;
  /** PRM score after the last step; `null` without a PRM. */
  readonly score: number | null;
  readonly steps: number;
}

const never = new AbortController().signal;

/** A group of solutions of one problem with the advantages of their tokens. */
export async function rollOut<P>(
  { family, problem, text }: { family: Family<P>; problem: P; text: string },
  { policy, verifier }: { policy: Policy; verifier: Verifier | null },
  { settings, samples, seed }: { settings: RlSettings; samples: number; seed: number },
): Promise<Rollout[]> {
  const attempts = await attempt(policy, samples, { sampling: samplingOf(1), seed });
  const correct = attempts.map(
    ({ steps, answer }) => answer !== null && family.grade(problem, steps, answer).correct,
  );
  const encoded = attempts.map((one) => encodeAttempt(text, one));
  const scores = verifier === null ? null : await scoresOf(verifier, attempts);
  const lastScores = scores?.map((of) => of.at(-1)!) ?? null;
  const outcome = {
    checker: () => correct.map(Number),
    prm: () => lastScores!,
    "prm-sum": () => scores!.map((of) => of.reduce((sum, score) => sum + score, 0)),
  }[settings.outcome]();
  const outcomes = outcomeAdvantages(outcome, settings.baseline);
  const processes =
    settings.processWeight === 0
      ? attempts.map(() => [])
      : processAdvantages(scores!.map(stepRewards), settings.discount);
  return attempts.map((one, i) => {
    const process = processes[i]!.map((advantage) => advantage * settings.processWeight);
    const spans = { ...encoded[i]!, length: encoded[i]!.tokens.length };
    return {
      encoded: encoded[i]!,
      advantages: tokenAdvantages(spans, outcomes[i]!, process),
      correct: correct[i]!,
      reward: outcome[i]!,
      score: lastScores?.[i] ?? null,
      steps: one.steps.length,
    };
  });
}

/** Scores of all steps. A step that was cut off is worth 0: it leads nowhere, and a PRM may have no room to read it. */
async function scoresOf(
  verifier: Verifier,
  attempts: readonly Attempt[],
): Promise<(readonly number[])[]> {
  const asks = attempts.map(({ steps, answer, ended }) => ({
    ...{ steps: ended === "length" ? steps.slice(0, -1) : steps, answer, ended: ended === "stop" },
  }));
  const { scores } = await verifier.score(asks, never);
  return scores.map((of, i) => (attempts[i]!.ended === "length" ? [...of, 0] : of));
}

/** The tokens that the policy wrote, no more: a step that was cut off has no delimiter. */
function encodeAttempt(problem: string, { steps, answer, ended }: Attempt): EncodedSolution {
  const encoded = encodeSolution({ problem, steps, answer, ended: ended === "stop" });
  if (ended !== "length") return encoded;
  const tokens = encoded.tokens.slice(0, -1);
  return { ...encoded, tokens, stepEnds: encoded.stepEnds.with(-1, tokens.length) };
}
