import { FileJournal } from "../../threads/journal.ts";
import { onAllCores } from "../../threads/pool.ts";
import type { Labelled } from "../labels/labels.ts";

/** All attempts at one problem, and what a worker made of them. */
export interface OfProblem<Result> {
  readonly attempts: readonly Labelled[];
  readonly result: Result;
}

export interface Reading {
  /** Keeps what was made, so that a killed pool goes on where it was. */
  readonly journal: string;
  /** In problems. */
  readonly onProgress: (done: number, total: number) => void;
}

/** Gives the attempts at each problem to `worker`, on all cores; problems in the order of their first attempts. */
export async function eachProblem<Result>(
  worker: URL,
  setting: unknown,
  labelled: readonly Labelled[],
  { journal, onProgress }: Reading,
): Promise<OfProblem<Result>[]> {
  const jobs = [...Map.groupBy(labelled, ({ problem }) => problem).values()];
  const results = await onAllCores<readonly Labelled[], Result>(worker, setting, jobs, {
    journal: new FileJournal(journal),
    onDone: (done) => onProgress(done, jobs.length),
  });
  return jobs.map((attempts, i) => ({ attempts, result: results[i]! }));
}
