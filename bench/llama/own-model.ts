import { readFileSync } from "node:fs";
import { Engine } from "../../src/models/embedded/engine.ts";
import { type GgufModel, readGguf } from "../../src/models/embedded/gguf.ts";
import { encodePrompt } from "../../src/models/embedded/vocabulary.ts";

const KERNEL = new WebAssembly.Module(
  readFileSync(new URL("../../src/models/embedded/kernel.wasm", import.meta.url)),
);

/** The same model on our engine. */
export class OwnModel {
  readonly file: GgufModel;
  readonly #engine: Engine;

  constructor(path: string) {
    this.file = readGguf(readFileSync(path));
    this.#engine = new Engine(KERNEL, this.file);
  }

  prompt(problem: string): number[] {
    return encodePrompt(this.file.vocabulary, problem);
  }

  greedy(prompt: readonly number[], { end, max }: { end: number; max: number }): number[] {
    const sequence = this.#engine.create();
    const tokens: number[] = [];
    let logits = this.#read(sequence, prompt).at(-1)!;
    while (tokens.length < max) {
      const { token } = this.#engine.sample(logits, { temperature: 0, topK: 0, topP: 1 }, 0);
      tokens.push(token);
      if (token === end) break;
      logits = this.#read(sequence, [token])[0]!;
    }
    this.#engine.free(sequence);
    return tokens;
  }

  logits(tokens: readonly number[]): Float32Array[] {
    const sequence = this.#engine.create();
    const logits = this.#read(sequence, tokens);
    this.#engine.free(sequence);
    return logits;
  }

  #read(sequence: number, tokens: readonly number[]): Float32Array[] {
    const all: Float32Array[] = [];
    for (let at = 0; at < tokens.length; at += this.#engine.maxRows) {
      const some = tokens.slice(at, at + this.#engine.maxRows);
      const rows = some.map((_, row) => row);
      this.#engine.extend(new Array<number>(some.length).fill(sequence), some, rows);
      all.push(...rows.map((row) => this.#engine.logits(row)));
    }
    return all;
  }
}
