import { createRandom } from "../../lib/random.ts";
import type { HttpClock } from "./http-clock.ts";

export interface FakeClock extends HttpClock {
  /** How long it was asked to sleep, in the order of the asks, ms; deadlines of requests are not in it. */
  readonly slept: readonly number[];
}

/**
 * A clock that does not make anybody wait: who sleeps for less than `deadlineMs`
 * wakes at once, at the time he wanted, and who sleeps longer wakes after
 * `patienceMs` of real time, as the deadlines of requests that never end have to.
 */
export function fakeClock({ deadlineMs = 60_000, patienceMs = 20_000 } = {}): FakeClock {
  const slept: number[] = [];
  const random = createRandom(1);
  let now = 0;
  return {
    slept,
    random,
    now: () => now,
    async sleep(ms, signal) {
      signal.throwIfAborted();
      if (ms < deadlineMs) {
        slept.push(ms);
        now += ms;
        return;
      }
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(resolve, patienceMs);
        signal.addEventListener(
          "abort",
          () => {
            clearTimeout(timer);
            reject(signal.reason);
          },
          { once: true },
        );
      });
    },
  };
}
