import type { Use } from "../protocol/budget.ts";
import type { ModelStamp, Problem, RunEvent } from "../protocol/events.ts";
import type { RunList, RunQuery, RunSpec, RunStatus, RunSummary } from "../protocol/runs.ts";

/** One event as it is stored and sent: the JSON text of one line of the log. */
export interface LogLine {
  readonly seq: number;
  readonly type: string;
  /** ms since the run began. */
  readonly t: number;
  readonly data: string;
}

export function lineOf(event: RunEvent): LogLine {
  const { seq, type, t } = event;
  return { seq, type, t, data: JSON.stringify(event) };
}

/** What lists show of a run's log so far; committed together with the events that it follows from. */
export interface Progress {
  readonly status: RunStatus;
  readonly nodes: number;
  readonly answer: string | null;
  readonly correct: boolean | null;
  readonly use: Use;
  readonly error: string | null;
}

export interface NewRun {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly spec: RunSpec;
  readonly problem: Problem;
  readonly policy: ModelStamp;
  readonly verifier: ModelStamp | null;
}

/**
 * The logs of all runs and the list of them. A promise of a write is fulfilled
 * when what was written survives a crash of process and machine, and not
 * before; reads see committed writes only. Implementations pass the suite in
 * `run-store.test.ts`.
 */
export interface RunStore {
  /** Adds a run with an empty log, status `queued`. Rejects with a `StoreError` if the id exists. */
  create(run: NewRun): Promise<void>;
  /**
   * Appends lines to a log and sets the run's progress, both or neither. Rejects
   * with a `StoreError` unless the first line has the seq after the last one in
   * the store. Appends of one run are stored in the order of the calls.
   */
  append(run: string, lines: readonly LogLine[], progress: Progress): Promise<void>;
  /** Lines with a seq above `after`, in order: as many as fit into the limits, and at least one if there is one. */
  readAfter(run: string, after: number, limits: ReadLimits): Promise<LogLine[]>;
  get(run: string): Promise<RunSummary | null>;
  /** Newest first. */
  list(query: RunQuery): Promise<RunList>;
  /** Marks the runs that a former process left queued, running or paused. */
  interruptOpenRuns(): Promise<void>;
  /** Ends after everything that was asked before is stored. */
  close(): Promise<void>;
}

export interface ReadLimits {
  readonly lines: number;
  /** Stop after the line that reaches this many characters of data. */
  readonly characters: number;
}

/** The store could not do what was asked: the disk is full, or the log would get a gap. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}
