/**
 * Estimates when `all` jobs are done, from the mean time of those that were done
 * since the first call: what a journal held took no time now. Times in seconds;
 * `null` as long as nothing is known.
 */
export function timeLeft(all: number): (done: number, now: number) => number | null {
  let first: { readonly done: number; readonly at: number } | null = null;
  return (done, now) => {
    first ??= { done, at: now };
    return done > first.done ? ((now - first.at) * (all - done)) / (done - first.done) : null;
  };
}
