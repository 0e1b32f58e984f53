import { runOf } from "../protocol/evaluation-runs.ts";
import type { EvaluationRow, EvaluationSpec, RowPlace } from "../protocol/evaluations.ts";
import type { Problem } from "../protocol/events.ts";
import type { RunSpec } from "../protocol/runs.ts";
import { searchFacts } from "../runs/search-facts.ts";
import { ModelError } from "../search/ports.ts";
import type { SharedHost } from "./shared-host.ts";
import { Tally } from "./tally.ts";

/** One problem: everything that is run of it. */
export interface ProblemJob {
  readonly index: number;
  readonly problem: Pick<Problem, "text" | "reference">;
}

const never = new AbortController().signal;

/**
 * All rows of one problem, by arm, budget and repeat. The largest budgets are run
 * first, for what the others say is mostly a part of it. The rows depend on the
 * spec, the problem and the models alone, `use.ms` apart.
 */
export async function evaluateProblem(
  spec: EvaluationSpec,
  { index, problem }: ProblemJob,
  host: SharedHost,
): Promise<EvaluationRow[]> {
  const rows: EvaluationRow[] = [];
  for (const place of placesOf(spec, index)) {
    rows.push(await evaluateRun(runOf(spec, problem, place), place, host));
  }
  host.forget();
  return rows.toSorted((a, b) => a.arm - b.arm || a.budget - b.budget || a.repeat - b.repeat);
}

function placesOf({ arms, budgets, seeds }: EvaluationSpec, problem: number): RowPlace[] {
  const bySize = [...budgets.entries()].toSorted(([, a], [, b]) => sizeOf(b) - sizeOf(a));
  return seeds.flatMap((_, repeat) =>
    bySize.flatMap(([budget]) => arms.map((_, arm) => ({ problem, arm, budget, repeat }))),
  );
}

function sizeOf(budget: EvaluationSpec["budgets"][number]): number {
  return budget.solutions ?? Number.POSITIVE_INFINITY;
}

async function evaluateRun(
  run: RunSpec,
  place: RowPlace,
  host: SharedHost,
): Promise<EvaluationRow> {
  const tally = new Tally();
  const before = host.computed;
  const elapsedMs = host.timer();
  let error: string | null = null;
  try {
    const facts = searchFacts(run, { host, signal: never, producer: "evaluation", elapsedMs });
    for await (const fact of facts) tally.add(fact);
  } catch (thrown) {
    // A model that cannot answer is a result; anything else is a fault of the program.
    if (!(thrown instanceof ModelError)) throw thrown;
    error = thrown.message;
  }
  return tally.row(place, host.computed - before, error);
}
