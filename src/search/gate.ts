import type { Fact } from "../protocol/events.ts";
import type { Stopwatch } from "./stopwatch.ts";

interface GateOptions {
  /** Start paused: the log stands after `started`. */
  paused?: boolean;
  /** Held while the run waits here, so that a pause costs no wall time of the budget. */
  stopwatch?: Stopwatch;
}

interface StepCommand {
  to: "event" | "round";
  /** Who asks for it. */
  by: string;
}

/**
 * Where a person pauses a run and steps it, at the source: the recorder takes
 * every fact through `pass`, and as a search computes only what it is asked
 * for, the models rest while it waits. A command takes effect at the next fact.
 */
export class Gate {
  readonly #stopwatch: Stopwatch | null;
  #isPaused: boolean;
  /** Whether the log says so yet. */
  #isPauseLogged = false;
  #steps: StepCommand[] = [];
  /** Stepping to the end of the round. */
  #isRoundFree = false;
  #round = 0;
  #wake = () => {};

  constructor({ paused = false, stopwatch }: GateOptions = {}) {
    this.#isPaused = paused;
    this.#stopwatch = stopwatch ?? null;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Also stops a step to the end of the round half-way. */
  pause(): void {
    this.#isPaused = true;
    this.#isRoundFree = false;
  }

  resume(): void {
    this.#isPaused = false;
    this.#steps = [];
    this.#isRoundFree = false;
    this.#wake();
  }

  /** Lets a paused run go on by one event, or to the end of the round. Says nothing to a run that is not paused. */
  step(command: StepCommand): void {
    if (!this.#isPaused) return;
    this.#steps.push(command);
    this.#wake();
  }

  /**
   * Ends when `next` may enter the log, and yields what has to enter it before.
   * `started` always may: every log begins with it. Throws `signal.reason` on
   * abort. One caller at a time.
   */
  async *pass(next: Fact, signal: AbortSignal): AsyncGenerator<Fact, void, void> {
    const opensRound = next.type === "round" && next.round > this.#round;
    if (next.type === "round") this.#round = next.round;
    if (next.type === "started") return;
    if (opensRound) this.#isRoundFree = false;

    while (this.#isPaused && !this.#isRoundFree) {
      if (!this.#isPauseLogged) {
        this.#isPauseLogged = true;
        yield { type: "paused" };
        continue;
      }
      const step = this.#steps.shift();
      if (step) {
        this.#isRoundFree = step.to === "round";
        yield { type: "steered", command: `step to next ${step.to}`, by: step.by };
        return;
      }
      await this.#change(signal);
    }
    if (!this.#isPaused && this.#isPauseLogged) {
      this.#isPauseLogged = false;
      yield { type: "resumed" };
    }
  }

  async #change(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = () => reject(signal.reason);
    this.#wake = resolve;
    signal.addEventListener("abort", abort);
    this.#stopwatch?.hold();
    try {
      await promise;
    } finally {
      this.#stopwatch?.release();
      signal.removeEventListener("abort", abort);
    }
  }
}
