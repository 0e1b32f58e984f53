import { z } from "zod";
import type { ScoringOf } from "../../../protocol/scoring.ts";
import { parse } from "../openai-wire.ts";
import { messagesOf } from "../prompts.ts";
import { ServerFault } from "../server-fault.ts";
import {
  askForScores,
  Figure,
  goodShare,
  oneForEach,
  PassUsage,
  readPassUsage,
  type ScorerOptions,
  type StepScorer,
  withoutTag,
} from "./step-scorer.ts";

const Row = z.tuple([Figure, Figure]);
type Row = z.infer<typeof Row>;

const Pooling = z.object({
  data: z.array(z.object({ data: z.array(Row) })),
  usage: PassUsage,
});

/** How far from 1 two probabilities may be in sum: half precision rounds each to three digits. */
const ROUNDING = 0.02;

/**
 * vLLM's `/pooling` of a model with two labels and a tag after every step, such
 * as Qwen2.5-Math-PRM: one forward pass for all steps. Versions differ in whether
 * they send probabilities or logits, so rows that are no probabilities are taken
 * as logits, all of a reply alike.
 */
export function poolingScorer({
  server,
  model,
  question,
  scoring: { system, tag },
}: ScorerOptions<ScoringOf<"pooling">>): StepScorer {
  return async ({ steps, from }, signals) => {
    const said = steps.map((step) => withoutTag(step, tag) + tag).join("");
    const messages = [
      ...messagesOf(question, { system, earlier: [] }),
      { role: "assistant", content: said },
    ];
    const { scores, spending } = await askForScores(
      server,
      {
        ...{ path: "/pooling", body: { model, messages }, maxTokens: 0 },
        read(reply) {
          const { data, usage } = parse(Pooling, reply);
          const [first] = data;
          if (first === undefined) {
            throw new ServerFault("unscored", "sent no scores (data is empty)", {
              mayHaveCost: true,
            });
          }
          return {
            scores: scoresOf(oneForEach(first.data, steps.length)),
            usage: readPassUsage(usage),
          };
        },
      },
      signals,
    );
    return { scores: scores.slice(from), spending };
  };
}

function scoresOf(rows: readonly Row[]): number[] {
  const areProbabilities = rows.every(isPair);
  return rows.map(([bad, good]) => {
    const share = goodShare(bad, good);
    return areProbabilities ? good! : share;
  });
}

function isPair([bad, good]: Row): boolean {
  if (bad === null || good === null) return false;
  return bad >= 0 && bad <= 1 && good >= 0 && good <= 1 && Math.abs(bad + good - 1) <= ROUNDING;
}
