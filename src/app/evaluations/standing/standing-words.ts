import type { EvaluationState, EvaluationStatus } from "../../../protocol/evaluations.ts";
import { formatCount, formatDuration } from "../../format.ts";
import type { Outcome } from "../../panels/runs/run-words.ts";

export const MARKS: Readonly<Record<EvaluationStatus, Outcome["mark"]>> = {
  queued: "waiting",
  running: "active",
  finished: "answered",
  failed: "broken",
  cancelled: "stopped",
  interrupted: "broken",
};

/** How an evaluation stands, in a sentence. */
export function standingWords(state: EvaluationState): string {
  const { status, rows, allRows, seconds, left, error } = state;
  const took = formatDuration(seconds * 1000);
  const part = `${formatCount(rows)} of ${formatCount(allRows)} runs`;
  switch (status) {
    case "queued":
      return "Waits for another evaluation to end.";
    case "running":
      return left === null
        ? `${part}, ${took} so far`
        : `${part}, about ${formatDuration(left * 1000)} left`;
    case "finished":
      return `${formatCount(allRows)} runs in ${took}`;
    case "cancelled":
      return `Cancelled after ${part}.`;
    case "interrupted":
      return `Interrupted after ${part}: the server went away.`;
    case "failed":
      return `Failed after ${part}: ${error ?? "nobody knows why"}`;
  }
}
