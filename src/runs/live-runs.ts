import { EVENT_VERSION, type RunEvent } from "../protocol/events.ts";
import type { Command, RunSpec, RunSummary } from "../protocol/runs.ts";
import { HttpProblem } from "./http-problem.ts";
import { LiveLog } from "./live-log.ts";
import type { Batch } from "./outbox.ts";
import { advance, hasEnded, NO_PROGRESS } from "./progress.ts";
import type { Recorded } from "./resume-run.ts";
import { createRunIds } from "./run-id.ts";
import { type LogLine, lineOf, type NewRun, type Progress, type RunStore } from "./run-store.ts";
import type { SearchListener, SearchPlace } from "./searches.ts";

/** A run whose spec was found good. */
export type AcceptedRun = Omit<NewRun, "id" | "createdAt">;

/** What a run was last told to be. Its log says what it is, a moment later. */
type State = "queued" | "running" | "paused" | "cancelling";

interface LiveRun {
  readonly id: string;
  readonly spec: RunSpec;
  /** The log that it goes on from. */
  readonly recorded: Recorded | undefined;
  readonly log: LiveLog;
  state: State;
  /** What was handed to the store, which may be ahead of what is durable. */
  appended: { seq: number; progress: Progress };
  /** Whether the server ends its log, so that nothing that the search says counts any more. */
  isFailing: boolean;
  /** On the clock of `performance.now()`, ms. */
  startedAt: number;
}

/** What may be told to a run in each state, and the state that it is in then. */
const TRANSITIONS: Record<State, Partial<Record<Command["command"], State>>> = {
  queued: { cancel: "cancelling" },
  running: { pause: "paused", cancel: "cancelling" },
  paused: { resume: "running", step: "paused", cancel: "cancelling" },
  cancelling: {},
};

/** What a place that has runs allows. */
export interface RunLimits {
  /** Runs that search at the same time; paused ones do not count. */
  readonly running: number;
  /** Runs that wait for their turn, and paused ones. */
  readonly waiting: number;
  /** Nodes that a run could have at most, judged by its strategy before it starts. */
  readonly nodes: number;
}

export interface LiveRunsOptions {
  readonly store: RunStore;
  readonly limits: Pick<RunLimits, "running" | "waiting">;
  readonly openPlace: (listener: SearchListener) => SearchPlace;
}

/**
 * The runs that this process searches for or will. Every event goes from a
 * search thread to the store, and only when it is durable to the readers.
 */
export class LiveRuns {
  readonly #store: RunStore;
  readonly #limits: LiveRunsOptions["limits"];
  readonly #place: SearchPlace;
  readonly #runs = new Map<string, LiveRun>();
  #queue: LiveRun[] = [];
  readonly #nextId = createRunIds();
  readonly #writes = new Set<Promise<void>>();

