import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** What is used of node-llama-cpp. Its own types are there only where it is installed, and it is not by default. */
interface Library {
  getLlama(options: {
    readonly build: "never";
    readonly skipDownload: true;
    readonly gpu: "auto" | false;
    readonly logLevel: "error";
  }): Promise<Llama>;
}

/** What is used of the reader of templates that the library brings along. */
interface Jinja {
  readonly Template: new (
    source: string,
  ) => { render(names: Readonly<Record<string, unknown>>): string };
}

export interface Llama {
  readonly llamaCppRelease: { readonly release: string };
  loadModel(options: { readonly modelPath: string }): Promise<LlamaModel>;
  dispose(): Promise<void>;
}

export interface LlamaModel {
  readonly trainContextSize: number;
  readonly fileInfo: {
    readonly metadata: { readonly tokenizer?: { readonly chat_template?: string } };
  };
  readonly tokens: {
    readonly bosString: string | null;
    readonly eosString: string | null;
    readonly shouldPrependBosToken: boolean;
    readonly bos: number | null;
  };
  tokenize(text: string, specialTokens: boolean): number[];
  /** `lastTokens` stand before these, and tell a tokenizer whether a space does. */
  detokenize(
    tokens: readonly number[],
    specialTokens: boolean,
    lastTokens: readonly number[],
  ): string;
  isEogToken(token: number): boolean;
  createContext(options: object): Promise<LlamaContext>;
  dispose(): Promise<void>;
}

export interface LlamaContext {
  /** Of each sequence. */
  readonly contextSize: number;
  readonly totalSequences: number;
  getSequence(): LlamaSequence;
}

export interface LlamaSequence {
  readonly nextTokenIndex: number;
  readonly contextTokens: readonly number[];
  clearHistory(): Promise<void>;
  eraseContextTokenRanges(
    ranges: readonly { readonly start: number; readonly end: number }[],
  ): Promise<void>;
  evaluate(
    tokens: readonly number[],
    options: { readonly temperature: 0; readonly yieldEogToken: true },
  ): AsyncGenerator<number, void>;
  /** An output for every token that asks for one. */
  controlledEvaluate(
    tokens: readonly (number | readonly [number, { readonly generateNext: NextAsk }])[],
  ): Promise<readonly ({ readonly next: NextToken } | undefined)[]>;
}

/** What is wanted to be known of the token after one. */
export interface NextAsk {
  readonly token?: boolean;
  readonly totalLogitWeight?: boolean;
  readonly logits?:
    | boolean
    | {
        readonly filter: {
          readonly tokens: readonly number[];
          readonly includeMax?: boolean;
          readonly includeSelected?: boolean;
          readonly includeTop?: number;
        };
      };
  readonly options?: {
    readonly temperature: number;
    readonly topK: number;
    readonly topP: number;
    readonly minP: number;
    readonly seed: number;
  };
}

/** Logits, and their weight, are divided by the temperature unless it is 0. */
export interface NextToken {
  readonly token?: number | null;
  readonly logits: ReadonlyMap<number, number>;
  /** Σ exp(logit − the highest). */
  readonly totalLogitWeight: number;
}

/** The version that is tried here. */
const LIBRARY = "node-llama-cpp@3.22.1";

/** llama.cpp in this process, and what comes with it. */
export interface OpenLibrary {
  readonly llama: Llama;
  /** Makes one text of what a chat template names. Throws for a template that it cannot read. */
  render(template: string, names: Readonly<Record<string, unknown>>): string;
}

/**
 * llama.cpp in this process, on what the machine computes best with, or on the
 * processor alone. The library is an optional peer: it is taken from the folder
 * that `SENTEI_LLAMA_CPP` names, or from beside this program. Rejects
 * where it is in neither; the message says how to get it.
 */
export async function openLibrary(
  env: Readonly<Record<string, string | undefined>>,
  { gpu }: { readonly gpu: "auto" | false },
): Promise<OpenLibrary> {
  const folder = env["SENTEI_LLAMA_CPP"];
  const own = createRequire(import.meta.url);
  let file: string;
  try {
    file = folder ? path.resolve(folder, "dist/index.js") : own.resolve("node-llama-cpp");
    if (!existsSync(file)) throw new Error(`there is no ${file}`);
  } catch (cause) {
    const where = folder ? ` in ${folder}` : "";
    throw new Error(
      `a GGUF file needs ${LIBRARY}, which is not installed${where}: npm install --no-save ${LIBRARY}`,
      { cause },
    );
  }
  const { getLlama } = (await import(pathToFileURL(file).href)) as Library;
  const jinja = createRequire(file).resolve("@huggingface/jinja");
  const { Template } = (await import(pathToFileURL(jinja).href)) as Jinja;
  return {
    llama: await getLlama({ build: "never", skipDownload: true, gpu, logLevel: "error" }),
    render: (template, names) => new Template(template).render(names),
  };
}
