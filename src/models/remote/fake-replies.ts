import { z } from "zod";
import { type FakeText, fakeWrite, tokensOf } from "./fake-model.ts";

/** Servers whose ways are spoken. */
export type FakeFamily =
  | "vllm"
  | "sglang"
  | "llama.cpp"
  | "ollama"
  | "lm-studio"
  | "openai"
  | "openai-reasoning"
  | "deepseek";

/** A request for text, of any family. */
export const FakeBody = z.looseObject({
  model: z.string().optional(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.string() })).optional(),
  prompt: z.union([z.string(), z.array(z.string())]).optional(),
  n: z.int().default(1),
  max_tokens: z.int().optional(),
  max_completion_tokens: z.int().optional(),
  n_predict: z.int().optional(),
  temperature: z.number().default(1),
  seed: z.int().default(0),
  stop: z.array(z.string()).default([]),
});
export type FakeBody = z.infer<typeof FakeBody>;

/** What sets the families apart. */
export interface Ways {
  readonly continues: "continue_final_message" | "prefix" | "last message" | null;
  readonly stopField: "stop_reason" | "matched_stop" | null;
  readonly logprobs: boolean;
  readonly several: boolean;
  readonly cached: boolean;
  readonly reasoning: "none" | "apart" | "hidden";
  readonly refuses: readonly string[];
}

export const PLAIN: Ways = {
  ...{ continues: null, stopField: null, logprobs: true, several: true, cached: true },
  ...{ reasoning: "none", refuses: [] },
};

/** After the shapes that their documentations and their sources give, as of 2026. */
export const WAYS: Readonly<Record<FakeFamily, Ways>> = {
  vllm: { ...PLAIN, continues: "continue_final_message", stopField: "stop_reason" },
  sglang: { ...PLAIN, continues: "continue_final_message", stopField: "matched_stop" },
  "llama.cpp": { ...PLAIN, continues: "last message", several: false },
  ollama: { ...PLAIN, several: false, cached: false, logprobs: false },
  "lm-studio": { ...PLAIN, several: false, cached: false, logprobs: false },
  openai: PLAIN,
  "openai-reasoning": {
    ...{ ...PLAIN, reasoning: "hidden", logprobs: false },
    refuses: ["max_tokens", "temperature", "logprobs", "stop"],
  },
  deepseek: { ...PLAIN, reasoning: "apart", several: false, refuses: ["logprobs"] },
};

/** What a server with these ways sends back. */
export function answer(url: string, body: FakeBody, ways: Ways): object {
  const asked = readAsked(body, ways);
  const writes = Array.from({ length: ways.several ? body.n : 1 }, (_, i) =>
    fakeWrite({
      ...asked,
      ...{ stop: body.stop, temperature: body.temperature, seed: body.seed + i },
      maxTokens: body.max_tokens ?? body.max_completion_tokens ?? body.n_predict ?? 16,
    }),
  );
  const prompt = asked.question + asked.said;
  if (url === "/completion") return nativeReply(prompt, writes[0]!);
  const isChat = url === "/v1/chat/completions";
  return {
    id: "fake-1",
    object: isChat ? "chat.completion" : "text_completion",
    choices: writes.map((written, index) => ({
      index,
      ...(isChat ? chatText(written, ways) : completionText(written, ways)),
      finish_reason: written.ended === "length" ? "length" : "stop",
      ...stopFieldOf(written, ways),
    })),
    usage: usageOf(
      prompt,
      writes.flatMap(({ tokens }) => tokens),
      ways,
    ),
  };
}

/** Frames of prompts that are texts, up to where the assistant speaks. */
const FRAME =
  /^(?<before>.*(?:<\|im_start\|>user\n|<user>|<｜User｜>|<\|start_header_id\|>user<\|end_header_id\|>\n\n)(?<question>.*?)(?:<\|im_end\|>|<\/user>|<｜Assistant｜>|<\|eot_id\|>)(?:\n?<\|im_start\|>assistant\n|<assistant>|<reasoning>|<\|start_header_id\|>assistant<\|end_header_id\|>\n\n)?)(?<said>.*)$/s;

function readAsked(
  { messages, prompt, ...body }: FakeBody,
  { continues }: Ways,
): { question: string; said: string } {
  if (prompt !== undefined) {
    const [text = ""] = [prompt].flat();
    const { question = "", said = text } = FRAME.exec(text)?.groups ?? {};
    return { question, said };
  }
  const question = messages!.findLast(({ role }) => role === "user")!.content;
  const last = messages!.at(-1)!;
  const isBegun =
    last.role === "assistant" &&
    ((continues === "continue_final_message" && body["continue_final_message"] === true) ||
      (continues === "prefix" && last["prefix"] === true) ||
      continues === "last message");
  return { question, said: isBegun ? last.content : "" };
}

function chatText({ text, tokens }: FakeText, { reasoning, logprobs }: Ways): object {
  const [answer = ""] = text.split("\n\n").slice(-1);
  const message =
    reasoning === "apart"
      ? { reasoning_content: text.slice(0, -answer.length).trim(), content: answer }
      : { content: text };
  return {
    message: { role: "assistant", ...message },
    logprobs: logprobs ? { content: tokens.map((token) => ({ token, logprob: -0.1 })) } : null,
  };
}

function completionText({ text, tokens }: FakeText, { logprobs }: Ways): object {
  return {
    text,
    logprobs: logprobs ? { tokens, token_logprobs: tokens.map(() => -0.1) } : null,
  };
}

function stopFieldOf({ stop, ended }: FakeText, { stopField }: Ways): object {
  if (stopField === null) return {};
  const atEnd = stopField === "matched_stop" && ended === "eos" ? 151_645 : null;
  return { [stopField]: stop ?? atEnd };
}

/** What it thinks in secret, in tokens. */
const HIDDEN = 40;

/** What frames of messages are, in tokens. */
const FRAME_TOKENS = 8;

export function usageOf(
  prompt: string,
  tokens: readonly string[],
  { cached, reasoning }: Ways,
): object {
  const hidden = reasoning === "hidden" ? HIDDEN : 0;
  const read = FRAME_TOKENS + tokensOf(prompt).length;
  return {
    prompt_tokens: read,
    completion_tokens: tokens.length + hidden,
    total_tokens: read + tokens.length + hidden,
    ...(cached && { prompt_tokens_details: { cached_tokens: 2 } }),
    ...(hidden > 0 && { completion_tokens_details: { reasoning_tokens: hidden } }),
  };
}

function nativeReply(prompt: string, { text, tokens, ended, stop }: FakeText): object {
  const evaluated = tokensOf(prompt).length;
  return {
    ...{ index: 0, content: text, stop: true, truncated: false },
    ...{ tokens_predicted: tokens.length, tokens_evaluated: evaluated },
    stop_type: { stop: "word", eos: "eos", length: "limit" }[ended],
    stopping_word: stop ?? "",
    timings: { prompt_n: Math.max(1, evaluated - 2), predicted_n: tokens.length },
    completion_probabilities: tokens.map((token) => ({ id: 1, token, logprob: -0.1 })),
  };
}
