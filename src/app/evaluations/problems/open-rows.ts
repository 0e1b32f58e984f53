import { runOf } from "../../../protocol/evaluation-runs.ts";
import type { EvaluationRow } from "../../../protocol/evaluations.ts";
import { goTo } from "../../panels/page.ts";
import { queryClient } from "../../queries.ts";
import { showRun } from "../../recipe/open-runs.ts";
import { createRun } from "../../state/api.ts";
import { NO_COMPARISON, useCompared } from "../../state/compared.ts";
import type { Evaluated } from "../evaluated.ts";

/** What the run behind a row is made of. */
type Source = Pick<Evaluated, "state" | "problems">;

/** Grows the tree of a row again, once, and shows it; Back leads back. Rejects with an `ApiError`. */
export async function openTree(source: Source, row: EvaluationRow): Promise<void> {
  showRun(await runBehind(source, row));
}

/** Grows the trees of two rows again and shows them side by side. Rejects with an `ApiError`. */
export async function compareTrees(
  source: Source,
  rows: readonly [EvaluationRow, EvaluationRow],
): Promise<void> {
  const runs = await Promise.all(rows.map((row) => runBehind(source, row)));
  useCompared.setState({ ...NO_COMPARISON, runs });
  goTo("compare");
  void queryClient.invalidateQueries({ queryKey: ["runs"] });
}

/** The run that has the log that a row was made of. */
async function runBehind({ state, problems }: Source, row: EvaluationRow): Promise<string> {
  const { problem, arm, budget, repeat } = row;
  const { id } = await queryClient.fetchQuery({
    queryKey: ["run-of-row", state.id, problem, arm, budget, repeat],
    queryFn: ({ signal }) => createRun(runOf(state.spec, problems[problem]!, row), { signal }),
    ...{ staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY },
  });
  return id;
}
