import type { RunList, RunQuery, RunSummary } from "../protocol/runs.ts";
import { NO_PROGRESS } from "./progress.ts";
import {
  type LogLine,
  type NewRun,
  type Progress,
  type ReadLimits,
  StoreError,
} from "./run-store.ts";

/** A run as a store without a database of its own has it; its log is elsewhere. */
export interface StoredRun extends NewRun {
  readonly progress: Progress;
  /** −1 before the first event. */
  readonly lastSeq: number;
}

/** A run that was just made. */
export function newStoredRun(run: NewRun): StoredRun {
  return { ...run, progress: NO_PROGRESS, lastSeq: -1 };
}

/** The run after these lines. Throws a `StoreError` unless the first is the next of its log. */
export function appended(
  run: StoredRun | undefined,
  { id, lines, progress }: { id: string; lines: readonly LogLine[]; progress: Progress },
): StoredRun {
  if (run === undefined) throw new StoreError(`there is no run ${id}`);
  const first = lines[0]?.seq;
  if (first !== run.lastSeq + 1) {
    throw new StoreError(`the log of run ${id} goes on with seq ${run.lastSeq + 1}, not ${first}`);
  }
  return { ...run, progress, lastSeq: lines.at(-1)!.seq };
}

/** The run after the place that searched for it went away, if that ends it. */
export function interrupted(run: StoredRun): StoredRun {
  const isOpen = ["queued", "running", "paused"].includes(run.progress.status);
  return isOpen ? { ...run, progress: { ...run.progress, status: "interrupted" } } : run;
}

export function summaryOf({ spec, progress, ...run }: StoredRun): RunSummary {
  return { ...run, ...progress, strategy: spec.strategy, seed: spec.seed };
}

/** A page of these runs, newest first; ids sort by time. */
export function pageOf(
  runs: Iterable<StoredRun>,
  { status, strategy, family, text, before, limit }: RunQuery,
): RunList {
  const part = text?.toLowerCase();
  const matching = [...runs]
    .filter(
      ({ progress, spec, problem }) =>
        (status === undefined || progress.status === status) &&
        (strategy === undefined || spec.strategy.name === strategy) &&
        (family === undefined || problem.family === family) &&
        (part === undefined || problem.text.toLowerCase().includes(part)),
    )
    .sort((a, b) => (a.id < b.id ? 1 : -1));
  const rest = before === undefined ? matching : matching.filter(({ id }) => id < before);
  const page = rest.slice(0, limit);
  const next = rest.length > limit ? (page.at(-1)?.id ?? null) : null;
  return { runs: page.map(summaryOf), total: matching.length, next };
}

/** Lines in order, as many as fit into the limits, and at least one if there is one. */
export function within(
  lines: readonly LogLine[],
  { lines: most, characters }: ReadLimits,
): LogLine[] {
  let length = 0;
  const end = lines.findIndex(({ data }, i) => {
    const isFull = i === most || length >= characters;
    length += data.length;
    return isFull;
  });
  return end < 0 ? [...lines] : lines.slice(0, end);
}
