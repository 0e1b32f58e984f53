import type { Fact } from "../protocol/events.ts";
import { type PrunedNode, prunedFact, prunedNode } from "./prune.ts";
import type { Candidate } from "./state.ts";

/**
 * Prunes what is not worth a score, copies among siblings and steps that were cut
 * off, and returns the others, family by family. Copies in other families are
 * marked and live.
 */
export function* prunedToDistinct(
  families: readonly (readonly Candidate[])[],
): Generator<Fact, Candidate[][], void> {
  yield* prunedFact(families.flatMap(copiesIn));
  const distinct = families.map((family) =>
    family.filter((child) => firstOf(family, child) === child),
  );
  const cutOff = distinct.flat().filter(isCutOff);
  yield* prunedFact(cutOff.map((child) => prunedNode(child, "invalid")));
  return distinct.map((family) => family.filter((child) => !isCutOff(child)));
}

function isCutOff({ ended }: Candidate): boolean {
  return ended === "length";
}

/** The sibling that stands for all that say the same: the first to say it, or to repeat what was said elsewhere. */
function firstOf(family: readonly Candidate[], { original }: Candidate): Candidate {
  const first = family.find(({ id }) => id === original);
  return first ?? family.find((sibling) => sibling.original === original)!;
}

function copiesIn(family: readonly Candidate[]): PrunedNode[] {
  return family.flatMap((child) => {
    const first = firstOf(family, child);
    if (first === child) return [];
    const defeat = { rank: null, cut: null, beatenBy: first.id };
    return [prunedNode(child, "duplicate", defeat)];
  });
}
