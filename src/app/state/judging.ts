import { parseNumber, rounded } from "./link-numbers.ts";

/** Whom the search's verifier is held against: the exact checker of the problem's family, or a second verifier. */
export const OTHERS = ["checker", "second"] as const;
export type Other = (typeof OTHERS)[number];

/** How two judges of one tree are held against each other. */
export interface Judging {
  /** Where there is none such, whoever else there is. */
  readonly against: Other;
  /** By how much their scores differ at least where they disagree, in (0, 1]. */
  readonly gap: number;
  /** Whether the steps on which they disagree are lit and the others dimmed. */
  readonly isLit: boolean;
  /** Whether the tree is shown twice, face to face, as each of them sees it. */
  readonly isMirrored: boolean;
}

export const NO_JUDGING: Judging = {
  against: "checker",
  gap: 0.5,
  isLit: false,
  isMirrored: false,
};

/** Reads the mirror from a link; without one there is nothing to hold against each other. */
export function parseJudging(search: URLSearchParams): Judging {
  const against = OTHERS.find((other) => other === search.get("mirror"));
  if (against === undefined) return NO_JUDGING;
  const gap = parseNumber(search.get("apart") ?? "");
  return {
    against,
    gap: gap !== null && gap > 0 && gap <= 1 ? gap : NO_JUDGING.gap,
    isLit: search.get("lit") !== "0",
    isMirrored: true,
  };
}

/** Names and values for a link; what is as usual is left out. */
export function formatJudging(judging: Judging): [name: string, value: string | null][] {
  const { against, gap, isLit, isMirrored } = judging;
  if (!isMirrored) return [];
  return [
    ["mirror", against],
    ["apart", gap === NO_JUDGING.gap ? null : rounded(gap)],
    ["lit", isLit ? null : "0"],
  ];
}
