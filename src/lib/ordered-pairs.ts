/** Sums that a ratio and its bootstrap interval are made of. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

/** Something that is right or wrong, and what somebody thinks of it. */
interface Scored {
  readonly label: 0 | 1;
  readonly score: number;
}

/**
 * Area under the ROC curve: the share of all pairs of a right and a wrong step
 * that the scores put in order (Mann and Whitney). `null` without both kinds.
 * Between problems it mostly says which problem is hard.
 */
export function auc(steps: readonly Scored[]): number | null {
  const { numerator, denominator } = orderedPairs(steps);
  return denominator === 0 ? null : numerator / denominator;
}

/** Pairs of a right and a wrong one, and how many of them the scores put in order, ties counted half. By ranks: n log n, whatever the number of pairs. */
export function orderedPairs(steps: readonly Scored[]): Ratio {
  const sorted = [...steps].sort((a, b) => a.score - b.score);
  let wrongBelow = 0;
  let ordered = 0;
  let right = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to < sorted.length && sorted[to]!.score === sorted[from]!.score) to++;
    const tied = sorted.slice(from, to);
    const rightHere = tied.filter(({ label }) => label === 1).length;
    const wrongHere = tied.length - rightHere;
    ordered += rightHere * (wrongBelow + wrongHere / 2);
    wrongBelow += wrongHere;
    right += rightHere;
    from = to;
  }
  return { numerator: ordered, denominator: right * wrongBelow };
}
