import type { EvaluationState, EvaluationStatus } from "../../../protocol/evaluations.ts";
import { formatDuration } from "../../format.ts";
import type { Outcome } from "../../panels/runs/run-words.ts";
import { t } from "../../words/t.ts";

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
  const part = { done: rows, all: allRows };
  switch (status) {
    case "queued":
      return t("Waits for another evaluation to end.");
    case "running":
      return left === null
        ? t("{done} of {all} runs, {time} so far", { ...part, time: took })
        : t("{done} of {all} runs, about {time} left", {
            ...{ ...part, time: formatDuration(left * 1000) },
          });
    case "finished":
      return t("{count} runs in {time}", { count: allRows, time: took });
    case "cancelled":
      return t("Cancelled after {done} of {all} runs.", part);
    case "interrupted":
      return t("Interrupted after {done} of {all} runs: the server went away.", part);
    case "failed":
      return t("Failed after {done} of {all} runs: {why}", {
        ...{ ...part, why: error ?? t("nobody knows why") },
      });
  }
}
