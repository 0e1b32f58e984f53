import { msg } from "../../../lib/said.ts";
import type { RunStatus, RunSummary } from "../../../protocol/runs.ts";
import { inARow } from "../../words/node-words.ts";
import { locale, t } from "../../words/t.ts";

/** How a run is doing, in a word and a mark. */
export interface Outcome {
  readonly word: string;
  readonly mark: "right" | "wrong" | "answered" | "active" | "waiting" | "broken" | "stopped";
}

/** What became of a run. A run without an answer is not a wrong one. */
export function outcomeOf({ status, answer, correct }: RunSummary): Outcome {
  if (status !== "finished") return { ...OUTCOMES[status], word: t(OUTCOMES[status].word) };
  if (answer === null) return { word: t("no answer"), mark: "stopped" };
  const short = answer.length > 40 ? `${answer.slice(0, 40)}…` : answer;
  if (correct === null) return { word: t("answer {answer}", { answer: short }), mark: "answered" };
  const word = inARow([short, t(correct ? "right" : "wrong")]);
  return { word, mark: correct ? "right" : "wrong" };
}

const OUTCOMES: Record<Exclude<RunStatus, "finished">, Outcome> = {
  queued: { word: msg("waiting for its turn"), mark: "waiting" },
  running: { word: msg("running"), mark: "active" },
  paused: { word: msg("paused"), mark: "waiting" },
  failed: { word: msg("failed"), mark: "broken" },
  cancelled: { word: msg("cancelled"), mark: "stopped" },
  interrupted: { word: msg("interrupted"), mark: "broken" },
};

let ages = { of: "", format: new Intl.RelativeTimeFormat() };

/** Of the language that is shown; kept, for lists have many. */
function agesIn(language: string): Intl.RelativeTimeFormat {
  if (ages.of !== language) {
    const format = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
    ages = { of: language, format };
  }
  return ages.format;
}

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** How long ago a moment was, both in ms since the epoch. */
export function formatAge(then: number, now: number): string {
  const seconds = Math.max(0, (now - then) / 1000);
  const unit = UNITS.find(([, size]) => seconds >= size);
  return unit ? agesIn(locale()).format(-Math.floor(seconds / unit[1]), unit[0]) : t("now");
}

/** Whether the server still works on a run, or will. */
export function isActive(status: RunStatus): boolean {
  return status === "queued" || status === "running" || status === "paused";
}
