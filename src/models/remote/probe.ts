import { z } from "zod";
import type { Capabilities, Continuation, PolicySpec } from "../../protocol/connections.ts";
import type { Generation, GenerationAsk } from "./generation.ts";
import type { ModelServer, ServerRequest } from "./model-server.ts";
import type { Message } from "./prompts.ts";
import { type Known, wireOf } from "./remote-policy.ts";
import { ServerFault } from "./server-fault.ts";

interface ProbeOptions {
  readonly server: ModelServer;
  readonly connection: Pick<PolicySpec, "api" | "model" | "format">;
  readonly signal: AbortSignal;
}

/** The second is for servers that take problems only, such as our own. */
const QUESTIONS = [
  "Count from one to nine in words, with one space between them.",
  "(7+5)*9-14*3",
].map((content): readonly Message[] => [{ role: "user", content }]);
const BEGUN = "one two three four";
const NEXT = /^\s*five\b/i;

const ASK: Omit<GenerationAsk, "seed"> = {
  ...{ said: "", stop: null, maxTokens: 16 },
  sampling: { temperature: 0, topK: 0, topP: 1 },
};

const ModelNames = z.object({ data: z.array(z.object({ id: z.string() })) });

/** Most fields that a server can refuse before it counts as none of ours. */
const MOST_REFUSED = 5;

/**
 * Finds out what a server can do with this model, by about nine short requests.
 * Rejects with the `ServerFault` of the first of them: then it can do nothing.
 */
export async function probeServer(options: ProbeOptions): Promise<Capabilities> {
  const models = await listModels(options);
  const { question, generation, refuses, ms, raw } = await firstReply(options);
  const { api } = options.connection;
  const said = (continues: Continuation | null): Prober => ({
    ...options,
    ...{ question, refuses, continues },
  });
  const continues = api === "chat" ? await findContinuation(said) : ("text" as const);
  const prober = said(continues);
  const [stopReason, several, seed] = await Promise.all([
    tellsStops(prober),
    writesSeveral(prober),
    heedsSeeds(prober),
  ]);
  return {
    ...{ models, continues, stopReason, several, seed, refuses: [...refuses], ms },
    logprobs: generation.logprob !== null,
    usage: true,
    cachedTokens: generation.usage.cached !== null,
    reasoning: reasoningOf(generation, raw),
  };
}

/** Fields of a request for text that the server refuses. Rejects with the `ServerFault` of a server that takes none. */
export async function findRefused(options: ProbeOptions): Promise<readonly string[]> {
  return (await firstReply(options)).refuses;
}

interface Prober extends ProbeOptions {
  readonly question: readonly Message[];
  readonly refuses: readonly string[];
  readonly continues: Continuation | null;
}

async function listModels({ server, signal, connection }: ProbeOptions): Promise<string[] | null> {
  const read = (reply: unknown) => ModelNames.safeParse(reply).data?.data ?? null;
  const path = connection.api === "llama.cpp" ? "/v1/models" : "models";
  try {
    const { value } = await server.ask({ path, read }, signal);
    return value?.map(({ id }) => id).slice(0, 1000) ?? null;
  } catch (error) {
    // Not every server has such a list. One that is not there has nothing at all.
    if (error instanceof ServerFault && isAnswer(error)) return null;
    throw error;
  }
}

/** Whether it is a no to this question, and not to everything. */
function isAnswer({ fault, message }: ServerFault): boolean {
  return (fault === "refused" && !/answered 40[13]\b/.test(message)) || fault === "garbage";
}

/** The first reply of all, and to which question. Rejects with what was wrong with the first. */
async function firstReply(options: ProbeOptions) {
  let refusal: unknown = null;
  for (const question of QUESTIONS) {
    try {
      return { question, ...(await replyTo(options, question)) };
    } catch (error) {
      refusal ??= error;
      // A server that wants another key or knows no such model has nothing against the question.
      if (!(error instanceof ServerFault) || !/answered 4(00|22)\b/.test(error.message))
        throw refusal;
    }
  }
  throw refusal;
}

