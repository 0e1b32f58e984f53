import type { RunStatus } from "../../../protocol/runs.ts";
import type { Connection } from "../../state/view.ts";

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
    return { word: "not readable", more: connection.message, tone: "bad" };
  }
  if (ending) return endingWords(ending, facts.error);
  if (connection.state === "retrying") {
    const seconds = Math.max(1, Math.round(connection.inMs / 1000));
    const what = `retrying in ${seconds} s`;
    return {
      word: "connection lost",
      more: facts.seq < 0 ? what : `${what}; ${upTo(facts.seq)}`,
      tone: "warn",
    };
  }
  if (connection.state === "ended" || facts.server === "interrupted") {
    return {
      word: "interrupted",
      more: `The server went away; ${upTo(facts.seq)}.`,
      tone: "warn",
    };
  }
  if (facts.server === "queued" && facts.seq < 0) {
    return { word: "waiting", more: "Other runs are at work; this one is next.", tone: "quiet" };
  }
  if (connection.state === "connecting" && facts.seq < 0) {
    return { word: "opening", more: null, tone: "quiet" };
  }
  if (facts.paused) return { word: "paused at the source", more: null, tone: "warn" };
  return { word: "running", more: null, tone: "active" };
}

function upTo(seq: number): string {
  return seq < 0 ? "it had not begun" : `this is everything up to event ${seq}`;
}

const FINISHED: Readonly<Record<string, string | null>> = {
  complete: null,
  decided: "It stopped early: the answer was decided.",
  budget: "Its budget is spent.",
  max_rounds: "All rounds that are allowed are over.",
  no_answer: "No solution reached an answer.",
};

function endingWords(
  { type, why }: NonNullable<StatusFacts["ending"]>,
  error: string | null,
): StatusWords {
  switch (type) {
    case "finished":
      return {
        word: "finished",
        more: FINISHED[why] === undefined ? why : FINISHED[why],
        tone: why === "complete" ? "good" : "warn",
      };
    case "failed":
      return { word: "failed", more: why || error, tone: "bad" };
    case "cancelled":
      return { word: "cancelled", more: why ? `by ${why}` : null, tone: "quiet" };
  }
}
