import type { HttpClock } from "./http-clock.ts";

/** A request that was let in. */
export interface Pass {
  /** Which cut of the window it came after. */
  readonly cut: number;
}

interface Waiting {
  readonly enter: () => void;
}

/**
 * How many requests one server has at a time. Additive increase, multiplicative
 * decrease (D.-M. Chiu and R. Jain 1989), as TCP does: each good answer adds one
 * over the window, so a whole window of them adds one; a refusal for too much
 * halves it, once for all requests that were let in before. Nothing is sent
 * while the server asked for a pause. First come, first served.
 */
export class RequestWindow {
  readonly #clock: HttpClock;
  readonly #most: number;
  #size: number;
  #inFlight = 0;
  #cut = 0;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #isResting = false;
  readonly #waiting = new Set<Waiting>();

  /** `most`: it begins with that and never has more. */
  constructor(most: number, clock: HttpClock) {
    this.#most = most;
    this.#size = most;
    this.#clock = clock;
  }

  /** Requests that may be in flight now. */
  get size(): number {
    return Math.max(1, Math.floor(this.#size));
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Ends when a request may be sent; the caller has to `leave`. Rejects with the signal's reason on abort. */
  async enter(signal: AbortSignal): Promise<Pass> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting = { enter: resolve };
    const abort = () => {
      this.#waiting.delete(waiting);
      reject(signal.reason);
    };
    signal.addEventListener("abort", abort, { once: true });
    this.#waiting.add(waiting);
    this.#admit();
    try {
      await promise;
    } finally {
      signal.removeEventListener("abort", abort);
    }
    return { cut: this.#cut };
  }

  /** `well`: the server answered; `overloaded`: it had too much to do; `otherwise`: it says nothing about that. */
  leave(pass: Pass, how: "well" | "overloaded" | "otherwise"): void {
    this.#inFlight--;
    if (how === "well") this.#size = Math.min(this.#most, this.#size + 1 / this.#size);
    if (how === "overloaded" && pass.cut === this.#cut) {
      this.#cut++;
      this.#size = Math.max(1, this.#size / 2);
    }
    this.#admit();
  }

  /** Lets nobody in for so long, ms. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.now() + ms);
  }

  #admit(): void {
    const rest = this.#pausedUntil - this.#clock.now();
    if (rest > 0) {
      void this.#rest(rest);
      return;
    }
    for (const waiting of this.#waiting) {
      if (this.#inFlight >= this.size) return;
      this.#waiting.delete(waiting);
      this.#inFlight++;
      waiting.enter();
    }
  }

  async #rest(ms: number): Promise<void> {
    if (this.#isResting) return;
    this.#isResting = true;
    await this.#clock.sleep(ms, new AbortController().signal);
    this.#isResting = false;
    this.#admit();
  }
}
