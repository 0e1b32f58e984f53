import { wilson } from "../../lib/interval.ts";
import { FileJournal } from "../../threads/journal.ts";
import { onAllCores } from "../../threads/pool.ts";
import { type Context, levelsIn, stageOf, weightsOf } from "../context.ts";
import { samplingOf } from "../sampling.ts";
import type { Stage } from "../work/stage.ts";
import type { StageLog } from "../work/training-log.ts";
import { type LabelJob, labelJobs } from "./label-worker.ts";
import type { NoiseSetting, RolledOut } from "./noise-worker.ts";
import {
  type Estimate,
  labelsBySearch,
  labelsOfEveryPrefix,
  type PrefixRollouts,
} from "./rollout-labels.ts";

const REPORT = "noise.json";

const METHODS: Readonly<
  Record<string, (prefixes: readonly PrefixRollouts[], k: number) => Estimate>
> = {
  "every prefix": labelsOfEveryPrefix,
  "binary search": labelsBySearch,
};

/** What labels by one method and number of rollouts get wrong, and what they cost. */
interface NoiseRow {
  readonly method: string;
  readonly rollouts: number;
  readonly family: string;
  /** Tokens for an attempt, mean. */
  readonly tokens: number;
  /** Attempts whose first error, or that there is none, is found; of `attempts`. */
  readonly found: number;
  readonly attempts: number;
  /** Right steps that are called wrong, of `right`; wrong ones that are called right, of `wrong`. */
  readonly rightCalledWrong: number;
  readonly right: number;
  readonly wrongCalledRight: number;
  readonly wrong: number;
}

/**
 * Monte-Carlo labels against the exact checker: for 1, 2, 4, ... rollouts a
 * prefix, on every prefix and by binary search, what is wrong in them and how
 * many tokens they cost.
 */
export function labelNoise(context: Context, policy: Stage): Promise<Stage> {
  const { recipe, module } = context;
  const { noise, temperature } = recipe.labels;
  const { corpus, seed } = recipe;
  const inputs = { noise, temperature, corpus, seed, policy: policy.hash };
  return stageOf(context, { name: "label-noise", step: "labels" }, inputs, {
    result: REPORT,
    work: async (stage, log) => {
      const { problems, samples, rollouts } = noise;
      const jobs = labelJobs(levelsIn(corpus), {
        problems,
        rolloutProblems: problems,
        seed: seed + 1,
      });
      const setting: NoiseSetting = {
        ...{ module, samples, rollouts },
        policy: weightsOf(context, "policy", policy),
        sampling: samplingOf(temperature),
      };
      const results = await onAllCores<LabelJob, RolledOut[]>(
        new URL("./noise-worker.ts", import.meta.url),
        setting,
        jobs,
        {
          journal: new FileJournal(stage.file("noise.journal")),
          onDone: (done) => log.progress(done, jobs.length, "problems rolled out"),
        },
      );
      const rows = noiseRows(results.flat(), rollouts);
      tell(log, rows);
      stage.write(REPORT, JSON.stringify(rows));
    },
  });
}

export function readNoise(stage: Stage): NoiseRow[] {
  return stage.readJson(REPORT) as NoiseRow[];
}

function noiseRows(rolled: readonly RolledOut[], most: number): NoiseRow[] {
  const rows: NoiseRow[] = [];
  for (const [family, of] of Map.groupBy(rolled, (one) => one.family)) {
    for (const [method, estimate] of Object.entries(METHODS)) {
      for (let k = 1; k <= most; k *= 2) {
        rows.push(
          noiseRow({ method, rollouts: k, family }, of, (one) => estimate(one.prefixes, k)),
        );
      }
    }
  }
  return rows;
}

function noiseRow(
  of: Pick<NoiseRow, "method" | "rollouts" | "family">,
  rolled: readonly RolledOut[],
  estimateOf: (one: RolledOut) => Estimate,
): NoiseRow {
  const judged = rolled.map((one) => ({ exact: one.labels, ...estimateOf(one) }));
  // What follows the first step that is called wrong is called nothing: it is taken for wrong.
  const steps = judged.flatMap(({ exact, labels }) =>
    exact.map((label, i) => ({ label, called: labels[i] ?? 0 })),
  );
  const right = steps.filter(({ label }) => label === 1);
  const wrong = steps.filter(({ label }) => label === 0);
  return {
    ...of,
    tokens: judged.reduce((sum, { tokens }) => sum + tokens, 0) / judged.length,
    found: judged.filter(({ exact, labels }) => labels.indexOf(0) === exact.indexOf(0)).length,
    attempts: judged.length,
    rightCalledWrong: right.filter(({ called }) => called === 0).length,
    right: right.length,
    wrongCalledRight: wrong.filter(({ called }) => called === 1).length,
    wrong: wrong.length,
  };
}

/** Of all families together: the share of attempts whose first error is missed, by rollouts and by cost. */
function tell(log: StageLog, rows: readonly NoiseRow[]): void {
  for (const [method, byMethod] of Map.groupBy(rows, (row) => row.method)) {
    for (const [rollouts, of] of Map.groupBy(byMethod, (row) => row.rollouts)) {
      const sum = (part: (row: NoiseRow) => number) =>
        of.reduce((total, row) => total + part(row), 0);
      const attempts = sum((row) => row.attempts);
      const missed = wilson(attempts - sum((row) => row.found), attempts);
      const tokens = sum((row) => row.tokens * row.attempts) / attempts;
      const noise = { name: "label-noise", series: method, unit: "share" };
      log.metric({ ...noise, x: rollouts, xUnit: "rollouts" }, missed, attempts);
      log.metric({ ...noise, name: "noise-by-cost", x: tokens, xUnit: "tokens" }, missed, attempts);
    }
  }
}
