import { z } from "zod";
import type { Continuation } from "../../protocol/connections.ts";
import type { Generation, GenerationAsk, GenerationUsage, Wire } from "./generation.ts";
import type { Message } from "./prompts.ts";
import { ServerFault } from "./server-fault.ts";

const count = z.int().nonnegative();

/** What a reply says that it cost. */
export const Usage = z.object({
  prompt_tokens: count,
  completion_tokens: count,
  prompt_tokens_details: z.object({ cached_tokens: count.nullish() }).nullish(),
  /** DeepSeek's. */
  prompt_cache_hit_tokens: count.nullish(),
  completion_tokens_details: z.object({ reasoning_tokens: count.nullish() }).nullish(),
});

const StopReason = z.union([z.string(), z.number()]).nullish();

const ChoiceEnd = {
  finish_reason: z.string().nullish(),
  /** vLLM's: the stop, or `null` at the end. */
  stop_reason: StopReason,
  /** SGLang's: the stop, or the id of the token that ends a text. */
  matched_stop: StopReason,
};

const TokenList = z.array(z.object({ logprob: z.number() })).nullish();

const Completion = z.object({
  choices: z.array(
    z.object({
      ...ChoiceEnd,
      text: z.string(),
      logprobs: z
        .object({
          token_logprobs: z.array(z.number().nullable()).nullish(),
          /** llama.cpp sends the shape of chats here. */
          content: TokenList,
        })
        .nullish(),
    }),
  ),
  usage: Usage.nullish(),
});

const Chat = z.object({
  choices: z.array(
    z.object({
      ...ChoiceEnd,
      message: z.object({
        content: z.string().nullish(),
        /** vLLM, SGLang, llama.cpp, DeepSeek; others call it `reasoning`. */
        reasoning_content: z.string().nullish(),
        reasoning: z.string().nullish(),
        refusal: z.string().nullish(),
      }),
      logprobs: z.object({ content: TokenList }).nullish(),
    }),
  ),
  usage: Usage.nullish(),
});

interface WireOptions {
  readonly model: string;
  /** Fields that the server refuses. */
  readonly refuses: readonly string[];
}

/** `/v1/completions`: the prompt is a text. */
export function completionsWire(prompt: string, options: WireOptions): Wire {
  return {
    request: async (ask) => ({
      path: "completions",
      body: without(options.refuses, {
        ...{ model: options.model, prompt: prompt + ask.said, logprobs: 1 },
        ...samplingFields(ask),
      }),
      read(reply) {
        const { choices, usage } = parse(Completion, reply);
        const choice = firstOf(choices);
        const { token_logprobs: legacy, content } = choice.logprobs ?? {};
        return {
          text: choice.text,
          reasoning: null,
          ended: endOf(choice, ask.stop),
          logprob: sumOf(legacy ?? content?.map(({ logprob }) => logprob)),
          usage: readUsage(usage),
        };
      },
    }),
  };
}

/** `/v1/chat/completions`; `continuation` says how the server goes on with what was begun. */
export function chatWire(
  messages: readonly Message[],
  { continuation, ...options }: WireOptions & { continuation: Continuation | null },
): Wire {
  return {
    request: async (ask) => ({
      path: "chat/completions",
      body: without(options.refuses, {
        ...{ model: options.model, ...continued(messages, ask.said, continuation) },
        logprobs: true,
        ...samplingFields(ask),
      }),
      read(reply) {
        const { choices, usage } = parse(Chat, reply);
        const choice = firstOf(choices);
        const { content, refusal, ...message } = choice.message;
        if (refusal) throw new ServerFault("refused", `declined: ${refusal}`, COSTLY);
        const reasoning = message.reasoning_content ?? message.reasoning ?? null;
        return {
          text: content ?? "",
          reasoning: reasoning === "" ? null : reasoning,
          ended: endOf(choice, ask.stop),
          logprob: sumOf(choice.logprobs?.content?.map(({ logprob }) => logprob)),
          usage: readUsage(usage),
        };
      },
    }),
  };
}

