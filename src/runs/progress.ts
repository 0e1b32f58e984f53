import { NO_USE } from "../protocol/budget.ts";
import type { RunEvent } from "../protocol/events.ts";
import type { RunStatus } from "../protocol/runs.ts";
import type { Progress } from "./run-store.ts";

/** Of a run whose log is empty. */
export const NO_PROGRESS: Progress = {
  status: "queued",
  nodes: 0,
  answer: null,
  correct: null,
  use: NO_USE,
  error: null,
};

const ENDED: ReadonlySet<RunStatus> = new Set(["finished", "failed", "cancelled", "interrupted"]);

/** Whether the log of a run with this status grows no more. */
export function hasEnded(status: RunStatus): boolean {
  return ENDED.has(status);
}

/** The progress after one more event of the log. */
export function advance(before: Progress, event: RunEvent): Progress {
  const progress = "use" in event ? { ...before, use: event.use } : before;
  switch (event.type) {
    case "started":
      return { ...progress, status: "running", nodes: 1 };
    case "expanded":
      return { ...progress, nodes: progress.nodes + event.kids };
    case "selected":
      return { ...progress, answer: event.answer, correct: event.correct };
    case "paused":
      return { ...progress, status: "paused" };
    case "resumed":
      return { ...progress, status: "running" };
    case "failed":
      return { ...progress, status: "failed", error: event.error };
    case "finished":
    case "cancelled":
      return { ...progress, status: event.type };
    default:
      return progress;
  }
}
