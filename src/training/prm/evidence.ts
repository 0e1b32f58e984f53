import type { Labelled } from "../labels/labels.ts";
import { eachProblem, type Reading } from "./each-problem.ts";
import type { EvidenceRows, EvidenceSetting } from "./evidence-worker.ts";

/** What a body saw of the labelled steps of all attempts at one problem: a row a step, in order. */
export interface ProblemEvidence {
  readonly attempts: readonly Labelled[];
  readonly rows: EvidenceRows;
}

/** Lets the body read all attempts, on all cores; what was read is kept in `journal`. */
export async function readEvidence(
  setting: EvidenceSetting,
  labelled: readonly Labelled[],
  reading: Reading,
): Promise<ProblemEvidence[]> {
  const worker = new URL("./evidence-worker.ts", import.meta.url);
  const read = await eachProblem<EvidenceRows>(worker, setting, labelled, reading);
  return read.map(({ attempts, result }) => ({ attempts, rows: result }));
}

/** Labels of one attempt in the place of the exact ones, in [0, 1]; `null` where there is none. */
export type Relabel = (attempt: Labelled) => readonly (number | null)[];

/** The rows of a problem with other labels; those without one are left out. */
export function relabelled({ attempts, rows }: ProblemEvidence, labelsOf: Relabel): EvidenceRows {
  const width = rows.y.length === 0 ? 0 : rows.x.length / rows.y.length;
  const labels = attempts.flatMap((attempt) => {
    const others = labelsOf(attempt);
    return attempt.labels.map((_, i) => others[i] ?? null);
  });
  const kept = labels.flatMap((label, row) => (label === null ? [] : [{ label, row }]));
  const x = new Float32Array(kept.length * width);
  for (const [i, { row }] of kept.entries()) {
    x.set(rows.x.subarray(row * width, (row + 1) * width), i * width);
  }
  return { x, y: Float32Array.from(kept, ({ label }) => label) };
}
