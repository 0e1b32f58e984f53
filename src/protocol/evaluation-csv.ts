import { type Cell, csvLine } from "../lib/csv.ts";
import { modelsOf, runOf, titleOfArm } from "./evaluation-runs.ts";
import type { EvaluationRow, EvaluationSpec } from "./evaluations.ts";
import type { Problem } from "./events.ts";
import type { RunSpec } from "./runs.ts";

/** A row with all that its indices stand for. */
interface Line {
  readonly row: EvaluationRow;
  readonly spec: EvaluationSpec;
  readonly problem: Problem;
  readonly run: RunSpec;
}

const COLUMNS: Readonly<Record<string, (line: Line) => Cell>> = {
  problem: ({ row }) => row.problem,
  family: ({ problem }) => problem.family,
  level: ({ problem }) => problem.level,
  text: ({ problem }) => problem.text,
  reference: ({ problem }) => problem.reference,
  arm: ({ row, spec }) => titleOfArm(spec.arms[row.arm]!),
  strategy: ({ run }) => JSON.stringify(run.strategy),
  policy: ({ row, spec }) => modelsOf(spec, spec.arms[row.arm]!).policy,
  verifier: ({ row, spec }) => modelsOf(spec, spec.arms[row.arm]!).verifier,
  budget: ({ row, spec }) => JSON.stringify(spec.budgets[row.budget]),
  seed: ({ row, spec }) => spec.seeds[row.repeat],
  run_seed: ({ run }) => run.seed,
  status: ({ row }) => row.status,
  why: ({ row }) => row.why,
  error: ({ row }) => row.error,
  answer: ({ row }) => row.answer,
  correct: ({ row }) => row.correct,
  nodes: ({ row }) => row.nodes,
  solutions: ({ row }) => row.solutions,
  policy_tokens: ({ row }) => row.use.policyTokens,
  prompt_tokens: ({ row }) => row.use.promptTokens,
  policy_calls: ({ row }) => row.use.policyCalls,
  prm_tokens: ({ row }) => row.use.prmTokens,
  prm_calls: ({ row }) => row.use.prmCalls,
  flops: ({ row }) => row.use.flops,
  ms: ({ row }) => row.use.ms,
  computed: ({ row }) => row.computed,
  finished: ({ row }) => row.finished,
  right: ({ row }) => row.right,
  answers: ({ row }) => row.answers,
  agreement: ({ row }) => row.agreement,
  score: ({ row }) => row.score,
  mean_score: ({ row }) => row.meanScore,
  best_right: ({ row }) => row.bestRight,
  best_wrong: ({ row }) => row.bestWrong,
  first_right: ({ row }) => row.revisions?.firstRight,
  spoiled: ({ row }) => row.revisions?.spoiled,
  first_wrong: ({ row }) => row.revisions?.firstWrong,
  mended: ({ row }) => row.revisions?.mended,
  after_right: ({ row }) => row.revisions?.afterRight,
  turned_wrong: ({ row }) => row.revisions?.turnedWrong,
};

/** The rows of an evaluation, a line each after that of the names, with what is needed to run each of them again. */
export function* csvLines(
  spec: EvaluationSpec,
  problems: readonly Problem[],
  rows: Iterable<EvaluationRow>,
): Generator<string, void, void> {
  const columns = Object.entries(COLUMNS);
  yield csvLine(columns.map(([name]) => name));
  for (const row of rows) {
    const problem = problems[row.problem]!;
    const line = { row, spec, problem, run: runOf(spec, problem, row) };
    yield csvLine(columns.map(([, cellOf]) => cellOf(line)));
  }
}
