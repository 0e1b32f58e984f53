import { Worker } from "node:worker_threads";
import type { Command, RunSpec } from "../protocol/runs.ts";
import type { SearchListener, SearchPlace, StartOptions } from "../runs/searches.ts";
import type { SearchReport, SearchRequest, SearchThreadData } from "./search-worker.ts";

export interface SearchThreadsOptions extends SearchListener {
  readonly threads: number;
  readonly data: SearchThreadData;
  /** The worker's entry; tests have threads of their own that crash. */
  readonly entry?: URL;
}

const ENTRY = new URL("./search-worker.ts", import.meta.url);

/** Memory of a thread's JavaScript, MiB; at its end the thread crashes, and not the server. */
const MAX_HEAP = 1024;

/** How long threads may take to hand over their last events, ms. */
const STOP_MS = 1_000;

interface Slot {
  worker: Worker | null;
  /** Whether it listens. */
  isReady: boolean;
  readonly runs: Set<string>;
}

/** Threads that search, a run on one of them each, several runs on each of them. */
export class SearchThreads implements SearchPlace {
  readonly #options: SearchThreadsOptions;
  readonly #slots: readonly Slot[];
  #isStopping = false;

  constructor(options: SearchThreadsOptions) {
    this.#options = options;
    this.#slots = Array.from({ length: options.threads }, () => ({
      worker: null,
      isReady: false,
      runs: new Set(),
    }));
    for (const slot of this.#slots) this.#open(slot);
  }

  /** Starts a run on the thread with the fewest; one that was cancelled while it waited ends at once. */
  start(run: string, spec: RunSpec, { isCancelled, recorded }: StartOptions): void {
    const slot = this.#slots.reduce((best, next) =>
      next.runs.size < best.runs.size ? next : best,
    );
    slot.runs.add(run);
    // A thread that crashed before it was ready is tried again when there is work for it.
    this.#tell(slot, { kind: "start", run, spec, isCancelled, recorded });
  }

  command(run: string, command: Command): void {
    this.#tellOf(run, { kind: "command", run, command });
  }

  /** Everything up to `seq` is stored: there is room for more. */
  stored(run: string, seq: number): void {
    this.#tellOf(run, { kind: "stored", run, seq });
  }

  /** The run has ended. */
  release(run: string): void {
    for (const { runs } of this.#slots) runs.delete(run);
  }

  /** Stops all threads where they are, after they have handed over the events that they have. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#slots.map(stopSlot));
  }

  #tellOf(run: string, request: SearchRequest): void {
    const slot = this.#slots.find(({ runs }) => runs.has(run));
    if (slot) this.#tell(slot, request);
  }

  #tell(slot: Slot, request: SearchRequest): void {
    this.#open(slot).postMessage(request);
  }

  #open(slot: Slot): Worker {
    if (slot.worker) return slot.worker;
    const { data, entry = ENTRY, onEvents } = this.#options;
    const worker = new Worker(entry, {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP },
    });
    slot.worker = worker;
    let why = "the search thread stopped";
    worker.on("message", (report: SearchReport) => {
      if (report.kind === "ready") slot.isReady = true;
      else if (report.kind === "events") onEvents(report);
    });
    worker.on("error", (error) => {
      why = `the search thread crashed: ${error instanceof Error ? error.message : String(error)}`;
    });
    worker.on("exit", () => {
      const wasReady = slot.isReady;
      slot.worker = null;
      slot.isReady = false;
      if (this.#isStopping) return;
      const lost = [...slot.runs];
      slot.runs.clear();
      this.#options.onCrash(lost, why);
      if (wasReady) this.#open(slot);
    });
    return worker;
  }
}

async function stopSlot({ worker, isReady }: Slot): Promise<void> {
  if (isReady) await handedOver(worker!);
  await worker?.terminate();
}

/** Asks for the last events; ends when they have come, or when it takes too long. */
async function handedOver(worker: Worker): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const deadline = setTimeout(resolve, STOP_MS);
  worker.on("message", ({ kind }: SearchReport) => kind === "stopped" && resolve());
  worker.on("exit", () => resolve());
  worker.postMessage({ kind: "stop" } satisfies SearchRequest);
  await promise;
  clearTimeout(deadline);
}
