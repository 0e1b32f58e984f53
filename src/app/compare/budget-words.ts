import type { Tree } from "../../protocol/tree.ts";
import { formatCount, formatPlural } from "../format.ts";
import { letterOf } from "./letters.ts";

type Run = Pick<Tree, "started" | "ending" | "seq" | "useAt">;

/** How the policy tokens of several runs were made equal, and whether they are: from their logs alone. Empty if nothing is limited. */
export function budgetWords(trees: readonly Run[]): string {
  const limits = trees.map((tree) => tree.started?.budget.policyTokens ?? null);
  const [first = null] = limits;
  if (first !== null && limits.length > 1 && limits.every((limit) => limit === first)) {
    return [
      `Each may spend ${formatPlural(first, "policy token")}.`,
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
  const tokens = formatPlural(limit, "policy token");
  const may =
    model < 0
      ? `${letterOf(index)} may spend ${tokens}.`
      : `${letterOf(index)} may spend the ${tokens} that ${letterOf(model)} has spent.`;
  return [may, ...spentWords(trees[index]!, index)].join(" ");
}

/** What a run with a limit has spent at its end. */
function spentWords(tree: Run, index: number): string[] {
  const limit = tree.started?.budget.policyTokens;
  if (tree.ending === null || limit === undefined) return [];
  const spent = tree.useAt(tree.seq).policyTokens;
  const name = letterOf(index);
  if (spent === limit) return [`${name} has spent all of them.`];
  const by = formatCount(Math.abs(limit - spent));
  return spent < limit
    ? [`${name} ended with ${by} left.`]
    : [`${name} has spent ${by} more: what is being sampled is finished.`];
}
