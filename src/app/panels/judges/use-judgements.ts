import { useMemo } from "react";
import type { Tree } from "../../../protocol/tree.ts";
import type { Other } from "../../state/judging.ts";
import { useView } from "../../state/view.ts";
import { measured, useSlowMoment } from "../side/slow-moment.ts";
import {
  disagreements,
  type Judgements,
  otherOf,
  othersOf,
  readJudges,
  type TwoScores,
} from "./read-judges.ts";

/** What two judges say of the open run, as far as there is another one. */
interface TwoJudges {
  readonly tree: Tree;
  /** Who there is, the exact one first. */
  readonly others: readonly Other[];
  /** The one that the verifier is held against. */
  readonly other: Other | undefined;
  readonly judged: Judgements | null;
  /** The steps on which they disagree, the largest difference first. */
  readonly rows: readonly TwoScores[];
}

export function useJudgements(): TwoJudges {
  const { tree, version, at } = useSlowMoment();
  const against = useView(({ judging }) => judging.against);
  const gap = useView(({ judging }) => judging.gap);
  const others = othersOf(tree);
  const other = otherOf(tree, against);
  const judged = useMemo(
    // The tree is filled in place: its version says that it changed.
    () =>
      other === undefined ? null : measured(() => ({ version, ...readJudges(tree, at, other) })),
    [tree, version, at, other],
  );
  const rows = useMemo(() => disagreements(judged?.all ?? [], gap), [judged, gap]);
  return { tree, others, other, judged, rows };
}
