import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { installIn } from "../install-in.ts";

/** What is used of the packages; their own types are there only once they are installed. */
interface OpenAi {
  readonly models: { list(): Promise<{ readonly data: readonly { readonly id: string }[] }> };
  readonly chat: {
    readonly completions: {
      create(
        body: object,
        options?: { signal: AbortSignal },
      ): Promise<Completion & AsyncIterable<Chunk>>;
    };
  };
  readonly responses: {
    create(body: object): Promise<Answer>;
    stream(body: object): AsyncIterable<{ readonly type: string }> & {
      finalResponse(): Promise<Answer>;
    };
  };
}

interface Completion {
  readonly choices: readonly {
    readonly message: { readonly content: string; readonly reasoning_content?: string };
    readonly finish_reason: string;
  }[];
  readonly usage: {
    readonly completion_tokens: number;
    readonly completion_tokens_details: { readonly reasoning_tokens: number };
  };
}

interface Chunk {
  readonly choices: readonly {
    readonly delta: { readonly content?: string; readonly reasoning_content?: string };
  }[];
}

interface Answer {
  readonly output_text: string;
  readonly status: string;
  readonly id: string;
  readonly output: readonly { readonly type: string; readonly summary?: readonly object[] }[];
  readonly usage: { readonly output_tokens_details: { readonly reasoning_tokens: number } };
}

/** A model of the `ai` package. */
type Model = object;

interface Text {
  readonly text: string;
  readonly reasoningText?: string;
  readonly finishReason: string;
}

interface Ai {
  generateText(options: object): Promise<Text>;
  streamText(options: object): { readonly fullStream: AsyncIterable<Part> };
}

export interface Part {
  readonly type: string;
  readonly text?: string;
}

type Provider = (model: string) => Model;

export interface Libraries {
  readonly openai: new (options: { baseURL: string; apiKey: string }) => OpenAi;
  readonly ai: Ai;
  readonly compatible: (options: { baseURL: string; name: string; apiKey: string }) => Provider;
  readonly official: (options: { baseURL: string; apiKey: string }) => Provider;
  readonly versions: Readonly<Record<string, string>>;
}

const require = createRequire(path.join(import.meta.dirname, "package.json"));
const NAMES = ["openai", "ai", "@ai-sdk/openai-compatible", "@ai-sdk/openai"] as const;

/** The official clients, in the versions of the lock file. Installs them if they are not there. */
export async function loadLibraries(): Promise<Libraries> {
  installIn(import.meta.dirname, "clients of OpenAI's API");
  const [openai, ai, compatible, official] = await Promise.all(
    NAMES.map(async (name) => {
      const module: unknown = await import(pathToFileURL(require.resolve(name)).href);
      return module as Record<string, unknown>;
    }),
  );
  const { dependencies } = require("./package.json") as { dependencies: Record<string, string> };
  return {
    openai: openai!["default"] as Libraries["openai"],
    ai: ai as unknown as Ai,
    compatible: compatible!["createOpenAICompatible"] as Libraries["compatible"],
    official: official!["createOpenAI"] as Libraries["official"],
    versions: dependencies,
  };
}
