import { msg } from "../../../lib/said.ts";
import type { RunStatus } from "../../../protocol/runs.ts";
import type { Connection } from "../../state/view.ts";
import { t } from "../../words/t.ts";

/** What is known of the open run. */
export interface StatusFacts {
  readonly connection: Connection;
  /** Seq of the newest event that is here; −1 for none. */
  readonly seq: number;
  readonly ending: {
    readonly type: "finished" | "failed" | "cancelled";
    readonly why: string;
  } | null;
  /** Whether the newest event leaves the run paused at its source. */
  readonly paused: boolean;
  /** What the server said last, if it did. */
  readonly server: RunStatus | null;
  /** Why it failed, as the server tells it. */
  readonly error: string | null;
}

/** How the open run is doing: a word for the badge, and a sentence where the word is not enough. */
export interface StatusWords {
  readonly word: string;
  readonly more: string | null;
  readonly tone: "quiet" | "active" | "good" | "bad" | "warn";
}

/**
 * How a run is doing. The log has the first word: what it says is certain. A log
 * without an end is interrupted only if the server has closed it.
 */
export function runStatus(facts: StatusFacts): StatusWords {
  const { connection, ending } = facts;
  if (connection.state === "failed") {
    return { word: t("not readable"), more: connection.message, tone: "bad" };
  }
  if (ending) return endingWords(ending, facts.error);
  if (connection.state === "retrying") {
    const seconds = Math.max(1, Math.round(connection.inMs / 1000));
    return {
      word: t("connection lost"),
      more:
        facts.seq < 0
          ? t("retrying in {seconds} s", { seconds })
          : t("retrying in {seconds} s; this is everything up to event {event}", {
              ...{ seconds, event: String(facts.seq) },
            }),
      tone: "warn",
    };
  }
  if (connection.state === "ended" || facts.server === "interrupted") {
    return {
      word: t("interrupted"),
      more:
        facts.seq < 0
          ? t("The server went away; it had not begun.")
          : t("The server went away; this is everything up to event {event}.", {
              event: String(facts.seq),
            }),
      tone: "warn",
    };
  }
  if (facts.server === "queued" && facts.seq < 0) {
    return {
      word: t("waiting"),
      more: t("Other runs are at work; this one is next."),
      tone: "quiet",
    };
  }
  if (connection.state === "connecting" && facts.seq < 0) {
    return { word: t("opening"), more: null, tone: "quiet" };
  }
  if (facts.paused) return { word: t("paused at the source"), more: null, tone: "warn" };
  return { word: t("running"), more: null, tone: "active" };
}

const FINISHED: Readonly<Record<string, string>> = {
  decided: msg("It stopped early: the answer was decided."),
  budget: msg("Its budget is spent."),
  max_rounds: msg("All rounds that are allowed are over."),
  no_answer: msg("No solution reached an answer."),
};

function endingWords(
  { type, why }: NonNullable<StatusFacts["ending"]>,
  error: string | null,
): StatusWords {
  switch (type) {
    case "finished":
      return {
        word: t("finished"),
        more: why === "complete" ? null : Object.hasOwn(FINISHED, why) ? t(FINISHED[why]!) : why,
        tone: why === "complete" ? "good" : "warn",
      };
    case "failed":
      return { word: t("failed"), more: why || error, tone: "bad" };
    case "cancelled":
      return {
        word: t("cancelled"),
        more: why ? t("by {who}", { who: why }) : null,
        tone: "quiet",
      };
  }
}
