import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { evaluateProblem } from "../src/evaluation/evaluate-problem.ts";
import { problemsOf } from "../src/evaluation/problem-set.ts";
import { sharedHost } from "../src/evaluation/shared-host.ts";
import { FAMILIES } from "../src/problems/families.ts";
import { EvaluationSpec } from "../src/protocol/evaluations.ts";
import { memorySets } from "../src/runs/set-store.ts";
import { openModels } from "../src/server/model-host.ts";

const MODELS = path.join(import.meta.dirname, "../public/models");
const RESULTS = path.join(import.meta.dirname, "results/evaluation.json");

/** The evaluation whose time is promised: problems, cores, and minutes at most. */
const PROMISED = { problems: 500, cores: 2, minutes: 30 } as const;

const SPEC = EvaluationSpec.parse({
  name: "Six strategies at five budgets",
  problems: {
    kind: "generated",
    families: FAMILIES.map(({ name }) => ({ family: name, count: 10 })),
  },
  arms: (["majority", "bestOfN", "beam", "dvts", "rebase", "mcts"] as const).map((name) => ({
    strategy: { name },
  })),
  budgets: [4, 8, 16, 32, 64].map((solutions) => ({ solutions })),
});

/**
 * How long 500 problems × 6 strategies × 5 budgets take on two free cores, by what one
 * thread takes for 40 problems of all families. Writes `bench/results/evaluation.json`.
 */
export async function run(_args: string[]): Promise<void> {
  const problems = await problemsOf(SPEC.problems, { sets: memorySets(), breathe: async () => {} });
  const host = await sharedHost(
    (openDecoder) => openModels(MODELS, { openDecoder }),
    () => performance.now(),
  );
  const began = process.cpuUsage();
  let runs = 0;
  let computed = 0;
  let spent = 0;
  for (const [index, problem] of problems.entries()) {
    for (const row of await evaluateProblem(SPEC, { index, problem }, host)) {
      runs++;
      computed += row.computed;
      spent += row.use.policyTokens + row.use.promptTokens + row.use.prmTokens;
    }
  }
  const { user, system } = process.cpuUsage(began);
  const cpuSeconds = (user + system) / 1e6;
  const perProblem = cpuSeconds / problems.length;
  const minutes = (perProblem * PROMISED.problems) / PROMISED.cores / 60;
  const result = {
    about: {
      figures:
        "cpuSeconds: of one process, all threads of the engine; computedShare: tokens that were computed, over those " +
        "that the runs account for; minutes: for 500 problems on two cores that nobody else uses.",
      machine: `${cpus()[0]?.model ?? "unknown"}, ${process.platform}`,
      date: new Date().toISOString(),
      node: process.version,
    },
    ...{ problems: problems.length, runs, cpuSeconds, computedShare: computed / spent },
    ...{ minutes, most: PROMISED.minutes, kept: minutes <= PROMISED.minutes },
  };
  console.log(result);
  writeFileSync(RESULTS, `${JSON.stringify(result, null, 2)}\n`);
}
