/** Time and chance, as requests to servers need them; tests have their own. */
export interface HttpClock {
  /** ms, from any moment on; never falls. */
  now(): number;
  /** Rejects with the signal's reason on abort. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** In [0, 1): what spreads retries of many clients. */
  random(): number;
}

export const SYSTEM_CLOCK: HttpClock = {
  now: () => performance.now(),
  random: () => Math.random(),
  async sleep(ms, signal) {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = () => reject(signal.reason);
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", abort, { once: true });
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    }
  },
};
