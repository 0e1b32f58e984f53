import { deriveSeed } from "../../lib/random.ts";
import type { RecipeStep } from "../../protocol/training.ts";
import { FileJournal } from "../../threads/journal.ts";
import { onAllCores } from "../../threads/pool.ts";
import { type Context, levelsIn, stageOf, weightsOf } from "../context.ts";
import { PRM } from "../prm/stage.ts";
import { samplingOf } from "../sampling.ts";
import type { Stage } from "../work/stage.ts";
import { figuresOf } from "./card.ts";
import type { Evaluated, EvaluationJob, EvaluationSetting } from "./evaluate-worker.ts";

const RESULTS = "held-out.json";
const HELD_OUT_STREAM = 77;

/** Held-out problems, levels in turn; the same for every model. */
function heldOutJobs({ seed, corpus, evaluation }: Context["recipe"]): EvaluationJob[] {
  return Object.entries(levelsIn(corpus)).flatMap(([family, levels], f) =>
    Array.from({ length: evaluation.problems }, (_, i) => ({
      family,
      level: levels[i % levels.length]!,
      seed: deriveSeed(seed, HELD_OUT_STREAM, f, i),
    })),
  );
}

interface Evaluation {
  readonly name: string;
  readonly step: RecipeStep;
  /** The PRM's body before it learnt to judge, where judging is in its weights: its own worth as a policy is told. */
  readonly body?: Stage;
  /** Tells its figures from those of other evaluations of the same step. */
  readonly label?: string;
}

/** Searches of held-out problems with a policy and a PRM, for the cards. */
export function evaluate(
  context: Context,
  policy: Stage,
  prm: Stage,
  { name, step, body, label }: Evaluation = { name: "held-out", step: "prm" },
): Promise<Stage> {
  const { recipe, module } = context;
  const { evaluation, seed, corpus } = recipe;
  const inputs = {
    ...{ evaluation, seed, corpus, policy: policy.hash, prm: prm.hash },
    ...(body && { body: body.hash }),
  };
  return stageOf(context, { name, step }, inputs, {
    result: RESULTS,
    work: async (stage, log) => {
      const jobs = heldOutJobs(recipe);
      const setting: EvaluationSetting = {
        module,
        policy: weightsOf(context, "policy", policy),
        prm: prm.read(PRM),
        body: body ? weightsOf(context, "body", body) : prm.read(PRM),
        sampling: samplingOf(evaluation.temperature),
        ...{ n: evaluation.n, m: evaluation.m },
      };
      const results = await onAllCores<EvaluationJob, Evaluated>(
        new URL("./evaluate-worker.ts", import.meta.url),
        setting,
        jobs,
        {
          journal: new FileJournal(stage.file("held-out.journal")),
          onDone: (done) => log.progress(done, jobs.length, "held-out problems"),
        },
      );
      stage.write(RESULTS, JSON.stringify(results));
      for (const [family, of] of Map.groupBy(results, (one) => one.family)) {
        const figures = figuresOf(of, evaluation.n);
        for (const [name, value] of Object.entries(figures)) {
          if (name === "n") continue;
          const x = recipe.policy.branchTokens + recipe.policy.decayTokens;
          const series = label === undefined ? family : `${family}, ${label}`;
          const where = { name, series, x, xUnit: "tokens", unit: "share" } as const;
          log.metric(where, value, of.length);
        }
      }
    },
  });
}

export function readResults(stage: Stage): Evaluated[] {
  return stage.readJson(RESULTS) as Evaluated[];
}
