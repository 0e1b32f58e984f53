import { z } from "zod";
import type { ScoringOf } from "../../../protocol/scoring.ts";
import type { Steps } from "../../../search/ports.ts";
import { LlamaUsage, readLlamaUsage } from "../llama-wire.ts";
import { parse } from "../openai-wire.ts";
import { ServerFault } from "../server-fault.ts";
import { sumSpending } from "../spending.ts";
import { type SignLayout, signLayout } from "./sign-layout.ts";
import {
  askForScores,
  Figure,
  goodShare,
  oneForEach,
  PassUsage,
  type PathScores,
  readPassUsage,
  type ScorerOptions,
  type StepScorer,
} from "./step-scorer.ts";

type SignOptions = ScorerOptions<ScoringOf<"signs">> & { readonly layout: SignLayout };

/** A model that says after each step whether it is right, by one of two tokens: p(+) / (p(+) + p(−)). */
export function signsScorer(options: ScorerOptions<ScoringOf<"signs">>): StepScorer {
  const layout = signLayout(options.question, options.scoring);
  return SCORERS[options.scoring.through]({ ...options, layout });
}

const SCORERS: Readonly<
  Record<ScoringOf<"signs">["through"], (options: SignOptions) => StepScorer>
> = {
  prompt_logprobs: wholePromptScorer,
  logprob_token_ids: tokenIdsScorer,
  n_probs: likeliestScorer,
};

/** Most that vLLM tells at a token unless it was started with more (`--max-logprobs`). */
const LIKELIEST_IN_PROMPT = 20;

const Likely = z.record(z.string(), z.object({ logprob: Figure }));

const WholePrompt = z.object({
  choices: z
    .array(
      z.object({
        prompt_token_ids: z.array(z.int()).nullish(),
        prompt_logprobs: z.array(Likely.nullable()).nullish(),
      }),
    )
    .min(1),
  usage: PassUsage,
});

/** vLLM's `prompt_logprobs`: all steps in one forward pass. */
function wholePromptScorer({ server, model, layout, scoring }: SignOptions): StepScorer {
  return async ({ steps, from }, signals) => {
    const { scores, spending } = await askForScores(
      server,
      {
        path: "completions",
        body: {
          ...{ model, prompt: layout.whole(steps), max_tokens: 1, temperature: 0 },
          ...{ prompt_logprobs: LIKELIEST_IN_PROMPT, return_token_ids: true },
        },
        maxTokens: 1,
        read(reply) {
          const { choices, usage } = parse(WholePrompt, reply);
          const { prompt_token_ids: tokens, prompt_logprobs: rows } = choices[0]!;
          if (!tokens || !rows) {
            const missing = tokens ? "prompt_logprobs" : "prompt_token_ids";
            throw new ServerFault("unsupported", `sends no ${missing}, which this way needs`);
          }
          const places = oneForEach(layout.places(tokens), steps.length);
          return {
            scores: places.map((place) => shareIn(rows[place] ?? {}, scoring)),
            usage: readPassUsage(usage),
          };
        },
      },
      signals,
    );
    return { scores: scores.slice(from), spending };
  };
}

const TokenIds = z.object({
  choices: z.array(
    z.object({
      index: z.int().nonnegative(),
      logprobs: z.object({ top_logprobs: z.array(z.record(z.string(), Figure)).min(1) }),
    }),
  ),
  usage: PassUsage,
});

/** vLLM's `logprob_token_ids`: a prompt for each step that is not known yet, all of them in one request. */
function tokenIdsScorer({ server, model, layout, scoring }: SignOptions): StepScorer {
  const { good, bad } = scoring;
  return ({ steps, from }, signals) => {
    const prompt = prefixes(steps, from).map((prefix) => layout.upTo(prefix));
    return askForScores(
      server,
      {
        path: "completions",
        body: {
          ...{ model, prompt, max_tokens: 1, temperature: 0 },
          ...{ logprobs: 1, logprob_token_ids: [good, bad], return_tokens_as_token_ids: true },
        },
        maxTokens: prompt.length,
        read(reply) {
          const { choices, usage } = parse(TokenIds, reply);
          const inOrder = oneForEach(choices, prompt.length).toSorted((a, b) => a.index - b.index);
          const rows = inOrder.map(({ logprobs }) => logprobs.top_logprobs[0]!);
          return {
            scores: rows.map((row) => shareOf(row[`token_id:${good}`], row[`token_id:${bad}`])),
            usage: readPassUsage(usage),
          };
        },
      },
      signals,
    );
  };
}

/** Of how many of the likeliest tokens llama.cpp is to tell; the signs are the likeliest two of a model that was trained to write them. */
const LIKELIEST_NEXT = 64;

const Likeliest = z.object({
  ...LlamaUsage.shape,
  completion_probabilities: z
    .array(z.object({ top_logprobs: z.array(z.object({ id: z.int(), logprob: Figure })) }))
    .min(1),
});

/** llama.cpp's `n_probs`: a request for each step that is not known yet, one after the other, so that its cache has all but the step. */
function likeliestScorer({ server, layout, scoring }: SignOptions): StepScorer {
  const { good, bad } = scoring;
  return async ({ steps, from }, signals) => {
    const asked: PathScores[] = [];
    for (const prefix of prefixes(steps, from)) {
      const one = await askForScores(
        server,
        {
          path: "/completion",
          body: {
            ...{ prompt: layout.upTo(prefix), n_predict: 1, temperature: 0 },
            ...{ n_probs: LIKELIEST_NEXT, cache_prompt: true, stream: false },
          },
          maxTokens: 1,
          read(reply) {
            const {
              completion_probabilities: [next],
              ...usage
            } = parse(Likeliest, reply);
            const of = (id: number) => next!.top_logprobs.find((each) => each.id === id)?.logprob;
            return { scores: [shareOf(of(good), of(bad))], usage: readLlamaUsage(usage) };
          },
        },
        signals,
      );
      asked.push(one);
    }
    return {
      scores: asked.flatMap(({ scores }) => scores),
      spending: asked.map(({ spending }) => spending).reduce(sumSpending),
    };
  };
}

function prefixes(steps: Steps, from: number): Steps[] {
  return steps.slice(from).map((_, i) => steps.slice(0, from + i + 1));
}

function shareIn(
  row: z.infer<typeof Likely>,
  { good, bad }: Pick<ScoringOf<"signs">, "good" | "bad">,
): number {
  return shareOf(row[good]?.logprob, row[bad]?.logprob);
}

/** `undefined`: the server does not say how likely it is. */
function shareOf(good: number | null | undefined, bad: number | null | undefined): number {
  if (good === undefined || bad === undefined) {
    const sign = good === undefined ? "right" : "wrong";
    throw new ServerFault("unscored", `does not say how likely the token for ${sign} is`, {
      mayHaveCost: true,
    });
  }
  return goodShare(bad, good);
}
