import { readFileSync } from "node:fs";
import type { Split } from "../../problems/family.ts";
import type { RecipeStep } from "../../protocol/training.ts";
import { FileJournal } from "../../threads/journal.ts";
import { onAllCores } from "../../threads/pool.ts";
import { type Context, levelsIn, stageOf, weightsOf } from "../context.ts";
import { samplingOf } from "../sampling.ts";
import type { Stage } from "../work/stage.ts";
import { type LabelJob, type LabelSetting, labelJobs } from "./label-worker.ts";
import type { Labelled } from "./labels.ts";

const LABELS = "labels.jsonl";

interface Attempted {
  readonly name: string;
  readonly step: RecipeStep;
  readonly split: Split;
  /** Of each family. */
  readonly problems: number;
  readonly rolloutProblems: number;
  readonly samples: number;
  readonly seed: number;
}

/** Attempts of the policy at problems of the training split, labelled step by step. */
export function labels(context: Context, policy: Stage, name = "labels"): Promise<Stage> {
  const { problems, rolloutProblems, samplesPerProblem: samples } = context.recipe.labels;
  const { seed } = context.recipe;
  const of = { name, step: "labels", split: "train" } as const;
  return attempted(context, policy, { ...of, problems, rolloutProblems, samples, seed });
}

/** The same at problems that no model was trained on, to judge PRMs by. */
export function heldOutLabels(context: Context, policy: Stage, name: string): Promise<Stage> {
  const { problems, samples } = context.recipe.report;
  const seed = context.recipe.seed + 2;
  const of = { name, step: "prm", split: "held-out", rolloutProblems: 0 } as const;
  return attempted(context, policy, { ...of, problems, samples, seed });
}

/** One attempt each at many problems of the training split, labelled exactly. */
export function manyLabels(context: Context, policy: Stage, problems: number): Promise<Stage> {
  const seed = context.recipe.seed + 3;
  const of = { name: "many-labels", step: "prm", split: "train", rolloutProblems: 0 } as const;
  return attempted(context, policy, { ...of, problems, samples: 1, seed });
}

/** Several attempts each at problems of the training split, for the policy to learn from its mistakes. */
export function revisionAttempts(
  context: Context,
  policy: Stage,
  { problems, samples }: { readonly problems: number; readonly samples: number },
): Promise<Stage> {
  const seed = context.recipe.seed + 4;
  const of = { name: "revision-attempts", step: "policy", split: "train" } as const;
  return attempted(context, policy, { ...of, rolloutProblems: 0, problems, samples, seed });
}

function attempted(context: Context, policy: Stage, asked: Attempted): Promise<Stage> {
  const { recipe, module } = context;
  const { corpus } = recipe;
  const { temperature, rollouts } = recipe.labels;
  const { name, step, ...of } = asked;
  const inputs = { ...of, temperature, rollouts, corpus, policy: policy.hash };
  return stageOf(context, { name, step }, inputs, {
    result: LABELS,
    work: async (stage, log) => {
      const jobs = labelJobs(levelsIn(corpus), of);
      const setting: LabelSetting = {
        ...{ module, samples: of.samples, rollouts },
        policy: weightsOf(context, "policy", policy),
        sampling: samplingOf(temperature),
      };
      const results = await onAllCores<LabelJob, Labelled[]>(
        new URL("./label-worker.ts", import.meta.url),
        setting,
        jobs,
        {
          journal: new FileJournal(stage.file("labels.journal")),
          onDone: (done) => log.progress(done, jobs.length, "problems attempted"),
        },
      );
      const rows = results.flat();
      stage.write(LABELS, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    },
  });
}

export function readLabels(stage: Stage): Labelled[] {
  const lines = readFileSync(stage.file(LABELS), "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as Labelled);
}
