import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Journal } from "./journal.ts";

export interface PoolOptions<Result> {
  /** Called after each job, and once at the start where a journal held some. */
  readonly onDone: (done: number) => void;
  /** Keeps every result, so that a killed pool goes on where it was; it is closed at the end. None: nothing is kept. */
  readonly journal?: Journal<Result>;
  /** All cores unless told otherwise; changes nothing but the speed. */
  readonly threads?: number;
  /** On abort all threads are ended where they are, and the pool rejects with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Does `jobs` on all cores and gives the results in their order, so that
 * nothing depends on the number of threads. `worker` is a module that answers
 * each message `{index, job}` with `{index, result}`. Rejects when a thread dies.
 */
export async function onAllCores<Job, Result>(
  worker: URL,
  shared: unknown,
  jobs: readonly Job[],
  { onDone, journal, threads = availableParallelism(), signal }: PoolOptions<Result>,
): Promise<Result[]> {
  const results = new Map<number, Result>(journal?.kept);
  const waiting = jobs.keys().filter((index) => !results.has(index));
  if (results.size > 0) onDone(results.size);

  const failure = new AbortController();
  const halt = AbortSignal.any([failure.signal, ...(signal ? [signal] : [])]);
  const runThread = async (): Promise<void> => {
    if (halt.aborted) return;
    const thread = new Worker(worker, { workerData: shared });
    const { promise, resolve } = Promise.withResolvers<void>();
    const give = () => {
      const { value: index, done } = waiting.next();
      if (done) resolve();
      else thread.postMessage({ index, job: jobs[index] });
    };
    thread.on("message", ({ index, result }: { index: number; result: Result }) => {
      // What comes after a halt is nobody's any more: the journal may be closed.
      if (halt.aborted) return;
      results.set(index, result);
      journal?.keep(index, result);
      onDone(results.size);
      give();
    });
    thread.once("error", (error) => failure.abort(error));
    halt.addEventListener("abort", () => resolve());
    give();
    await promise;
    await thread.terminate();
  };
  try {
    const left = Math.min(threads, jobs.length - results.size);
    await Promise.all(Array.from({ length: left }, runThread));
    halt.throwIfAborted();
  } finally {
    journal?.close();
  }
  return jobs.map((_, index) => results.get(index)!);
}