function continued(messages: readonly Message[], said: string, how: Continuation | null): object {
  if (said === "") return { messages };
  const begun = { role: "assistant", content: said };
  switch (how) {
    case "continue_final_message":
      return {
        messages: [...messages, begun],
        ...{ continue_final_message: true, add_generation_prompt: false },
      };
    case "prefix":
      return { messages: [...messages, { ...begun, prefix: true }] };
    case "last message":
      return { messages: [...messages, begun] };
    default:
      throw new ServerFault("unsupported", "this server cannot go on with a step that is given");
  }
}

function samplingFields({ sampling, maxTokens, stop, seed }: GenerationAsk): object {
  const { temperature, topK, topP } = sampling;
  return {
    ...{ max_tokens: maxTokens, temperature },
    // Servers of OpenAI's know no top_k, so it is sent only by whom wants it.
    ...(topK > 0 && { top_k: topK }),
    ...(topP < 1 && { top_p: topP }),
    ...(stop !== null && { stop: [stop] }),
    // Some read it as a signed number of 32 bits.
    ...{ seed: seed >>> 1, stream: false },
  };
}

/** The new name of a field that some models know under that name only. */
const RENAMED: Readonly<Record<string, string>> = { max_tokens: "max_completion_tokens" };

function without(refuses: readonly string[], body: object): object {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => {
      if (!refuses.includes(name)) return [[name, value]];
      const other = RENAMED[name];
      return other === undefined ? [] : [[other, value]];
    }),
  );
}

const COSTLY = { mayHaveCost: true };

/** Reads a reply. Throws a `ServerFault` that says what is wrong with it, and where. */
export function parse<S extends z.ZodType>(schema: S, reply: unknown): z.output<S> {
  const parsed = schema.safeParse(reply);
  if (parsed.success) return parsed.data;
  const why = z.prettifyError(parsed.error).replaceAll(/\s+/g, " ").slice(0, 200);
  throw new ServerFault("garbage", `sent something else than was asked for: ${why}`, {
    ...{ isPassing: true, mayHaveCost: true },
  });
}

function firstOf<T>(choices: readonly T[]): T {
  const [first] = choices;
  if (first !== undefined) return first;
  throw new ServerFault("empty", "sent no text (choices is empty)", {
    ...{ isPassing: true, mayHaveCost: true },
  });
}

interface ChoiceEnd {
  readonly finish_reason?: string | null | undefined;
  readonly stop_reason?: string | number | null | undefined;
  readonly matched_stop?: string | number | null | undefined;
}

function endOf(choice: ChoiceEnd, stop: string | null): Generation["ended"] {
  const { finish_reason: why, stop_reason: reason, matched_stop: matched } = choice;
  if (why === "length") return "length";
  if (why !== "stop" && why !== "eos") {
    throw new ServerFault("refused", `ended its text with ${JSON.stringify(why ?? null)}`, COSTLY);
  }
  if (stop === null) return "end";
  const told = reason === undefined ? matched : reason;
  if (told === undefined) return "either";
  return told === stop ? "stop" : "end";
}

function sumOf(logprobs: readonly (number | null)[] | null | undefined): number | null {
  if (!logprobs || logprobs.length === 0) return null;
  const known = logprobs.filter((each) => each !== null);
  return known.length < logprobs.length ? null : known.reduce((sum, each) => sum + each, 0);
}

/** Throws a `ServerFault` for a reply that does not say. */
export function readUsage(usage: z.infer<typeof Usage> | null | undefined): GenerationUsage {
  if (!usage) throw new ServerFault("empty", "does not say how many tokens it used", COSTLY);
  return {
    prompt: usage.prompt_tokens,
    cached: usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? null,
    completion: usage.completion_tokens,
    reasoning: usage.completion_tokens_details?.reasoning_tokens ?? null,
  };
}
