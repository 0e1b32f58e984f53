import { msg } from "../../../lib/said.ts";
import type { Budget } from "../../../protocol/budget.ts";
import type { Tree } from "../../../protocol/tree.ts";
import { tCount } from "../../words/t.ts";

/** One row of the budget: what was spent by a moment, and the limit if there is one. */
export interface Unit {
  readonly name: string;
  /** A count of it in words; `null` where the number says it. */
  readonly counted: ((count: number) => string) | null;
  /** Whether it is told where there is room for little. */
  readonly isMain: boolean;
  /** What exactly is counted. */
  readonly about: string;
  readonly spent: number;
  readonly limit: number | null;
  readonly kind: "count" | "ms";
}

const solutions = (count: number) => tCount(count, "{count} solution", "{count} solutions");
const tokens = (count: number) => tCount(count, "{count} token", "{count} tokens");
const prmTokens = (count: number) => tCount(count, "{count} PRM token", "{count} PRM tokens");
const prmCalls = (count: number) => tCount(count, "{count} PRM call", "{count} PRM calls");

/** What a run had spent by `at`, in the units in which budgets are always shown. */
export function readUnits(tree: Tree, at: number): Unit[] {
  const use = tree.useAt(at);
  const budget: Budget = tree.started?.budget ?? {};
  const { reasoningTokens } = use;
  const plain = { counted: null, isMain: false, limit: null, kind: "count" as const };
  const split: Unit[] =
    reasoningTokens === undefined
      ? []
      : [
          {
            ...{ ...plain, name: msg("Reasoning tokens"), spent: reasoningTokens },
            about: msg(
              "Of the policy tokens, those up to </reasoning>, which is counted with them",
            ),
          },
          {
            ...{ ...plain, name: msg("Answer tokens") },
            about: msg("Of the policy tokens, those after </reasoning>"),
            spent: use.policyTokens - reasoningTokens,
          },
        ];
  return [
    {
      name: msg("Solutions"),
      ...{
        counted: solutions,
        isMain: true,
      },
      about: msg(
        "Complete solutions or their equivalent: the most steps that were sampled of one depth",
      ),
      spent: solutionsAt(tree, at),
      limit: budget.solutions ?? null,
      kind: "count",
    },
    {
      name: msg("Policy tokens"),
      ...{ counted: tokens, isMain: true },
      about: msg("Tokens sampled from the policy"),
      spent: use.policyTokens,
      limit: budget.policyTokens ?? null,
      kind: "count",
    },
    ...split,
    {
      name: msg("PRM tokens"),
      ...{
        counted: prmTokens,
        isMain: false,
      },
      about: msg("Tokens that the verifier read"),
      spent: use.prmTokens,
      limit: budget.prmTokens ?? null,
      kind: "count",
    },
    {
      name: msg("PRM calls"),
      ...{
        counted: prmCalls,
        isMain: false,
      },
      about: msg("Calls of the verifier: a whole solution in one pass is one"),
      spent: use.prmCalls,
      limit: budget.prmCalls ?? null,
      kind: "count",
    },
    {
      name: msg("Wall time"),
      ...{ counted: null, isMain: true },
      about: msg("Time inside the search"),
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
