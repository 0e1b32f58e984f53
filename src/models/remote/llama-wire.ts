import { z } from "zod";
import type { Generation, GenerationUsage, Wire } from "./generation.ts";
import type { ModelServer } from "./model-server.ts";
import { parse } from "./openai-wire.ts";
import type { Message } from "./prompts.ts";

const count = z.int().nonnegative();

/** What a reply says that it cost. */
export const LlamaUsage = z.object({
  tokens_predicted: count,
  tokens_evaluated: count,
  /** `prompt_n`: of the prompt, what it had to read. */
  timings: z.object({ prompt_n: count }).nullish(),
});

const Completion = LlamaUsage.extend({
  content: z.string(),
  stop_type: z.enum(["none", "eos", "limit", "word"]),
  completion_probabilities: z.array(z.object({ logprob: z.number() })).nullish(),
});

const Applied = z.object({ prompt: z.string() });

const ENDS: Readonly<Record<"eos" | "word", Generation["ended"]>> = { eos: "end", word: "stop" };

/** `/completion` of llama.cpp's server, which tells every end apart. `prompt` is asked once. */
export function llamaWire(prompt: (signal: AbortSignal) => Promise<string>): Wire {
  return {
    request: async ({ said, stop, maxTokens, sampling, seed }, signal) => ({
      path: "/completion",
      body: {
        prompt: (await prompt(signal)) + said,
        ...{ n_predict: maxTokens, stop: stop === null ? [] : [stop], n_probs: 1, seed },
        ...{ temperature: sampling.temperature, top_k: sampling.topK, top_p: sampling.topP },
        // Nothing that was not asked for: its own default is 0.05.
        ...{ min_p: 0, cache_prompt: true, stream: false },
      },
      read(reply) {
        const read = parse(Completion, reply);
        const { stop_type: type } = read;
        const probabilities = read.completion_probabilities ?? [];
        return {
          text: read.content,
          reasoning: null,
          ended: type === "eos" || type === "word" ? ENDS[type] : "length",
          logprob:
            probabilities.length === 0
              ? null
              : probabilities.reduce((sum, { logprob }) => sum + logprob, 0),
          usage: readLlamaUsage(read),
        };
      },
    }),
  };
}

export function readLlamaUsage({
  tokens_evaluated: evaluated,
  tokens_predicted: completion,
  timings,
}: z.infer<typeof LlamaUsage>): GenerationUsage {
  return {
    ...{ prompt: evaluated, completion, reasoning: null },
    cached: timings ? Math.max(0, evaluated - timings.prompt_n) : null,
  };
}

/** The chat as the template in the model's own file makes a text of it; asked when first needed, once. */
export function appliedTemplate(
  server: ModelServer,
  messages: readonly Message[],
): (signal: AbortSignal) => Promise<string> {
  let known: string | null = null;
  return async (signal) => {
    if (known !== null) return known;
    const { value } = await server.ask(
      { path: "/apply-template", body: { messages }, read: (reply) => parse(Applied, reply) },
      signal,
    );
    known = value.prompt;
    return known;
  };
}
