import { locale, t } from "./words/t.ts";

/** A whole number with thousands separated: `12,345`. */
export function formatCount(count: number): string {
  return count.toLocaleString(locale());
}

/** A score in [0, 1] to two digits; `–` for none (NaN). Never rounds up to a certain 1.00. */
export function formatScore(score: number): string {
  if (Number.isNaN(score)) return "–";
  return score < 1 && score > 0.995 ? "0.99+" : score.toFixed(2);
}

/**
 * Two scores in [0, 1] with as many digits as it takes to tell them apart, from
 * each other and from 0: two at least and six at most. Equal ones have two.
 */
export function formatScoresApart(a: number, b: number): readonly [string, string] {
  for (let digits = 2; digits <= 6; digits++) {
    const [first, second] = [a.toFixed(digits), b.toFixed(digits)];
    const isFlat = (a > 0 && Number(first) === 0) || (b > 0 && Number(second) === 0);
    if (first !== second && !isFlat) return [first, second];
  }
  return [formatScore(a), formatScore(b)];
}

/** A probability as a share: `93.1 %`. Neither certainty nor impossibility is claimed by rounding. */
export function formatShare(share: number): string {
  if (Number.isNaN(share)) return "–";
  if (share > 0 && share < 0.0005) return "<0.1 %";
  if (share < 1 && share > 0.9995) return ">99.9 %";
  return `${share === 1 || share === 0 ? 100 * share : (100 * share).toFixed(1)} %`;
}

/** A duration given in ms: `85 ms`, `1.2 s`, `3 min 4 s`, `4 h 31 min`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return t("{count} ms", { count: String(Math.round(ms)) });
  if (ms < 60_000) return t("{count} s", { count: (ms / 1000).toFixed(1) });
  const seconds = Math.round(ms / 1000);
  if (seconds >= 3600) {
    const minutes = Math.round(seconds / 60);
    return t("{hours} h {minutes} min", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  }
  return t("{minutes} min {seconds} s", {
    minutes: Math.floor(seconds / 60),
    seconds: seconds % 60,
  });
}
