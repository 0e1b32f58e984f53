import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { type Comparison, compare, NEAR } from "./llama/compare.ts";
import { LlamaCpp } from "./llama/llama-model.ts";

const MODELS = path.join(import.meta.dirname, "../public/models");
const RESULTS = path.join(import.meta.dirname, "results/llama.json");
const PROMPTS = 100;
/** Greedy texts of the file as it is that must be the same. */
const MIN_SAME_TEXT = 0.98;

/**
 * Loads our GGUF files with llama.cpp and compares it with our engine, on held-out
 * problems: how the prompt is split, all logits, and the greedy text. Installs
 * node-llama-cpp in `bench/llama`. Fails if a prompt is split otherwise, if logits
 * differ by more than `NEAR` where llama.cpp rounds nothing to f16 (so that the
 * difference is the model's), or if too few texts of the file as it is are the same.
 * `--json` prints one line a model instead of a table.
 */
export async function run(args: string[]): Promise<void> {
  await using llama = await LlamaCpp.open();
  const rows: Comparison[] = [];
  for (const name of modelNames()) {
    const file = path.join(MODELS, `${name}.gguf`);
    const { families } = JSON.parse(readFileSync(path.join(MODELS, `${name}.json`), "utf8")) as {
      families: string[];
    };
    const row = await compare(llama, { file, name, families, count: PROMPTS });
    rows.push(row);
    if (args.includes("--json")) console.log(JSON.stringify(row));
  }
  if (!args.includes("--json")) console.table(rows.flatMap(table));
  writeResults(rows, llama.versions);
  for (const row of rows.filter((one) => !isKept(one))) {
    console.error(`${row.model}: further from llama.cpp than promised`);
    process.exitCode = 1;
  }
}

function modelNames(): string[] {
  return readdirSync(MODELS)
    .filter((file) => file.endsWith(".gguf"))
    .map((file) => path.basename(file, ".gguf"))
    .sort();
}

function isKept({ prompts, sameTokens, distances }: Comparison): boolean {
  const published = distances[0]!;
  const exact = distances.at(-1)!;
  return (
    sameTokens === prompts &&
    exact.maxLogitDifference <= NEAR &&
    published.sameText >= MIN_SAME_TEXT * prompts
  );
}

function table({ model, prompts, sameTokens, tokens, distances }: Comparison) {
  return distances.map((distance) => ({
    ...{ model, tokens, matrices: distance.matrices, cache: distance.cache },
    "same tokens": `${sameTokens} of ${prompts}`,
    "logits, max": distance.maxLogitDifference.toExponential(2),
    mean: distance.meanLogitDifference.toExponential(2),
    [`<= ${NEAR}, %`]: (100 * distance.nearShare).toFixed(1),
    "same text": `${distance.sameText} of ${prompts}`,
  }));
}

function writeResults(rows: readonly Comparison[], versions: Readonly<Record<string, string>>) {
  const about = {
    figures:
      "maxLogitDifference and meanLogitDifference: absolute, over the whole vocabulary after every token " +
      "of prompt and our greedy text, nearShare: those of at most promised.maxLogitDifference; matrices f16: " +
      "the file as it is; cache: what llama.cpp keeps keys and values in, its own choice is F16. Matrices " +
      "and cache of f16 make it round what it multiplies; with both f32 it computes what we do. sameText: greedy texts that are the same to the last token; partings: where the others part " +
      "(token of the text) and by how much our likeliest token led there.",
    promised: { maxLogitDifference: NEAR, sameText: MIN_SAME_TEXT },
    machine: `${cpus()[0]?.model ?? "unknown"}, ${process.platform}`,
    date: new Date().toISOString(),
    node: process.version,
    versions,
  };
  mkdirSync(path.dirname(RESULTS), { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify({ about, rows }, null, 2)}\n`);
}
