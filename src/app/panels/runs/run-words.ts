import type { RunStatus, RunSummary } from "../../../protocol/runs.ts";

/** How a run is doing, in a word and a mark. */
export interface Outcome {
  readonly word: string;
  readonly mark: "right" | "wrong" | "answered" | "active" | "waiting" | "broken" | "stopped";
}

/** What became of a run. A run without an answer is not a wrong one. */
export function outcomeOf({ status, answer, correct }: RunSummary): Outcome {
  if (status !== "finished") return OUTCOMES[status];
  if (answer === null) return { word: "no answer", mark: "stopped" };
  const short = answer.length > 40 ? `${answer.slice(0, 40)}…` : answer;
  if (correct === null) return { word: `answer ${short}`, mark: "answered" };
  return { word: `${short}, ${correct ? "right" : "wrong"}`, mark: correct ? "right" : "wrong" };
}

const OUTCOMES: Record<Exclude<RunStatus, "finished">, Outcome> = {
  queued: { word: "waiting for its turn", mark: "waiting" },
  running: { word: "running", mark: "active" },
  paused: { word: "paused", mark: "waiting" },
  failed: { word: "failed", mark: "broken" },
  cancelled: { word: "cancelled", mark: "stopped" },
  interrupted: { word: "interrupted", mark: "broken" },
};

const AGE = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** How long ago a moment was, both in ms since the epoch. */
export function formatAge(then: number, now: number): string {
  const seconds = Math.max(0, (now - then) / 1000);
  const unit = UNITS.find(([, size]) => seconds >= size);
  return unit ? AGE.format(-Math.floor(seconds / unit[1]), unit[0]) : "now";
}

/** Whether the server still works on a run, or will. */
export function isActive(status: RunStatus): boolean {
  return status === "queued" || status === "running" || status === "paused";
}
