import { parentPort, workerData } from "node:worker_threads";
import { createRandom, deriveSeed } from "../../lib/random.ts";
import { Engine } from "../../models/embedded/engine.ts";
import { readGguf } from "../../models/embedded/gguf.ts";
import { familyOf } from "../../problems/families.ts";
import type { Family, Split } from "../../problems/family.ts";
import type { Policy, Sampling, Steps } from "../../search/ports.ts";
import { openPolicy } from "../open-policy.ts";
import { attempt, finish } from "./attempt.ts";
import { type Labelled, labelAttempt } from "./labels.ts";

export interface LabelSetting {
  readonly module: WebAssembly.Module;
  readonly policy: Uint8Array<ArrayBuffer>;
  readonly sampling: Sampling;
  readonly samples: number;
  readonly rollouts: number;
}

/** One problem to attempt; `rollouts`: whether its prefixes get Monte-Carlo values. */
export interface LabelJob {
  readonly family: string;
  readonly level: number;
  readonly seed: number;
  readonly rollouts: boolean;
  readonly split: Split;
}

/** Share of rollouts from each prefix that end right; every distinct prefix is rolled out once. */
async function values<P>(
  { family, problem, policy }: { family: Family<P>; problem: P; policy: Policy },
  prefixes: readonly Steps[],
  { rollouts, sampling, seed }: { rollouts: number; sampling: Sampling; seed: number },
): Promise<Map<string, number>> {
  const distinct = [...new Map(prefixes.map((steps) => [steps.join("\n"), steps])).values()];
  const starts = distinct.flatMap((steps) => Array.from({ length: rollouts }, () => steps));
  const ends = await finish(policy, starts, { sampling, seed });
  return new Map(
    distinct.map((steps, i) => {
      // By the answer alone, as those do who have no checker: errors that cancel out count as right.
      const right = ends
        .slice(i * rollouts, (i + 1) * rollouts)
        .filter(
          (end) => end.answer !== null && family.grade(problem, end.steps, end.answer).correct,
        );
      return [steps.join("\n"), right.length / rollouts];
    }),
  );
}

async function label(
  { sampling, samples, rollouts }: LabelSetting,
  open: (problem: string) => Policy,
  job: LabelJob,
): Promise<Labelled[]> {
  const family = familyOf(job.family);
  const problem = family.generate({ level: job.level, seed: job.seed, split: job.split });
  const text = family.render(problem);
  const policy = open(text);
  try {
    const attempts = await attempt(policy, samples, { sampling, seed: job.seed });
    const labelled = attempts.map((one) => ({
      ...one,
      labels: labelAttempt(family, problem, one),
    }));
    // The last prefix of a finished attempt needs no rollout: it has ended.
    const open = labelled.flatMap(({ steps, labels }) =>
      labels.flatMap((_, i) => (i < steps.length - 1 ? [steps.slice(0, i + 1)] : [])),
    );
    const seed = deriveSeed(job.seed, 1);
    const value = job.rollouts
      ? await values({ family, problem, policy }, open, { rollouts, sampling, seed })
      : new Map<string, number>();
    return labelled.map(({ steps, answer, labels }) => ({
      ...{ family: family.name, level: job.level, problem: text, steps, answer, labels },
      values: labels.map((_, i) => value.get(steps.slice(0, i + 1).join("\n")) ?? null),
    }));
  } finally {
    policy.dispose();
  }
}

const port = parentPort;
if (port) {
  const setting = workerData as LabelSetting;
  const { config, parameters } = readGguf(setting.policy);
  const engine = new Engine(setting.module, { config, parameters });
  const open = (problem: string) => openPolicy(engine, problem);
  port.on("message", ({ index, job }: { index: number; job: LabelJob }) => {
    void label(setting, open, job).then((result) => port.postMessage({ index, result }));
  });
}

/** Problems of one split, the recipe's levels in turn. */
export function labelJobs(
  levels: Readonly<Record<string, readonly number[]>>,
  {
    problems,
    rolloutProblems,
    seed,
    split = "train",
  }: { problems: number; rolloutProblems: number; seed: number; split?: Split },
): LabelJob[] {
  return Object.entries(levels).flatMap(([family, of], f) => {
    const random = createRandom(deriveSeed(seed, 31, f));
    return Array.from({ length: problems }, (_, i) => ({
      family,
      level: of[i % of.length]!,
      seed: Math.floor(random() * 2 ** 32),
      rollouts: i < rolloutProblems,
      split,
    }));
  });
}
