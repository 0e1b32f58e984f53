import type { Budget } from "../../../protocol/budget.ts";
import type { Tree } from "../../../protocol/tree.ts";

/** One row of the budget: what was spent by a moment, and the limit if there is one. */
export interface Unit {
  readonly name: string;
  /** One of what is counted; empty where the number says it. */
  readonly noun: string;
  /** Whether it is told where there is room for little. */
  readonly isMain: boolean;
  /** What exactly is counted. */
  readonly about: string;
  readonly spent: number;
  readonly limit: number | null;
  readonly kind: "count" | "ms";
}

/** What a run had spent by `at`, in the units in which budgets are always shown. */
export function readUnits(tree: Tree, at: number): Unit[] {
  const use = tree.useAt(at);
  const budget: Budget = tree.started?.budget ?? {};
  const { reasoningTokens } = use;
  const plain = { noun: "", isMain: false, limit: null, kind: "count" as const };
  const split: Unit[] =
    reasoningTokens === undefined
      ? []
      : [
          {
            ...{ ...plain, name: "Reasoning tokens", spent: reasoningTokens },
            about: "Of the policy tokens, those up to </reasoning>, which is counted with them",
          },
          {
            ...{ ...plain, name: "Answer tokens" },
            about: "Of the policy tokens, those after </reasoning>",
            spent: use.policyTokens - reasoningTokens,
          },
        ];
  return [
    {
      name: "Solutions",
      ...{ noun: "solution", isMain: true },
      about:
        "Complete solutions or their equivalent: the most steps that were sampled of one depth",
      spent: solutionsAt(tree, at),
      limit: budget.solutions ?? null,
      kind: "count",
    },
    {
      name: "Policy tokens",
      ...{ noun: "token", isMain: true },
      about: "Tokens sampled from the policy",
      spent: use.policyTokens,
      limit: budget.policyTokens ?? null,
      kind: "count",
    },
    ...split,
    {
      name: "PRM tokens",
      ...{ noun: "PRM token", isMain: false },
      about: "Tokens that the verifier read",
      spent: use.prmTokens,
      limit: budget.prmTokens ?? null,
      kind: "count",
    },
    {
      name: "PRM calls",
      ...{ noun: "PRM call", isMain: false },
      about: "Calls of the verifier: a whole solution in one pass is one",
      spent: use.prmCalls,
      limit: budget.prmCalls ?? null,
      kind: "count",
    },
    {
      name: "Wall time",
      ...{ noun: "", isMain: true },
      about: "Time inside the search",
      spent: use.ms,
      limit: budget.ms ?? null,
      kind: "ms",
    },
  ];
}

/**
 * Solutions or their equivalent in steps that were sampled by `at`: a solution
 * is worth one step of each depth, so it is the most steps of any one depth. A
 * prefix is asked once for all tokens that may follow it, so there it is the most
 * prefixes with tokens of any one depth.
 * O(nodes).
 */
export function solutionsAt(tree: Tree, at: number): number {
  const steps = new Int32Array(tree.maxDepth + 1);
  let most = 0;
  for (let node = 1; node < tree.count; node++) {
    const seq = tree.proposedSeq[node]!;
    if (seq < 0 || seq > at) continue;
    if (tree.unit === "token" && tree.firstChild[tree.parent[node]!] !== node) continue;
    const depth = tree.depth[node]!;
    most = Math.max(most, ++steps[depth]!);
  }
  return most;
}
