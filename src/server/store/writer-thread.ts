import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { StoreError } from "../../runs/run-store.ts";
import type { WriterReport, WriterRequest } from "../writer-worker.ts";
import type { Write } from "./group-commit.ts";

export interface Writer {
  /** Fulfilled when it is stored. Rejects with a `StoreError`. */
  write(write: Write): Promise<void>;
  /** Ends after everything that was asked before is stored. */
  close(): Promise<void>;
}

/** A thread that writes to the database file. Rejects with a `StoreError` if that cannot be used. */
export async function startWriter(file: string): Promise<Writer> {
  const worker = new Worker(new URL("../writer-worker.ts", import.meta.url), {
    workerData: { file },
  });
  const [opened] = (await once(worker, "message")) as [WriterReport];
  if ("opened" in opened && !opened.opened) {
    throw new StoreError(`the data in ${file} cannot be used: ${opened.why}`);
  }

  const asked = new Map<number, PromiseWithResolvers<void>>();
  let tickets = 0;
  worker.on("message", (report: WriterReport) => {
    if (!("outcomes" in report)) return;
    for (const [ticket, outcome] of report.outcomes) {
      const promise = asked.get(ticket);
      asked.delete(ticket);
      if (outcome === null) promise?.resolve();
      else promise?.reject(new StoreError(outcome));
    }
  });
  const ask = (request: WriterRequest) => worker.postMessage(request);
  return {
    write(write) {
      const promise = Promise.withResolvers<void>();
      asked.set(++tickets, promise);
      ask({ ticket: tickets, write });
      return promise.promise;
    },
    async close() {
      const gone = once(worker, "exit");
      ask("close");
      await gone;
    },
  };
}
