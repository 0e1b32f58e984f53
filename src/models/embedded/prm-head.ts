import { z } from "zod";
import type { Engine, TokenEvidence } from "./engine.ts";
import type { MetadataValue } from "./gguf-format.ts";
import type { StepReading } from "./step-reader.ts";

/**
 * What a verifier's head may read of a step, by name, in nats where it has a
 * unit. Names are part of the file format: add, never rename.
 */
const EVIDENCE = {
  "surprisal-sum": (tokens) => sum(tokens, ({ surprisal }) => surprisal),
  "surprisal-max": (tokens) => largest(tokens, ({ surprisal }) => surprisal),
  "gap-sum": (tokens) => sum(tokens, ({ gap }) => gap),
  "gap-max": (tokens) => largest(tokens, ({ gap }) => gap),
  "entropy-sum": (tokens) => sum(tokens, ({ entropy }) => entropy),
  "entropy-max": (tokens) => largest(tokens, ({ entropy }) => entropy),
  tokens: (tokens) => tokens.length,
  ended: (_, ended) => (ended ? 1 : 0),
} satisfies Record<string, (tokens: readonly TokenEvidence[], ended: boolean) => number>;

export type EvidenceName = keyof typeof EVIDENCE;

export const EVIDENCE_NAMES = [
  "surprisal-sum",
  "surprisal-max",
  "gap-sum",
  "gap-max",
  "entropy-sum",
  "entropy-max",
  "tokens",
  "ended",
] as const satisfies readonly EvidenceName[];

/**
 * The head of a verifier on top of a language model. For a step with evidence
 * φ and last state h, P(step is right | those before it are) =
 * σ(a · (w_φ·φ + w_h·h + b) + c).
 */
export interface PrmHead {
  /** Which evidence φ consists of. */
  readonly evidence: readonly EvidenceName[];
  /** w_φ, as long as `evidence`. */
  readonly evidenceWeight: readonly number[];
  /** w_h, `[width]`. */
  readonly hiddenWeight: readonly number[];
  /** b */
  readonly bias: number;
  /** a and c, fitted on held-out labels. */
  readonly calibration: readonly [scale: number, shift: number];
}

const HeadMetadata = z.object({
  "prm.head.evidence": z.array(z.enum(EVIDENCE_NAMES)),
  "prm.head.evidence_weight": z.array(z.number()),
  "prm.head.hidden_weight": z.array(z.number()),
  "prm.head.bias": z.tuple([z.number()]),
  "prm.head.calibration": z.tuple([z.number(), z.number()]),
});

/** The head in a model file's metadata. Throws an `Error` that names the key if the file is no verifier's. */
export function readPrmHead(
  metadata: ReadonlyMap<string, MetadataValue>,
  { width }: { width: number },
): PrmHead {
  const fields = HeadMetadata.safeParse(Object.fromEntries(metadata));
  if (!fields.success) {
    throw new Error(`Not the file of a verifier: ${z.prettifyError(fields.error)}`);
  }
  const { data } = fields;
  const head: PrmHead = {
    evidence: data["prm.head.evidence"],
    evidenceWeight: data["prm.head.evidence_weight"],
    hiddenWeight: data["prm.head.hidden_weight"],
    bias: data["prm.head.bias"][0],
    calibration: data["prm.head.calibration"],
  };
  expectLength("prm.head.evidence_weight", head.evidenceWeight, head.evidence.length);
  expectLength("prm.head.hidden_weight", head.hiddenWeight, width);
  return head;
}

/** The head as metadata for `writeGguf`. Numbers are rounded to f32. */
export function prmHeadMetadata(head: PrmHead): Record<string, readonly string[] | Float32Array> {
  return {
    "prm.head.evidence": head.evidence,
    "prm.head.evidence_weight": Float32Array.from(head.evidenceWeight),
    "prm.head.hidden_weight": Float32Array.from(head.hiddenWeight),
    "prm.head.bias": Float32Array.of(head.bias),
    "prm.head.calibration": Float32Array.from(head.calibration),
  };
}

/** φ of a step: the evidence of these names, in their order. `ended`: the reasoning ends with this step. */
export function stepEvidence(
  names: readonly EvidenceName[],
  tokens: readonly TokenEvidence[],
  ended: boolean,
): number[] {
  return names.map((name) => EVIDENCE[name](tokens, ended));
}

/**
 * For every step P(it and all before it are right), in [0, 1]: the running
 * product of the steps' own probabilities.
 */
export function scoreSteps(
  head: PrmHead,
  { steps, ended }: { readonly steps: readonly StepReading[]; readonly ended: boolean },
  engine: Pick<Engine, "sigmoid">,
): number[] {
  const [scale, shift] = head.calibration;
  let score = 1;
  return steps.map(({ tokens, hidden }, index) => {
    const last = index === steps.length - 1;
    const evidence = stepEvidence(head.evidence, tokens, ended && last);
    let logit = head.bias;
    for (const [i, weight] of head.evidenceWeight.entries()) logit += weight * evidence[i]!;
    for (let i = 0; i < hidden.length; i++) logit += head.hiddenWeight[i]! * hidden[i]!;
    score *= engine.sigmoid(scale * logit + shift);
    return score;
  });
}

function sum(tokens: readonly TokenEvidence[], of: (token: TokenEvidence) => number): number {
  return tokens.reduce((total, token) => total + of(token), 0);
}

function largest(tokens: readonly TokenEvidence[], of: (token: TokenEvidence) => number): number {
  return tokens.reduce((most, token) => Math.max(most, of(token)), 0);
}

function expectLength(key: string, values: readonly number[], length: number): void {
  if (values.length !== length) {
    throw new Error(
      `Not the file of a verifier: ${key} has ${values.length} numbers, not ${length}`,
    );
  }
}
