import { type convertRows, readRows } from "../formats/convert.ts";
import { binaryLabels, NEUTRAL } from "../formats/judged.ts";
import { labelAttempts } from "../formats/label-attempts.ts";
import { prm800k } from "../formats/prm800k.ts";
import { senteiLabels } from "../formats/sentei-labels.ts";
import type { Labelled } from "../labels/labels.ts";
import type { Recipe } from "../recipe.ts";
import { type ProblemEvidence, type Relabel, relabelled } from "./evidence.ts";
import type { EvidenceRows } from "./evidence-worker.ts";

/** One way of labelling the same attempts, to train a head on. */
export interface Variant {
  readonly name: string;
  readonly parts: readonly EvidenceRows[];
  /**
   * Whether a label is about the step alone, given those before it; otherwise it
   * is about the whole prefix, as a rollout value is.
   */
  readonly perStep: boolean;
}

/** Exact labels on more and fewer problems, rollouts, and a person who errs at times. */
export async function variantsOf(
  evidence: readonly ProblemEvidence[],
  { report, seed }: Pick<Recipe, "report" | "seed">,
): Promise<Variant[]> {
  const all = evidence.map(({ rows }) => rows);
  const byShare = report.shares.map((share): Variant => {
    const every = Math.max(1, Math.round(1 / share));
    const parts = all.filter((_, i) => i % every === 0);
    return { name: `exact, ${formatShare(share)} of the problems`, parts, perStep: true };
  });
  const rolled = evidence.filter(({ attempts }) =>
    attempts.some(({ values }) => values.some((value) => value !== null)),
  );
  const rolledOut = (name: string, labelsOf: Relabel, perStep: boolean): Variant => ({
    ...{ name, perStep },
    parts: rolled.map((of) => relabelled(of, labelsOf)),
  });
  const human = await humanLabels(evidence, { errorRate: report.labellerErrors, seed });
  return [
    ...byShare,
    rolledOut("rollouts, soft", valuesOf, false),
    rolledOut("rollouts, hard", (of) => valuesOf(of).map((v) => v && Math.ceil(v)), false),
    rolledOut(
      "exact, the same steps",
      (of) => of.labels.map((l, i) => (valuesOf(of)[i] === null ? null : l)),
      true,
    ),
    {
      name: `PRM800K, ${formatShare(report.labellerErrors)} wrong`,
      parts: evidence.map((of) => relabelled(of, (attempt) => human.get(keyOf(attempt)) ?? [])),
      perStep: true,
    },
  ].filter(({ parts }) => parts.some(({ y }) => y.length > 0));
}

/** Rollout values; the end of a finished attempt needs none, it is known. */
function valuesOf({ values, labels, steps, answer }: Labelled): (number | null)[] {
  return values.map((value, i) => {
    const isEnd = i === steps.length - 1 && answer !== null;
    const isRolledOut = values.some((other) => other !== null);
    return value ?? (isEnd && isRolledOut ? labels[i]! : null);
  });
}

/**
 * What a person would say, through files: the attempts are written in PRM800K's
 * format by a labeller who errs at the given rate, and read back. By attempt.
 */
async function humanLabels(
  evidence: readonly ProblemEvidence[],
  labeller: { errorRate: number; seed: number },
): Promise<Map<string, readonly (0 | 1)[]>> {
  // An attempt that was cut off in its first step has nothing to rate.
  const attempts = evidence
    .flatMap(({ attempts: of }) => of)
    .filter(({ labels }) => labels.length > 0);
  const lines = attempts.map((attempt, i) => ({ line: i + 1, text: JSON.stringify(attempt) }));
  const by = { labeler: "checker", timestamp: "2026-01-01T00:00:00", together: false };
  const written = labelAttempts(readRows(iterate(lines), senteiLabels), labeller, by);
  const labels = new Map<string, readonly (0 | 1)[]>();
  for await (const row of readRows(texts(written), prm800k)) {
    if ("error" in row) throw row.error;
    const attempt = attempts[row.line - 1]!;
    labels.set(keyOf(attempt), binaryLabels(row.solutions[0]!.steps, NEUTRAL));
  }
  return labels;
}

async function* iterate<T>(values: readonly T[]): AsyncGenerator<T, void, void> {
  yield* values;
}

async function* texts(rows: ReturnType<typeof convertRows>) {
  for await (const row of rows) {
    if ("error" in row) throw row.error;
    yield { line: row.line, text: row.text };
  }
}

function keyOf({ problem, steps, answer }: Labelled): string {
  return JSON.stringify([problem, steps, answer]);
}

function formatShare(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
