import type { Command, RunSpec } from "../protocol/runs.ts";
import { Gate } from "../search/gate.ts";
import { record } from "../search/record.ts";
import { Stopwatch } from "../search/stopwatch.ts";
import type { ModelHost } from "./model-host.ts";
import { type Batch, Outbox } from "./outbox.ts";
import type { Recorded } from "./resume-run.ts";
import { searchFacts } from "./search-facts.ts";

export interface StartOptions {
  readonly isCancelled: boolean;
  /** The log that it goes on from. */
  readonly recorded?: Recorded | undefined;
}

/** Where runs are searched for: in this thread, or in others. */
export interface SearchPlace {
  /** Starts a run; one that was cancelled while it waited ends at once. */
  start(run: string, spec: RunSpec, options: StartOptions): void;
  /** A run that has just ended hears nothing more. */
  command(run: string, command: Command): void;
  /** Everything up to `seq` is stored: there is room for more. */
  stored(run: string, seq: number): void;
  /** The run has ended. */
  release(run: string): void;
  /** Stops all searches where they are, after they have handed over the events that they have. */
  stop(): Promise<void>;
}

/** Whom a place tells what becomes of its runs. */
export interface SearchListener {
  readonly onEvents: (batch: Batch) => void;
  /** These runs are searched for no more, and no event of them is to come. */
  readonly onCrash: (runs: readonly string[], why: string) => void;
}

interface SearchesOptions extends SearchListener {
  readonly host: ModelHost;
  /** Who makes the logs, `name@version`. */
  readonly producer: string;
  /** Lets everything else that waits in this thread run, and resolves then. */
  readonly breathe: () => Promise<void>;
}

/** How long a run may keep its thread from hearing anything, ms. */
const BREATH_MS = 8;

const PERSON = "a person";

interface Serving {
  readonly gate: Gate;
  readonly cancel: AbortController;
  readonly outbox: Outbox;
}

/** Searches in this thread, several of them in turns. */
export class Searches implements SearchPlace {
  readonly #options: SearchesOptions;
  readonly #serving = new Map<string, Serving>();
  #lastBreath = performance.now();
  #isStopped = false;

  constructor(options: SearchesOptions) {
    this.#options = options;
  }

  start(run: string, spec: RunSpec, options: StartOptions): void {
    this.#serve(run, spec, options).catch((error: unknown) => {
      this.#serving.delete(run);
      this.#options.onCrash([run], `the search crashed: ${error}`);
    });
  }

  command(run: string, command: Command): void {
    const serving = this.#serving.get(run);
    if (serving) obey(serving, command);
  }

  stored(run: string, seq: number): void {
    this.#serving.get(run)?.outbox.stored(seq);
  }

  release(): void {}

  async stop(): Promise<void> {
    for (const { outbox } of this.#serving.values()) outbox.flush();
    this.#isStopped = true;
  }

  /** Runs one search to the end of its log. */
  async #serve(run: string, spec: RunSpec, { isCancelled, recorded }: StartOptions): Promise<void> {
    const { host, producer, breathe, onEvents } = this.#options;
    const began = performance.now();
    const clock = () => performance.now() - began;
    const stopwatch = new Stopwatch(clock);
    const gate = new Gate({ paused: spec.paused, stopwatch });
    const cancel = new AbortController();
    if (isCancelled) cancel.abort(PERSON);
    const outbox = new Outbox(run, (batch) => {
      if (!this.#isStopped) onEvents(batch);
    });
    this.#serving.set(run, { gate, cancel, outbox });

    const { signal } = cancel;
    const elapsedMs = () => stopwatch.elapsedMs();
    const facts = searchFacts(spec, { host, signal, producer, elapsedMs, recorded });
    for await (const event of record(facts, { run, clock, signal, gate })) {
      outbox.push(event);
      await outbox.room();
      if (performance.now() - this.#lastBreath >= BREATH_MS) {
        await breathe();
        this.#lastBreath = performance.now();
      }
    }
    outbox.flush();
    this.#serving.delete(run);
  }
}

function obey({ gate, cancel }: Serving, command: Command): void {
  switch (command.command) {
    case "pause":
      gate.pause();
      break;
    case "resume":
      gate.resume();
      break;
    case "step":
      gate.step({ to: command.to, by: PERSON });
      break;
    case "cancel":
      cancel.abort(PERSON);
  }
}
