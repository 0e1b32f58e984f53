import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/**
 * Does `jobs` on all cores and gives the results in their order, so that
 * nothing depends on the number of threads. `worker` is a module that answers
 * each message `{index, job}` with `{index, result}`. Rejects when a thread dies.
 */
export async function onAllCores<Job, Result>(
  worker: URL,
  shared: unknown,
  jobs: readonly Job[],
  onDone: (done: number) => void,
): Promise<Result[]> {
  const results = new Array<Result>(jobs.length);
  let next = 0;
  let done = 0;

  const runThread = async (): Promise<void> => {
    const thread = new Worker(worker, { workerData: shared });
    try {
      await new Promise<void>((resolve, reject) => {
        const give = () => {
          if (next >= jobs.length) return resolve();
          const index = next++;
          thread.postMessage({ index, job: jobs[index] });
        };
        thread.on("message", ({ index, result }: { index: number; result: Result }) => {
          results[index] = result;
          onDone(++done);
          give();
        });
        thread.once("error", reject);
        give();
      });
    } finally {
      await thread.terminate();
    }
  };
  const threads = Math.min(availableParallelism(), jobs.length);
  await Promise.all(Array.from({ length: threads }, runThread));
  return results;
}
