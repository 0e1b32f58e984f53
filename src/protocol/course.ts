import type { Phase, RunEvent, StartedEvent } from "./events.ts";
import { TreeError } from "./tree-error.ts";
import { indexAt, latestAt } from "./versions.ts";

export type SelectedEvent = Extract<RunEvent, { type: "selected" }>;
type EndEvent = Extract<RunEvent, { type: "finished" | "failed" | "cancelled" }>;

/** How a log ended; `why` is its reason, the error, or who cancelled it. */
export interface Ending {
  readonly type: EndEvent["type"];
  readonly why: string;
  readonly seq: number;
}

export interface RoundStart {
  readonly round: number;
  readonly phase: Phase;
  readonly seq: number;
  /** Of particles that are about to be drawn: how many of equal weight they are worth. */
  readonly effective?: number;
  /** How easy the problem looked, in [0, 1]. */
  readonly ease?: number;
}

interface Pause {
  readonly seq: number;
  readonly isPaused: boolean;
}

/** Bytes of a small object and of its place in a list, roughly. */
const ENTRY_BYTES = 64;

/** What happened to the run as a whole, and when. */
export class Course {
  started: StartedEvent | null = null;
  ending: Ending | null = null;
  readonly rounds: RoundStart[] = [];
  readonly #selections: SelectedEvent[] = [];
  readonly #pauses: Pause[] = [];

  /** Throws a `TreeError` the second time. */
  start(event: StartedEvent): void {
    if (this.started) {
      throw new TreeError(event, `the run has already started, with event ${this.started.seq}`);
    }
    this.started = event;
  }

  begin({ round, phase, seq, effective, ease }: Extract<RunEvent, { type: "round" }>): void {
    this.rounds.push({
      ...{ round, phase, seq },
      ...(effective !== undefined && { effective }),
      ...(ease !== undefined && { ease }),
    });
  }

  select(event: SelectedEvent): void {
    this.#selections.push(event);
  }

  pause(isPaused: boolean, seq: number): void {
    this.#pauses.push({ seq, isPaused });
  }

  /** Ends a pause too. Throws a `TreeError` the second time. */
  end(event: EndEvent): void {
    const { type, seq } = event;
    if (this.ending) {
      const { ending } = this;
      const how = `with ${ending.type} event ${ending.seq}`;
      throw new TreeError(event, `the run has already ended, ${how}`);
    }
    if (this.pausedAt(seq)) this.pause(false, seq);
    this.ending = { type, why: reasonOf(event), seq };
  }

  selectedAt(seq: number): SelectedEvent | null {
    return latestAt(this.#selections, seq) ?? null;
  }

  pausedAt(seq: number): boolean {
    return latestAt(this.#pauses, seq)?.isPaused ?? false;
  }

  roundAt(seq: number): number {
    return indexAt(this.rounds, seq);
  }

  bytes(): number {
    return ENTRY_BYTES * (this.rounds.length + this.#selections.length + this.#pauses.length);
  }
}

function reasonOf(event: EndEvent): string {
  switch (event.type) {
    case "finished":
      return event.why;
    case "failed":
      return event.error;
    case "cancelled":
      return event.by;
  }
}
