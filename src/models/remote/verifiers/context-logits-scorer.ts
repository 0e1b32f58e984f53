import { z } from "zod";
import type { ScoringOf } from "../../../protocol/scoring.ts";
import { parse } from "../openai-wire.ts";
import { messagesOf, renderPrompt } from "../prompts.ts";
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

const ContextLogits = z.object({
  choices: z.array(
    z.object({
      index: z.int().nonnegative(),
      context_logits: z.array(z.tuple([Figure, Figure])).min(1),
    }),
  ),
  usage: PassUsage,
});

/**
 * TensorRT-LLM's `return_context_logits` of a model with two labels. It does not
 * say which token a row is of, so each step that is not known yet is the end of a
 * prompt of its own, whose last row is that of the tag; all of them go in one
 * request, and share what they have in common in the cache of the server.
 */
export function contextLogitsScorer({
  server,
  model,
  question,
  scoring: { system, template, tag },
}: ScorerOptions<ScoringOf<"context logits">>): StepScorer {
  const begin = renderPrompt(messagesOf(question, { system, earlier: [] }), template);
  return ({ steps, from }, signals) => {
    const said = steps.map((step) => withoutTag(step, tag) + tag);
    const prompt = steps.slice(from).map((_, i) => begin + said.slice(0, from + i + 1).join(""));
    return askForScores(
      server,
      {
        path: "completions",
        body: { model, prompt, max_tokens: 1, return_context_logits: true },
        maxTokens: prompt.length,
        read(reply) {
          const { choices, usage } = parse(ContextLogits, reply);
          const inOrder = oneForEach(choices, prompt.length).toSorted((a, b) => a.index - b.index);
          return {
            scores: inOrder.map(({ context_logits: rows }) => goodShare(...rows.at(-1)!)),
            usage: readPassUsage(usage),
          };
        },
      },
      signals,
    );
  };
}
