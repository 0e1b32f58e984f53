import { EVIDENCE_NAMES, type PrmHead } from "../../models/embedded/prm-head.ts";
import type { Recipe } from "../recipe.ts";
import type { EvidenceRows } from "./evidence-worker.ts";
import { calibrate, fitHead, type Rows, sigmoid } from "./fit-head.ts";

/**
 * Fits the head of a PRM on what its frozen body saw of labelled steps, problem
 * by problem: logistic regression on the labels, calibration on problems that
 * the fit did not see.
 */
export function fitPrmHead(
  parts: readonly EvidenceRows[],
  { head, seed }: Pick<Recipe, "head" | "seed">,
): PrmHead {
  // Problems of all families lie in turn, so that every k-th is a fair sample.
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

/** P(step is right | those before it are) of every row, by a head, in [0, 1]. */
export function stepProbabilities({ x, y }: EvidenceRows, head: PrmHead): Float32Array {
  if (y.length === 0) return new Float32Array(0);
  const weight = Float64Array.from([...head.evidenceWeight, ...head.hiddenWeight]);
  const [scale, shift] = head.calibration;
  const z = logits({ width: weight.length, x, y }, weight, head.bias);
  return z.map((logit) => sigmoid(scale * logit + shift));
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