  constructor({ store, limits, openPlace }: LiveRunsOptions) {
    this.#store = store;
    this.#limits = limits;
    this.#place = openPlace({
      onEvents: (batch) => this.#receive(batch),
      onCrash: (runs, why) => {
        for (const run of runs) this.#crash(run, why);
      },
    });
  }

  /** How many runs are there, by what they do. */
  get counts(): { running: number; waiting: number } {
    const running = this.#running();
    return { running, waiting: this.#runs.size - running };
  }

  /** The growing end of a run's log; `undefined` if it does not grow here. */
  logOf(id: string): LiveLog | undefined {
    return this.#runs.get(id)?.log;
  }

  /** Stores a run and starts it, or has it wait for its turn; `recorded`: to go on from there. Throws an `HttpProblem` 429 when too many do. */
  async start(accepted: AcceptedRun, recorded?: Recorded): Promise<RunSummary> {
    this.#refuseIfFull();
    const run: LiveRun = {
      id: this.#nextId(),
      ...{ spec: accepted.spec, recorded },
      log: new LiveLog(),
      state: "queued",
      appended: { seq: -1, progress: NO_PROGRESS },
      isFailing: false,
      startedAt: 0,
    };
    this.#runs.set(run.id, run);
    const createdAt = new Date().toISOString();
    try {
      await this.#store.create({ ...accepted, id: run.id, createdAt });
    } catch (error) {
      this.#runs.delete(run.id);
      throw error;
    }
    if (run.spec.paused) this.#begin(run);
    else this.#queue.push(run);
    this.#startNext();
    return this.get(run.id);
  }

  /** Stores a run whose log is made already, all of it; nothing is searched. */
  async keep(
    accepted: AcceptedRun,
    makeLog: (id: string) => AsyncIterable<RunEvent>,
  ): Promise<RunSummary> {
    const id = this.#nextId();
    const lines: LogLine[] = [];
    let progress = NO_PROGRESS;
    for await (const event of makeLog(id)) {
      lines.push(lineOf(event));
      progress = advance(progress, event);
    }
    await this.#store.create({ ...accepted, id, createdAt: new Date().toISOString() });
    await this.#store.append(id, lines, progress);
    return this.get(id);
  }

  /** Throws an `HttpProblem` 404. */
  async get(id: string): Promise<RunSummary> {
    const summary = await this.#store.get(id);
    if (summary === null) throw new HttpProblem(404, `There is no run ${id}.`);
    return this.shown(summary);
  }

  /** A stored summary as it is: a log that nobody can continue was interrupted, whatever it was before. */
  shown(summary: RunSummary): RunSummary {
    const goesOn = hasEnded(summary.status) || this.#runs.has(summary.id);
    return goesOn ? summary : { ...summary, status: "interrupted" };
  }

  /** Steers a run; its log will tell. Throws an `HttpProblem`: 404, or 409 if it is in no state for that. */
  async command(id: string, command: Command): Promise<void> {
    const run = this.#runs.get(id);
    if (run === undefined) {
      const { status } = await this.get(id);
      throw new HttpProblem(409, `The run is ${status} and takes no commands.`);
    }
    const next = TRANSITIONS[run.state][command.command];
    if (next === undefined) {
      const takes = Object.keys(TRANSITIONS[run.state]).join(", ") || "nothing more";
      throw new HttpProblem(
        409,
        `The run is ${run.state} and takes ${takes}, not ${command.command}.`,
      );
    }
    if (run.state === "queued") {
      // All that it takes is a cancel. It gets a log that says so: its search starts, and ends at once.
      this.#queue = this.#queue.filter((other) => other !== run);
      this.#begin(run, { isCancelled: true });
    } else this.#place.command(id, command);
    run.state = next;
    this.#startNext();
  }

  /** Stops all searches where they are; ends when everything that they said is stored. */
  async close(): Promise<void> {
    this.#queue = [];
    await this.#place.stop();
    await Promise.all(this.#writes);
  }

  #running(): number {
    const searching = ({ state }: LiveRun) => state === "running" || state === "cancelling";
    return [...this.#runs.values()].filter(searching).length;
  }

  #refuseIfFull(): void {
    const { running, waiting } = this.#limits;
    if (this.#runs.size < running + waiting) return;
    const paused = [...this.#runs.values()].filter(({ state }) => state === "paused").length;
    throw new HttpProblem(
      429,
      `There are ${this.#runs.size} runs already: ${this.#running()} search, ${paused} are paused, ` +
        `${this.#queue.length} wait. Let some end, or cancel them.`,
    );
  }

  #startNext(): void {
    while (this.#queue.length > 0 && this.#running() < this.#limits.running) {
      this.#begin(this.#queue.shift()!);
    }
  }

  #begin(run: LiveRun, { isCancelled = false } = {}): void {
    run.state = run.spec.paused ? "paused" : "running";
    run.startedAt = performance.now();
    this.#place.start(run.id, run.spec, { isCancelled, recorded: run.recorded });
  }

  #receive({ run: id, lines, progress }: Batch): void {
    const run = this.#runs.get(id);
    if (run === undefined || run.isFailing) return;
    this.#append(run, lines, progress);
  }

  #append(run: LiveRun, lines: readonly LogLine[], progress: Progress): void {
    const { seq } = lines.at(-1)!;
    run.appended = { seq, progress };
    const write = this.#store
      .append(run.id, lines, progress)
      .then(
        () => {
          run.log.publish(lines);
          if (hasEnded(progress.status)) this.#remove(run, "complete");
          else this.#place.stored(run.id, seq);
        },
        (error: unknown) => this.#refused(run, error, hasEnded(progress.status)),
      )
      .finally(() => this.#writes.delete(write));
    this.#writes.add(write);
  }

  /** A search thread is gone: what it said is stored or on its way, and then the log ends. */
  #crash(id: string, why: string): void {
    const run = this.#runs.get(id);
    if (run && !run.isFailing) this.#fail(run, why, run.appended.seq + 1);
  }

  /** The store refused something: the log ends after what it has, if the store can still do that. */
  #refused(run: LiveRun, error: unknown, isEnding: boolean): void {
    const why = `its events could not be stored: ${error instanceof Error ? error.message : error}`;
    if (!run.isFailing) {
      console.error(`Run ${run.id}: ${why}`);
      this.#place.command(run.id, { command: "cancel" });
      this.#fail(run, why, run.log.lastSeq + 1);
    } else if (isEnding) this.#remove(run, "lost");
  }

  #fail(run: LiveRun, error: string, seq: number): void {
    run.isFailing = true;
    const { progress } = run.appended;
    const event: RunEvent = {
      ...{ v: EVENT_VERSION, run: run.id, seq, t: performance.now() - run.startedAt },
      ...{ type: "failed", error, use: progress.use },
    };
    this.#append(run, [lineOf(event)], advance(progress, event));
  }

  #remove(run: LiveRun, ending: "complete" | "lost"): void {
    this.#runs.delete(run.id);
    this.#place.release(run.id);
    run.log.end(ending);
    this.#startNext();
  }
}
