import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { type RecipeStep, TrainingEvent } from "../src/protocol/training.ts";

/**
 * `npm run record:training -- .train`: what the log of a training says of one size,
 * thinned to what its page can show, into `public/training/`. Run after models were
 * published, so that the page tells of the models that come along.
 */
const ROOT = path.join(import.meta.dirname, "..");
/** Points of one line of a chart: as many as there are pixels to tell them apart. */
const POINTS = 120;
/** Checkpoints of a stage whose samples are kept. */
const CHECKPOINTS = 6;
/** In the order of the recipe. */
const STEPS: readonly RecipeStep[] = ["policy", "labels", "prm", "reinforcement"];

type Of<T extends TrainingEvent["type"]> = Extract<TrainingEvent, { type: T }>;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { size: { type: "string", default: "S" } },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error("Say which folder was trained in: npm run record:training -- .train");
  process.exit(2);
}
const lines = readFileSync(path.join(folder, "training.ndjson"), "utf8").trim().split("\n");
const events = lines
  .map((line) => TrainingEvent.parse(JSON.parse(line)))
  .filter((event) => "stage" in event && event.stage.startsWith(`${values.size}/`));

const stages = new Map<string, Of<"stage">>();
const metrics = new Map<string, Map<number, Of<"metric">>>();
const samples = new Map<string, Map<number, Of<"sample">>>();
for (const event of events) {
  if (event.type === "stage") stages.set(event.stage, event);
  if (event.type === "metric") under(metrics, [event.stage, event.name, event.series], event);
  if (event.type === "sample") under(samples, [event.stage, event.family], event);
}
// What was begun and never ended is no part of what was made.
const done = [...stages.values()]
  .filter(({ state }) => state === "done" || state === "cached")
  .toSorted((a, b) => STEPS.indexOf(a.step) - STEPS.indexOf(b.step));
const isDone = ({ stage }: { readonly stage: string }) => done.some((one) => one.stage === stage);
const kept: TrainingEvent[] = [
  ...done.map((stage) => ({ ...stage, state: "done" as const })),
  ...[...metrics.values()].flatMap((line) => thinned(line, POINTS)).filter(isDone),
  ...[...samples.values()].flatMap((line) => thinned(line, CHECKPOINTS)).filter(isDone),
];
const at = kept[0]!.at;
const file = path.join(ROOT, "public/training", `${values.size.toLowerCase()}.ndjson`);
mkdirSync(path.dirname(file), { recursive: true });
const text = kept.map((event) => `${JSON.stringify({ ...event, at })}\n`).join("");
writeFileSync(file, text);
console.log(
  `${path.relative(ROOT, file)}: ${kept.length} of ${events.length} lines, ${text.length} bytes`,
);

/** The later of two with equal x counts, as everywhere. */
function under<E extends { readonly x: number }>(
  all: Map<string, Map<number, E>>,
  key: readonly string[],
  event: E,
): void {
  const name = JSON.stringify(key);
  all.set(name, (all.get(name) ?? new Map<number, E>()).set(event.x, event));
}

/** At most so many, evenly, first and last among them. */
function thinned<E extends { readonly x: number }>(
  line: ReadonlyMap<number, E>,
  most: number,
): E[] {
  const sorted = [...line.values()].toSorted((a, b) => a.x - b.x);
  if (sorted.length <= most) return sorted;
  const last = sorted.length - 1;
  return Array.from({ length: most }, (_, i) => sorted[Math.round((i * last) / (most - 1))]!);
}