/** Asks until the server takes the request, leaving out what it refuses by name. */
async function replyTo(options: ProbeOptions, question: readonly Message[]) {
  const refuses: string[] = [];
  const { clock } = options.server;
  for (;;) {
    const began = clock.now();
    try {
      let raw: unknown = null;
      const generation = await generate(
        { ...options, question, refuses, continues: null },
        {},
        (reply) => {
          raw = reply;
        },
      );
      return { generation, refuses, raw, ms: clock.now() - began };
    } catch (error) {
      if (!(error instanceof ServerFault) || error.fault !== "refused") throw error;
      const field = refusedField(error.message, refuses);
      if (field === null || refuses.length >= MOST_REFUSED) throw error;
      refuses.push(field);
    }
  }
}

const OPTIONAL = ["max_tokens", "logprobs", "seed", "temperature", "stop", "stream"] as const;

function refusedField(message: string, known: readonly string[]): string | null {
  return OPTIONAL.find((name) => !known.includes(name) && message.includes(name)) ?? null;
}

async function findContinuation(
  said: (continues: Continuation | null) => Prober,
): Promise<Continuation | null> {
  for (const continues of ["continue_final_message", "prefix", "last message"] as const) {
    const reply = await tried(generate(said(continues), { said: BEGUN }));
    if (reply !== null && NEXT.test(reply.text) && reply.reasoning === null) return continues;
  }
  return null;
}

/** It begins in the middle of the count, if it can, and is to stop before seven. */
async function tellsStops(prober: Prober): Promise<boolean> {
  // Its every reply says how it ended.
  if (prober.connection.api === "llama.cpp") return true;
  const stop = " seven";
  const reply = await tried(
    generate(prober, { stop, said: prober.continues === null ? "" : BEGUN, maxTokens: 32 }),
  );
  return reply !== null && (reply.ended === "stop" || reply.ended === "end");
}

async function writesSeveral(prober: Prober): Promise<boolean> {
  if (prober.connection.api === "llama.cpp") return false;
  const read = (reply: unknown) =>
    z.object({ choices: z.array(z.unknown()) }).safeParse(reply).data?.choices.length === 2;
  const { path, body } = await requestOf(prober, { maxTokens: 1, temperature: 1 });
  const reply = await tried(
    prober.server.ask({ path, body: { ...body, n: 2 }, read }, prober.signal),
  );
  return reply?.value ?? false;
}

async function heedsSeeds(prober: Prober): Promise<boolean> {
  if (prober.refuses.includes("seed")) return false;
  const write = (seed: number) => tried(generate(prober, { seed, temperature: 2 }));
  const [first, same, other, third] = await Promise.all([1, 1, 2, 3].map(write));
  const isSame = first != null && first.text === same?.text;
  return isSame && (first.text !== other?.text || first.text !== third?.text);
}

interface Change extends Partial<Pick<GenerationAsk, "said" | "stop" | "maxTokens" | "seed">> {
  readonly temperature?: number;
}

async function generate(
  prober: Prober,
  change: Change,
  onReply: (reply: unknown) => void = () => {},
): Promise<Generation> {
  const { read, ...request } = await requestOf(prober, change);
  const { value } = await prober.server.ask(
    {
      ...request,
      read(reply) {
        onReply(reply);
        return read(reply);
      },
    },
    prober.signal,
  );
  return value;
}

function requestOf(
  { server, connection, question, refuses, continues, signal }: Prober,
  { temperature = 0, ...change }: Change,
): Promise<ServerRequest<Generation>> {
  const known: Known = { refuses: [...refuses], continues };
  const wire = wireOf({ ...connection, server, messages: question, known });
  const sampling = { ...ASK.sampling, temperature };
  return wire.request({ ...ASK, seed: 2, ...change, sampling }, signal);
}

/** What a server answers, or `null` if it says no to this question. */
async function tried<T>(asking: Promise<T>): Promise<T | null> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof ServerFault && (isAnswer(error) || error.fault === "server_error"))
      return null;
    throw error;
  }
}

function reasoningOf(
  { text, reasoning, usage }: Generation,
  raw: unknown,
): Capabilities["reasoning"] {
  if (reasoning !== null) return "apart";
  if (/<think>|<reasoning>/.test(text)) return "inline";
  // A server that cut off reasoning may show an empty text and the field without words.
  if ((usage.reasoning ?? 0) > 0) return "hidden";
  return JSON.stringify(raw).includes('"reasoning_content":""') ? "apart" : "none";
}
