import type { Sampling } from "../../protocol/events.ts";
import type { ServerRequest } from "./model-server.ts";

/** What a server is asked to write. */
export interface GenerationAsk {
  /** What the assistant has said so far, to be gone on with; empty at its beginning. */
  readonly said: string;
  /** Ends the text, and is not part of it. */
  readonly stop: string | null;
  readonly maxTokens: number;
  readonly sampling: Omit<Sampling, "maxStepTokens">;
  /** Unsigned 32-bit integer. */
  readonly seed: number;
}

/** What any server wrote, whatever its shape. */
export interface Generation {
  /** Without the stop. */
  readonly text: string;
  /** What it thought in a field of its own; `null` if it has no such field. */
  readonly reasoning: string | null;
  /** `stop` or `end`: at the stop, or by itself; `either`: the server does not say which. */
  readonly ended: "stop" | "end" | "either" | "length";
  /** Σ ln p of its tokens; `null` if it does not tell. */
  readonly logprob: number | null;
  readonly usage: GenerationUsage;
}

/** Tokens, by the server's own count. */
export interface GenerationUsage {
  readonly prompt: number;
  /** Of the prompt, what was in a cache and was not read again; `null` if it does not tell. */
  readonly cached: number | null;
  /** Everything that it wrote, thoughts included. */
  readonly completion: number;
  /** Of the completion, thoughts; `null` if it does not tell. */
  readonly reasoning: number | null;
}

/** One way to speak to servers. */
export interface Wire {
  /** Rejects with a `ServerFault` for what such a server cannot be asked. */
  request(ask: GenerationAsk, signal: AbortSignal): Promise<ServerRequest<Generation>>;
}
