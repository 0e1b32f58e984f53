import { readFileSync } from "node:fs";
import path from "node:path";
import {
  type Llama,
  type LlamaSequence,
  type LlamaModel as LoadedModel,
  openLibrary,
} from "../../src/server/llama-cpp/library.ts";
import { installIn } from "../install-in.ts";

/** Packages with a CPU binary; without their like for graphics cards, which are ten times as large. */
const BINARIES: Readonly<Record<string, string>> = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "darwin-x64": "mac-x64",
  "darwin-arm64": "mac-arm64-metal",
  "win32-x64": "win-x64",
  "win32-arm64": "win-arm64",
};

/** llama.cpp on the processor, one thread. Installs it if it is not there. */
export class LlamaCpp {
  /** Of node-llama-cpp and of llama.cpp in it. */
  readonly versions: Readonly<Record<string, string>>;
  readonly #llama: Llama;

  private constructor(llama: Llama, version: string) {
    this.#llama = llama;
    this.versions = {
      "node-llama-cpp": version,
      "llama.cpp": llama.llamaCppRelease.release,
    };
  }

  static async open(): Promise<LlamaCpp> {
    const folder = import.meta.dirname;
    const { dependencies } = JSON.parse(
      readFileSync(path.join(folder, "package.json"), "utf8"),
    ) as { dependencies: Record<string, string> };
    const name = "node-llama-cpp";
    const version = dependencies[name]!;
    const binary = BINARIES[`${process.platform}-${process.arch}`];
    if (binary === undefined) {
      throw new Error(`${name} has no binary for ${process.platform}-${process.arch}`);
    }
    installIn(folder, name, ["--omit=optional", `@node-llama-cpp/${binary}@${version}`]);
    const SENTEI_LLAMA_CPP = path.join(folder, "node_modules", name);
    const { llama } = await openLibrary({ SENTEI_LLAMA_CPP }, { gpu: false });
    return new LlamaCpp(llama, version);
  }

  load(modelPath: string): Promise<LoadedModel> {
    return this.#llama.loadModel({ modelPath });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#llama.dispose();
  }
}

/** A model in llama.cpp with a KV cache of its own, for one sequence at a time. */
export class LlamaModel {
  readonly #model: LoadedModel;
  readonly #sequence: LlamaSequence;

  private constructor(model: LoadedModel, sequence: LlamaSequence) {
    this.#model = model;
    this.#sequence = sequence;
  }

  /** `cache` is the type of keys and values; F16 is llama.cpp's own choice. */
  static async open(
    llama: LlamaCpp,
    file: string,
    { context, cache }: { readonly context: number; readonly cache: "F16" | "F32" },
  ): Promise<LlamaModel> {
    const model = await llama.load(file);
    const own = await model.createContext({
      ...{ contextSize: context, threads: 1, flashAttention: false },
      ...{ experimentalKvCacheKeyType: cache, experimentalKvCacheValueType: cache },
    });
    return new LlamaModel(model, own.getSequence());
  }

  tokenize(text: string): number[] {
    return this.#model.tokenize(text, true);
  }

  /** What follows `prompt`, the likeliest token each time: up to `end`, which is included, or `max` tokens. */
  async greedy(
    prompt: readonly number[],
    { end, max }: { readonly end: number; readonly max: number },
  ): Promise<number[]> {
    await this.#sequence.clearHistory();
    const tokens: number[] = [];
    const options = { temperature: 0, yieldEogToken: true } as const;
    for await (const token of this.#sequence.evaluate(prompt, options)) {
      tokens.push(token);
      if (token === end || tokens.length === max) break;
    }
    return tokens;
  }

  /** `[token][vocabulary]`: logits after each. */
  async logits(tokens: readonly number[]): Promise<number[][]> {
    await this.#sequence.clearHistory();
    const asked = tokens.map((token) => [token, { generateNext: { logits: true } }] as const);
    const outputs = await this.#sequence.controlledEvaluate(asked);
    return outputs.map((output) => {
      const { next } = output!;
      const row = new Array<number>(next.logits.size);
      for (const [id, logit] of next.logits) row[id] = logit;
      return row;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#model.dispose();
  }
}
