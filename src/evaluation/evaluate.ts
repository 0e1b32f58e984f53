import type { EvaluationRow } from "../protocol/evaluations.ts";
import type { Journal } from "../threads/journal.ts";
import { onAllCores } from "../threads/pool.ts";
import type { AcceptedEvaluation } from "./accept-evaluation.ts";
import type { ProblemJob } from "./evaluate-problem.ts";

export interface EvaluateOptions {
  /** Module of the threads: answers a `ProblemJob` with its rows. */
  readonly worker: URL;
  /** Folder of the embedded models, and that of the user's connections. */
  readonly models: string;
  readonly data: string;
  readonly journal?: Journal<EvaluationRow[]>;
  readonly threads?: number;
  readonly signal?: AbortSignal;
  /** Called with the number of problems that are done. */
  readonly onDone: (done: number) => void;
}

/** All rows, by problem, arm, budget and repeat, however many threads there are. Rejects with the signal's reason on abort. */
export async function evaluate(
  { spec, problems }: AcceptedEvaluation,
  { worker, models, data, ...options }: EvaluateOptions,
): Promise<EvaluationRow[]> {
  const jobs = problems.map(({ text, reference }, index) => ({
    index,
    problem: { text, ...(reference !== undefined && { reference }) },
  }));
  const rows = await onAllCores<ProblemJob, EvaluationRow[]>(
    worker,
    { spec, models, data },
    jobs,
    options,
  );
  return rows.flat();
}
