import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readGguf } from "../models/embedded/gguf.ts";
import { parameterLayout } from "../models/embedded/model-config.ts";
import { type Context, levelsIn, weightsOf } from "./context.ts";
import { costsOf, figuresOf, levelsOf } from "./evaluation/card.ts";
import { readResults } from "./evaluation/stage.ts";
import type { Labelled } from "./labels/labels.ts";
import { readNoise } from "./labels/noise-stage.ts";
import { rolloutReport } from "./labels/rollout-report.ts";
import { readLabels } from "./labels/stage.ts";
import { readReport } from "./prm/report-stage.ts";
import { PRM } from "./prm/stage.ts";
import type { Stage } from "./work/stage.ts";

/** A trained policy on its way to where the product finds it. */
export interface PolicyResult {
  readonly name: string;
  readonly about: string;
  readonly weights: Stage;
  /** Tokens of tuning, prompts included. */
  readonly tokens: number;
  /** Stages that made it, in order. */
  readonly madeBy: readonly Stage[];
  readonly heldOut: Stage;
}

export function publishPolicy(context: Context, policy: PolicyResult): void {
  const { recipe } = context;
  write(context, policy.name, weightsOf(context, policy.name, policy.weights), {
    revision: policy.weights.hash,
    role: "policy",
    about: policy.about,
    parameters: parameterLayout(recipe.model).size,
    families: Object.keys(levelsIn(recipe.corpus)),
    ...training(context, policy.tokens, policy.madeBy),
    ...measured(context, policy.heldOut),
  });
}

export interface PrmResult {
  readonly name: string;
  readonly about: string;
  readonly prm: Stage;
  readonly labels: Stage;
  /** How well it judges, and what its labels could have cost; `null` where nobody looked. */
  readonly reports: { readonly prm: Stage; readonly noise: Stage } | null;
  readonly tokens: number;
  readonly madeBy: readonly Stage[];
  readonly heldOut: Stage;
}

export function publishPrm(
  context: Context,
  { name, about, prm, labels, reports, ...result }: PrmResult,
): void {
  const { recipe } = context;
  const bytes = prm.read(PRM);
  const { metadata } = readGguf(bytes);
  const headNumbers = [...metadata]
    .filter(([key]) => key.startsWith("prm.head.") && key !== "prm.head.evidence")
    .reduce((sum, [, value]) => sum + (value as ArrayLike<number>).length, 0);
  write(context, name, bytes, {
    revision: prm.hash,
    role: "verifier",
    about,
    parameters: parameterLayout(recipe.model).size + headNumbers,
    families: Object.keys(levelsIn(recipe.corpus)),
    ...training(context, result.tokens, result.madeBy),
    ...measured(context, result.heldOut),
    labels: labelFigures(readLabels(labels)),
    ...(reports && { report: readReport(reports.prm), labelNoise: readNoise(reports.noise) }),
  });
}

function write({ out }: Context, name: string, bytes: Uint8Array<ArrayBuffer>, card: object) {
  // What is published must open.
  readGguf(bytes);
  mkdirSync(out, { recursive: true });
  writeFileSync(path.join(out, `${name}.gguf`), bytes);
  writeFileSync(path.join(out, `${name}.json`), `${JSON.stringify({ name, ...card }, null, 2)}\n`);
}

function training({ recipe }: Context, tokens: number, madeBy: readonly Stage[]) {
  return { tokens, time: timeOf(madeBy), seed: recipe.seed, recipe };
}

function measured({ recipe }: Context, heldOut: Stage) {
  const families = Map.groupBy(readResults(heldOut), ({ family }) => family);
  const byFamily = Object.fromEntries(
    [...families].map(([family, of]) => [
      family,
      { ...figuresOf(of, recipe.evaluation.n), levels: levelsOf(of), costs: costsOf(of) },
    ]),
  );
  return {
    heldOut: figuresOf(families.get("expressions") ?? [], recipe.evaluation.n),
    heldOutByFamily: byFamily,
  };
}

/** Wall time of the stages that made a model, in whole seconds, on the machine that made it. */
function timeOf(stages: readonly Stage[]): { seconds: number; stages: Record<string, number> } {
  const each = stages.map((stage): [string, number] => [stage.name, Math.round(stage.seconds())]);
  return {
    seconds: each.reduce((sum, [, seconds]) => sum + seconds, 0),
    stages: Object.fromEntries(each),
  };
}

/** Of each family: how many step labels there are, and how Monte-Carlo labels compare with them. */
function labelFigures(rows: readonly Labelled[]): Record<string, object> {
  const families = Map.groupBy(rows, ({ family }) => family);
  return Object.fromEntries(
    [...families].map(([family, of]) => {
      const labels = of.flatMap((row) => row.labels);
      const right = labels.filter((label) => label === 1).length;
      return [family, { steps: labels.length, right, rollouts: rolloutReport(of) }];
    }),
  );
}
