import workerUrl from "../../browser/browser-worker.ts?worker&url";
import type { Answer, Method, PageMessage, WorkerMessage } from "../../browser/messages.ts";
import { parseBatch } from "../../protocol/wire.ts";
import { openWorker } from "../open-worker.ts";
import { problem } from "./answer-error.ts";
import {
  ApiError,
  type Backend,
  type LogPiece,
  type LogStart,
  type RequestOptions,
} from "./backend.ts";

/** A worker of this browser, which searches and keeps runs itself. Needs no server but one that serves files. */
export function localBackend(): Backend {
  const worker = new WorkerClient();
  return {
    lacks: new Set(["evaluations", "models"]),
    searches: true,
    models: (options) => worker.call("models", [], options),
    problems: (query, options) => worker.call("problems", [query], options),
    startRun: (spec, options) => worker.call("startRun", [spec], options),
    resumeRun: null,
    runs: (query, options) => worker.call("runs", [query], options),
    run: (id, options) => worker.call("run", [id], options),
    command: (id, command, options) => worker.call("command", [id, command], options),
    keepTrace: (trace, options) => worker.call("keepTrace", [trace], options),
    openLog: (id, start) => worker.follow(id, start),
    logFile: (id, options) => worker.call("logFile", [id], options),
    openConnections: null,
    openEvaluations: null,
    sets: {
      upload: (file, query, options) => worker.call("uploadSet", [file, query], options),
      list: async (options) => (await worker.call("problemSets", [], options)).sets,
      page: (id, query, options) => worker.call("problemSet", [id, query], options),
      remove: (id, options) => worker.call("removeProblemSet", [id], options),
    },
    training: null,
  };
}

type Waiting = PromiseWithResolvers<unknown>;

/** Asks the worker, which is started with the first question and again after a crash. */
class WorkerClient {
  #worker: Worker | null = null;
  #lastId = 0;
  /** Who waits for an answer or for a piece, by id. */
  readonly #waiting = new Map<number, Waiting>();

  /** Rejects with an `ApiError`, or with the reason of the signal. */
  async call<M extends Method>(
    method: M,
    args: readonly unknown[],
    { signal }: RequestOptions = {},
  ): Promise<Answer<M>> {
    const id = ++this.#lastId;
    // The worker's half is made of the same types.
    return (await this.#ask({ kind: "call", id, method, args }, signal)) as Answer<M>;
  }

  async follow(run: string, { after, signal }: LogStart): Promise<AsyncIterable<LogPiece>> {
    const id = ++this.#lastId;
    await this.#ask({ kind: "follow", id, run, after }, signal);
    return this.#pieces(id, signal);
  }

  async *#pieces(id: number, signal: AbortSignal): AsyncGenerator<LogPiece, void, void> {
    try {
      for (;;) {
        const data = await this.#ask({ kind: "more", id }, signal);
        yield data === null ? "end" : parseBatch(String(data));
        if (data === null) return;
      }
    } finally {
      this.#worker?.postMessage({ kind: "leave", id } satisfies PageMessage);
    }
  }

  async #ask(
    message: Exclude<PageMessage, { kind: "open" }>,
    signal?: AbortSignal,
  ): Promise<unknown> {
    signal?.throwIfAborted();
    const { id } = message;
    const waiting: Waiting = Promise.withResolvers();
    const abort = () => waiting.reject(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    this.#waiting.set(id, waiting);
    try {
      this.#open().postMessage(message);
      return await waiting.promise;
    } finally {
      this.#waiting.delete(id);
      signal?.removeEventListener("abort", abort);
    }
  }

  #open(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = openWorker(workerUrl);
    worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#crash(event.message);
    };
    const base = new URL("./", document.baseURI).href;
    worker.postMessage({ kind: "open", base } satisfies PageMessage);
    this.#worker = worker;
    return worker;
  }

  #receive(message: WorkerMessage): void {
    const waiting = this.#waiting.get(message.id);
    switch (message.kind) {
      case "answer":
        waiting?.resolve(message.value);
        break;
      case "piece":
        waiting?.resolve(message.data);
        break;
      case "refused":
        waiting?.reject(new ApiError(message.details));
    }
  }

  #crash(why: string): void {
    this.#worker?.terminate();
    this.#worker = null;
    const detail = `The search worker stopped${why ? `: ${why}` : "."}`;
    for (const waiting of this.#waiting.values()) {
      waiting.reject(new ApiError(problem(0, "Stopped", detail)));
    }
  }
}
