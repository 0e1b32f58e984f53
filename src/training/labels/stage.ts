import { readFileSync } from "node:fs";
import { type Context, levelsIn, stageOf, weightsOf } from "../context.ts";
import { samplingOf } from "../sampling.ts";
import { onAllCores } from "../work/pool.ts";
import type { Stage } from "../work/stage.ts";
import { type LabelJob, type LabelSetting, labelJobs } from "./label-worker.ts";
import type { Labelled } from "./labels.ts";

const LABELS = "labels.jsonl";

/** Attempts of the policy at problems of the training split, labelled step by step. */
export function labels(context: Context, policy: Stage, name = "labels"): Promise<Stage> {
  const { recipe, module } = context;
  const { labels: asked, corpus, seed } = recipe;
  return stageOf(
    context,
    { name, step: "labels" },
    { labels: asked, corpus, seed, policy: policy.hash },
    {
      result: LABELS,
      work: async (stage, log) => {
        const jobs = labelJobs(levelsIn(corpus), { ...asked, seed });
        const setting: LabelSetting = {
          module,
          policy: weightsOf(context, "policy", policy),
          sampling: samplingOf(asked.temperature),
          samples: asked.samplesPerProblem,
          rollouts: asked.rollouts,
        };
        const results = await onAllCores<LabelJob, Labelled[]>(
          new URL("./label-worker.ts", import.meta.url),
          setting,
          jobs,
          {
            journal: stage.file("labels.journal"),
            onDone: (done) => log.progress(done, jobs.length, "problems attempted"),
          },
        );
        const rows = results.flat();
        stage.write(LABELS, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
      },
    },
  );
}

export function readLabels(stage: Stage): Labelled[] {
  const lines = readFileSync(stage.file(LABELS), "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as Labelled);
}
