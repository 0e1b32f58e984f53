import type { Tree } from "../../protocol/tree.ts";
import { t, tCount } from "../words/t.ts";
import { letterOf } from "./letters.ts";

type Run = Pick<Tree, "started" | "ending" | "seq" | "useAt">;

/** How the policy tokens of several runs were made equal, and whether they are: from their logs alone. Empty if nothing is limited. */
export function budgetWords(trees: readonly Run[]): string {
  const limits = trees.map((tree) => tree.started?.budget.policyTokens ?? null);
  const [first = null] = limits;
  if (first !== null && limits.length > 1 && limits.every((limit) => limit === first)) {
    return [
      tCount(
        first,
        "Each may spend {count} policy token.",
        "Each may spend {count} policy tokens.",
      ),
      ...trees.flatMap(spentWords),
    ].join(" ");
  }
  return limits
    .flatMap((limit, i) => (limit === null ? [] : [limitWords(trees, i, limit)]))
    .join(" ");
}

function limitWords(trees: readonly Run[], index: number, limit: number): string {
  const model = trees.findIndex(
    (tree, i) =>
      i !== index &&
      tree.ending !== null &&
      tree.started?.budget.policyTokens === undefined &&
      tree.useAt(tree.seq).policyTokens === limit,
  );
  const run = letterOf(index);
  const may =
    model < 0
      ? tCount(
          limit,
          "{run} may spend {count} policy token.",
          "{run} may spend {count} policy tokens.",
          { run },
        )
      : tCount(
          limit,
          "{run} may spend the {count} policy token that {other} has spent.",
          "{run} may spend the {count} policy tokens that {other} has spent.",
          { run, other: letterOf(model) },
        );
  return [may, ...spentWords(trees[index]!, index)].join(" ");
}

/** What a run with a limit has spent at its end. */
function spentWords(tree: Run, index: number): string[] {
  const limit = tree.started?.budget.policyTokens;
  if (tree.ending === null || limit === undefined) return [];
  const spent = tree.useAt(tree.seq).policyTokens;
  const run = letterOf(index);
  const count = Math.abs(limit - spent);
  if (count === 0) return [t("{run} has spent all of them.", { run })];
  return spent < limit
    ? [t("{run} ended with {count} left.", { run, count })]
    : [t("{run} has spent {count} more: what is being sampled is finished.", { run, count })];
}
