import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import { availableParallelism } from "node:os";
import { deserialize, serialize } from "node:v8";
import { Worker } from "node:worker_threads";

export interface PoolOptions {
  /** Called after each job, and once at the start where a journal held some. */
  readonly onDone: (done: number) => void;
  /** File that keeps every result, so that a killed pool goes on where it was; none: nothing is kept. */
  readonly journal?: string;
  /** All cores unless told otherwise; changes nothing but the speed. */
  readonly threads?: number;
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
  { onDone, journal: file, threads = availableParallelism() }: PoolOptions,
): Promise<Result[]> {
  const journal = file === undefined ? null : new Journal<Result>(file);
  const results = new Map<number, Result>(journal?.kept);
  const waiting = jobs.keys().filter((index) => !results.has(index));
  if (results.size > 0) onDone(results.size);

  const runThread = async (): Promise<void> => {
    const thread = new Worker(worker, { workerData: shared });
    try {
      await new Promise<void>((resolve, reject) => {
        const give = () => {
          const { value: index, done } = waiting.next();
          if (done) return resolve();
          thread.postMessage({ index, job: jobs[index] });
        };
        thread.on("message", ({ index, result }: { index: number; result: Result }) => {
          results.set(index, result);
          journal?.keep(index, result);
          onDone(results.size);
          give();
        });
        thread.once("error", reject);
        give();
      });
    } finally {
      await thread.terminate();
    }
  };
  try {
    const left = Math.min(threads, jobs.length - results.size);
    await Promise.all(Array.from({ length: left }, runThread));
  } finally {
    journal?.close();
  }
  return jobs.map((_, index) => results.get(index)!);
}

const LENGTH_BYTES = 4;

/** Results as they came, each with its length before it; what a kill cut off at the end is dropped. */
class Journal<Result> {
  readonly kept: readonly (readonly [index: number, result: Result])[];
  readonly #file: number;

  constructor(file: string) {
    const kept: [number, Result][] = [];
    let end = 0;
    if (existsSync(file)) {
      const bytes = readFileSync(file);
      while (end + LENGTH_BYTES <= bytes.length) {
        const next = end + LENGTH_BYTES + bytes.readUInt32LE(end);
        if (next > bytes.length) break;
        kept.push(deserialize(bytes.subarray(end + LENGTH_BYTES, next)) as [number, Result]);
        end = next;
      }
      truncateSync(file, end);
    }
    this.kept = kept;
    this.#file = openSync(file, "a");
  }

  keep(index: number, result: Result): void {
    const record = serialize([index, result]);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(record.length);
    writeSync(this.#file, Buffer.concat([length, record]));
  }

  close(): void {
    closeSync(this.#file);
  }
}
