import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type FakeText, fakeWrite, tokensOf } from "./fake-model.ts";

/** Servers whose ways are spoken. */
export const FAKE_FAMILIES = [
  "vllm",
  "sglang",
  "llama.cpp",
  "ollama",
  "lm-studio",
  "openai",
  "openai-reasoning",
  "deepseek",
] as const;
export type FakeFamily = (typeof FAKE_FAMILIES)[number];

/** What it does to a request in the place of an answer. */
export type Mischief =
  | { readonly kind: "status"; readonly status: number; readonly headers?: Record<string, string> }
  | { readonly kind: "redirect"; readonly to: string }
  | {
      readonly kind:
        | "reset"
        | "truncate"
        | "garbage"
        | "shape"
        | "empty"
        | "huge"
        | "hang"
        | "drip";
    }
  | { readonly kind: "echo key" | "no usage" };

export interface FakeServer {
  /** With `/v1` at its end. */
  readonly url: string;
  /** Bodies of the requests for text, in the order in which they came. */
  readonly asked: readonly Body[];
  /** Most of them that were answered at the same time. */
  readonly mostAtOnce: number;
  /** Answers nothing until so many requests wait for it. */
  holdUntil(waiting: number): void;
  /** What is done to the next requests for text, one each. */
  misbehave(...mischief: Mischief[]): void;
  close(): Promise<void>;
}

interface FakeOptions {
  readonly family: FakeFamily;
  /** How long each answer takes, ms. */
  readonly latencyMs?: number;
  /** Required as bearer token. */
  readonly key?: string;
}

const Body = z.looseObject({
  model: z.string().optional(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.string() })).optional(),
  prompt: z.string().optional(),
  n: z.int().default(1),
  max_tokens: z.int().optional(),
  max_completion_tokens: z.int().optional(),
  n_predict: z.int().optional(),
  temperature: z.number().default(1),
  seed: z.int().default(0),
  stop: z.array(z.string()).default([]),
});
type Body = z.infer<typeof Body>;

/** What sets the families apart. */
interface Ways {
  readonly continues: "continue_final_message" | "prefix" | "last message" | null;
  readonly stopField: "stop_reason" | "matched_stop" | null;
  readonly logprobs: boolean;
  readonly several: boolean;
  readonly cached: boolean;
  readonly reasoning: "none" | "apart" | "hidden";
  readonly refuses: readonly string[];
}

const PLAIN: Ways = {
  ...{ continues: null, stopField: null, logprobs: true, several: true, cached: true },
  ...{ reasoning: "none", refuses: [] },
};

/** After the shapes that their documentations and their sources give, as of 2026. */
const WAYS: Readonly<Record<FakeFamily, Ways>> = {
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

/** A server on a port of its own that speaks like this family, and misbehaves when told to. */
export async function startFakeServer(options: FakeOptions): Promise<FakeServer> {
  const desk = new FakeDesk(options);
  const server = createServer((request, response) => {
    desk.serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked: desk.asked,
    get mostAtOnce() {
      return desk.mostAtOnce;
    },
    holdUntil: (waiting) => desk.holdUntil(waiting),
    misbehave: (...what) => void desk.mischief.push(...what),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Answers requests, and knows what was asked. */
class FakeDesk {
  readonly asked: Body[] = [];
  readonly mischief: Mischief[] = [];
  mostAtOnce = 0;
  readonly #options: FakeOptions;
  readonly #ways: Ways;
  #atOnce = 0;
  #hold = 0;
  #full = Promise.withResolvers<void>();

  constructor(options: FakeOptions) {
    this.#options = options;
    this.#ways = WAYS[options.family];
  }

  holdUntil(waiting: number): void {
    this.#hold = waiting;
    this.#full = Promise.withResolvers();
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await bodyOf(request);
    const { authorization = "" } = request.headers;
    const { key, family } = this.#options;
    if (key !== undefined && authorization !== `Bearer ${key}`) {
      send(response, 401, errorBody(`Incorrect API key provided: ${authorization}`));
    } else if (request.method === "GET") send(response, 200, listOf(family));
    else {
      const sent = z.looseObject({}).parse(JSON.parse(text));
      if (request.url === "/apply-template") send(response, 200, applyTemplate(Body.parse(sent)));
      else await this.#write(sent, { url: request.url ?? "", authorization, response });
    }
  }

  async #write(
    sent: object,
    {
      url,
      authorization,
      response,
    }: { url: string; authorization: string; response: ServerResponse },
  ): Promise<void> {
    const body = Body.parse(sent);
    this.asked.push(body);
    await this.#wait();
    const mischief = this.mischief.shift();
    if (mischief) await misbehave(response, mischief, authorization);
    if (response.headersSent || response.destroyed) return;
    const refused = this.#ways.refuses.find((name) => name in sent);
    if (refused !== undefined) {
      send(response, 400, errorBody(`Unsupported parameter: '${refused}'.`));
      return;
    }
    const reply = answer(url, body, this.#ways);
    if (mischief?.kind === "no usage") Reflect.deleteProperty(reply, "usage");
    send(response, 200, reply);
  }

  async #wait(): Promise<void> {
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#atOnce);
    const { latencyMs } = this.#options;
    if (latencyMs !== undefined) await sleep(latencyMs);
    if (this.#atOnce >= this.#hold) this.#full.resolve();
    await this.#full.promise;
    this.#atOnce--;
  }
}

function applyTemplate({ messages = [] }: Body): object {
  const chat = messages.map(({ role, content }) => `<${role}>${content}</${role}>`);
  return { prompt: `${chat.join("")}<assistant>` };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function errorBody(message: string): object {
  return { error: { message, type: "invalid_request_error", code: null } };
}

function listOf(family: FakeFamily): object {
  return { object: "list", data: [{ id: `${family}-model`, object: "model" }, { id: "other" }] };
}

async function misbehave(
  response: ServerResponse,
  mischief: Mischief,
  authorization: string,
): Promise<void> {
  switch (mischief.kind) {
    case "status":
      response
        .writeHead(mischief.status, mischief.headers)
        .end(JSON.stringify(errorBody("not now")));
      return;
    case "redirect":
      response.writeHead(307, { location: mischief.to }).end();
      return;
    case "reset":
      response.socket?.resetAndDestroy();
      return;
    case "truncate":
      response.writeHead(200, { "content-length": "1000" });
      response.write('{"choices":[{"te', () => response.destroy());
      return;
    case "garbage":
      response.writeHead(200).end("<html>gateway</html>");
      return;
    case "shape":
      return send(response, 200, { choices: [{ index: 0, finish_reason: "stop" }], usage: {} });
    case "empty":
      return send(response, 200, { choices: [], usage: usageOf("", [], PLAIN) });
    case "huge":
      response.writeHead(200).end(" ".repeat(12 * 2 ** 20));
      return;
    case "hang":
      await once(response, "close");
      return;
    case "drip":
      response.writeHead(200);
      while (!response.destroyed) {
        response.write(" ");
        await sleep(5);
      }
      return;
    case "echo key":
      return send(response, 400, errorBody(`you sent ${authorization}`));
    case "no usage":
  }
}

function answer(url: string, body: Body, ways: Ways): object {
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
  { messages, prompt, ...body }: Body,
  { continues }: Ways,
): { question: string; said: string } {
  if (prompt !== undefined) {
    const { question = "", said = prompt } = FRAME.exec(prompt)?.groups ?? {};
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

function usageOf(prompt: string, tokens: readonly string[], { cached, reasoning }: Ways): object {
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
