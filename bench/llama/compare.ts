import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeGguf } from "../../src/models/embedded/gguf.ts";
import { familyOf } from "../../src/problems/families.ts";
import { type LlamaCpp, LlamaModel } from "./llama-model.ts";
import { OwnModel } from "./own-model.ts";

/**
 * What llama.cpp computes with. The first is its own choice for our files: it
 * rounds keys and values to f16, and all that it multiplies with f16 matrices.
 */
const WAYS = [
  { matrices: "f16", cache: "F16" },
  { matrices: "f32", cache: "F16" },
  { matrices: "f32", cache: "F32" },
] as const;

/** How far llama.cpp is from our engine in one of these ways. */
interface Distance {
  readonly matrices: "f16" | "f32";
  readonly cache: "F16" | "F32";
  /** Of all logits after all tokens of all prompts and our texts. */
  readonly maxLogitDifference: number;
  readonly meanLogitDifference: number;
  /** Share of the logits that are at most `NEAR` apart. */
  readonly nearShare: number;
  /** Prompts whose greedy text is the same to the last token. */
  readonly sameText: number;
  /** Others: how far our two likeliest tokens lie apart where the texts part. */
  readonly partings: readonly Parting[];
}

interface Parting {
  readonly problem: string;
  readonly at: number;
  readonly gap: number;
}

export interface Comparison {
  readonly model: string;
  readonly prompts: number;
  /** Whose prompt, as text, llama.cpp splits into our tokens. */
  readonly sameTokens: number;
  /** Read by both for their logits. */
  readonly tokens: number;
  readonly largestLogit: number;
  readonly distances: readonly Distance[];
}

/** Logits that are no further apart count as the same. */
export const NEAR = 5e-3;

interface Prompt {
  readonly problem: string;
  readonly tokens: readonly number[];
  /** Our greedy text. */
  readonly text: readonly number[];
}

/** Both engines on `count` held-out problems of these families, over all of their levels. */
export async function compare(
  llama: LlamaCpp,
  {
    file,
    name,
    families,
    count,
  }: { file: string; name: string; families: readonly string[]; count: number },
): Promise<Comparison> {
  const own = new OwnModel(file);
  const prompts = heldOut(families, count).map((problem): Prompt => {
    const tokens = own.prompt(problem);
    return { problem, tokens, text: own.greedy(tokens, limits(own, tokens)) };
  });
  const { context } = own.file.config;
  const distances: Distance[] = [];
  let sameTokens = count;
  for (const way of WAYS) {
    using copy = new FileOf(own, file, way.matrices);
    await using theirs = await LlamaModel.open(llama, copy.path, { context, cache: way.cache });
    const same = prompts.filter(({ problem, tokens }) =>
      isSame(theirs.tokenize(`<user>${problem}</user><reasoning>`), tokens),
    );
    sameTokens = Math.min(sameTokens, same.length);
    distances.push({ ...way, ...(await distance(own, theirs, prompts)) });
  }
  const sequences = prompts.map(({ tokens, text }) => [...tokens, ...text]);
  return {
    ...{ model: name, prompts: prompts.length, sameTokens },
    tokens: sequences.reduce((sum, { length }) => sum + length, 0),
    largestLogit: Math.max(
      ...sequences.map((tokens) =>
        Math.max(...own.logits(tokens).map((row) => Math.max(...row.map(Math.abs)))),
      ),
    ),
    distances,
  };
}

/** A file with the matrices as they are, or a copy of it with f32, removed at the end. */
class FileOf {
  readonly path: string;
  readonly #folder: string | null = null;

  constructor(own: OwnModel, file: string, matrices: "f16" | "f32") {
    if (matrices === "f16") {
      this.path = file;
      return;
    }
    this.#folder = mkdtempSync(path.join(tmpdir(), "sentei-"));
    this.path = path.join(this.#folder, "f32.gguf");
    writeFileSync(this.path, writeGguf({ ...own.file, metadata: {}, matrices }));
  }

  [Symbol.dispose](): void {
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true });
  }
}

async function distance(
  own: OwnModel,
  theirs: LlamaModel,
  prompts: readonly Prompt[],
): Promise<Omit<Distance, "matrices" | "cache">> {
  const partings: Parting[] = [];
  const all = new Differences();
  for (const { problem, tokens, text } of prompts) {
    const sequence = [...tokens, ...text];
    const ours = own.logits(sequence);
    all.add(ours, await theirs.logits(sequence));
    const other = await theirs.greedy(tokens, limits(own, tokens));
    if (isSame(other, text)) continue;
    const at = text.findIndex((token, i) => token !== other[i]);
    const [first, second] = [...ours[tokens.length + at - 1]!].sort((a, b) => b - a);
    partings.push({ problem, at, gap: first! - second! });
  }
  return { ...all.figures, sameText: prompts.length - partings.length, partings };
}

class Differences {
  #largest = 0;
  #sum = 0;
  #near = 0;
  #count = 0;

  add(ours: readonly Float32Array[], theirs: readonly (readonly number[])[]): void {
    for (const [t, row] of ours.entries()) {
      for (const [id, logit] of row.entries()) {
        const difference = Math.abs(logit - theirs[t]![id]!);
        // No comparison with NaN is true: it must become the largest, not be passed over.
        if (!(difference <= this.#largest)) this.#largest = difference;
        if (difference <= NEAR) this.#near++;
        this.#sum += difference;
        this.#count++;
      }
    }
  }

  get figures() {
    return {
      maxLogitDifference: this.#largest,
      meanLogitDifference: this.#sum / this.#count,
      nearShare: this.#near / this.#count,
    };
  }
}

/** Problems that training never saw, families and levels in turns. */
function heldOut(families: readonly string[], count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const family = familyOf(families[i % families.length]!);
    const turn = Math.floor(i / families.length);
    const level = family.levels[turn % family.levels.length]!;
    return family.render(family.generate({ level, seed: turn, split: "held-out" }));
  });
}

function limits({ file: { config, vocabulary } }: OwnModel, prompt: readonly number[]) {
  return { end: vocabulary.control["</assistant>"], max: config.context - prompt.length };
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((token, i) => token === b[i]);
}
