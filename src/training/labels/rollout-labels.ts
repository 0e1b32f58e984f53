/** Whether each rollout from a prefix ended right, in the order in which they were drawn, and what they cost. */
export interface PrefixRollouts {
  readonly right: readonly boolean[];
  /** Tokens of each rollout. */
  readonly tokens: readonly number[];
}

/** Estimates of the labels of one attempt, and the tokens that they cost. */
export interface Estimate {
  /** [steps]; 1 while the prefix is taken to be right, 0 for the first that is not; nothing after it. */
  readonly labels: readonly (0 | 1)[];
  readonly tokens: number;
}

/** Share of the first `k` rollouts that ended right, in [0, 1]: the soft label (Wang et al. 2024, Math-Shepherd). */
export function softLabel({ right }: PrefixRollouts, k: number): number {
  return right.slice(0, k).filter(Boolean).length / Math.min(k, right.length);
}

/** Math-Shepherd's hard labels: a prefix is right if any of its first `k` rollouts ends right; all prefixes are rolled out. */
export function labelsOfEveryPrefix(prefixes: readonly PrefixRollouts[], k: number): Estimate {
  const tokens = prefixes.reduce((sum, prefix) => sum + costOf(prefix, k), 0);
  const error = prefixes.findIndex((prefix) => softLabel(prefix, k) === 0);
  return { labels: labelsUpTo(error, prefixes.length), tokens };
}

/**
 * The first error by binary search (Luo et al. 2024, OmegaPRM): a prefix with a
 * right rollout is right, and so is everything before it; so about log₂ n
 * prefixes are rolled out, `k` times each. Throws without a prefix.
 */
export function labelsBySearch(prefixes: readonly PrefixRollouts[], k: number): Estimate {
  if (prefixes.length === 0) throw new RangeError("labelsBySearch: no prefix");
  let tokens = 0;
  // All before `low` are right; the first wrong one, if any, is in [low, high].
  let [low, high] = [0, prefixes.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    tokens += costOf(prefixes[middle]!, k);
    if (softLabel(prefixes[middle]!, k) > 0) low = middle + 1;
    else high = middle;
  }
  return { labels: labelsUpTo(low === prefixes.length ? -1 : low, prefixes.length), tokens };
}

function costOf({ tokens }: PrefixRollouts, k: number): number {
  return tokens.slice(0, k).reduce((sum, n) => sum + n, 0);
}

/** Right before `error`, wrong there; −1: right throughout. */
function labelsUpTo(error: number, length: number): (0 | 1)[] {
  const right = error < 0 ? length : error;
  return [...new Array<1>(right).fill(1), ...(error < 0 ? [] : [0 as const])];
}
