import { EVIDENCE_NAMES, type PrmHead } from "../../models/embedded/prm-head.ts";
import type { Labelled } from "../labels/labels.ts";
import type { Recipe } from "../recipe.ts";
import { onAllCores } from "../work/pool.ts";
import type { EvidenceJob, EvidenceRows, EvidenceSetting } from "./evidence-worker.ts";
import { calibrate, fitHead, type Rows } from "./fit-head.ts";

/**
 * Fits the head of a PRM on labelled attempts: evidence and last state of the
 * frozen body, logistic regression on the exact labels, calibration on problems
 * that the fit did not see.
 */
export async function trainHead(
  setting: EvidenceSetting,
  labelled: readonly Labelled[],
  { head, seed }: Pick<Recipe, "head" | "seed">,
  { journal, onProgress }: { journal: string; onProgress: (done: number, total: number) => void },
): Promise<PrmHead> {
  const jobs = byProblem(labelled);
  const parts = await onAllCores<EvidenceJob, EvidenceRows>(
    new URL("./evidence-worker.ts", import.meta.url),
    setting,
    jobs,
    { journal, onDone: (done) => onProgress(done, jobs.length) },
  );
  // Problems of both families lie in turn, so that every k-th is a fair sample.
  const every = Math.round(1 / head.calibration);
  const rows = parts.reduce((sum, { y }) => sum + y.length, 0);
  if (rows < every) throw new Error(`${rows} labelled steps are too few to fit a head on`);
  const fitted = merge(parts.filter((_, i) => i % every !== 0));
  const kept = merge(parts.filter((_, i) => i % every === 0));
  const { weight, bias } = fitHead(fitted, { ...head, seed });
  const { scale, shift } = calibrate(logits(kept, weight, bias), kept.y);
  const evidence = EVIDENCE_NAMES.length;
  return {
    evidence: [...EVIDENCE_NAMES],
    evidenceWeight: [...weight.subarray(0, evidence)],
    hiddenWeight: [...weight.subarray(evidence)],
    bias,
    calibration: [scale, shift],
  };
}

function byProblem(labelled: readonly Labelled[]): EvidenceJob[] {
  const groups = Map.groupBy(labelled, ({ problem }) => problem);
  return [...groups.values()];
}

function merge(parts: readonly EvidenceRows[]): Rows {
  const rows = parts.reduce((sum, { y }) => sum + y.length, 0);
  const width = parts.reduce((sum, { x }) => sum + x.length, 0) / rows;
  const x = new Float32Array(rows * width);
  const y = new Float32Array(rows);
  let at = 0;
  for (const part of parts) {
    x.set(part.x, at * width);
    y.set(part.y, at);
    at += part.y.length;
  }
  return { width, x, y };
}

function logits({ width, x, y }: Rows, weight: Float64Array, bias: number): Float32Array {
  return Float32Array.from(y, (_, row) => {
    let z = bias;
    for (let j = 0; j < width; j++) z += weight[j]! * x[row * width + j]!;
    return z;
  });
}
