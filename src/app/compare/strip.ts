import { type Interval, wilson } from "../../lib/interval.ts";
import type { NodeId } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { type AnswerRow, readAnswers } from "../panels/answers/read-answers.ts";
import { solutionsAt } from "../panels/budget/units.ts";

/** How one run stands at a moment. */
export interface Standing {
  /** What it has chosen, or would choose of what has ended so far; null: nothing has an answer. */
  readonly answer: string | null;
  /** Null: nobody can tell, or there is no answer. */
  readonly correct: boolean | null;
  /** Whether it is the run's choice, not only the best so far. */
  readonly isFinal: boolean;
  /** Candidates with that answer, and all that have one. */
  readonly votes: number;
  readonly voters: number;
  /** Share of right ones among the ended candidates that can be checked, with its 95 % interval; null without any. */
  readonly accuracy: (Interval & { readonly hits: number; readonly n: number }) | null;
  readonly solutions: number;
  readonly policyTokens: number;
  readonly prmCalls: number;
  readonly prmTokens: number;
  /** Time inside the search, ms. */
  readonly ms: number;
}

/** How a run stood after an event. O(nodes). */
export function standingAt(tree: Tree, at: number): Standing {
  const table = readAnswers(tree, at);
  const isFinal = table.method !== null;
  const row = isFinal
    ? table.rows.find(({ isSelected }) => isSelected)
    : leading(tree, at, table.rows);
  const { policyTokens, prmCalls, prmTokens, ms } = tree.useAt(at);
  return {
    ...{ answer: row?.answer ?? null, correct: row?.correct ?? null, isFinal },
    votes: row?.nodes.length ?? 0,
    voters: table.rows.reduce((sum, { nodes }) => sum + nodes.length, 0),
    accuracy: accuracyAt(tree, at),
    solutions: solutionsAt(tree, at),
    ...{ policyTokens, prmCalls, prmTokens, ms },
  };
}

/** The answer that a run would choose of what it has, as its strategy weighs them; of equal ones the first. */
function leading(tree: Tree, at: number, rows: readonly AnswerRow[]): AnswerRow | undefined {
  const { strategy, verifier } = tree.started ?? {};
  const isBest = strategy?.name === "bestOfN" && !strategy.weighted;
  const score = (node: NodeId) => {
    const given = verifier ? tree.scoreAt(node, at) : 1;
    return Number.isNaN(given) ? 0 : given;
  };
  const weight = ({ nodes }: AnswerRow) =>
    isBest ? Math.max(...nodes.map(score)) : nodes.reduce((sum, node) => sum + score(node), 0);
  return rows.toSorted((a, b) => weight(b) - weight(a) || a.nodes[0]! - b.nodes[0]!)[0];
}

function accuracyAt(tree: Tree, at: number): Standing["accuracy"] {
  let hits = 0;
  let n = 0;
  for (let node = 0; node < tree.count; node++) {
    if (tree.answeredSeq[node]! < 0) continue;
    const correct = tree.correctAt(node, at);
    if (correct === undefined || correct === null) continue;
    n++;
    if (correct) hits++;
  }
  return n === 0 ? null : { ...wilson(hits, n), hits, n };
}

/**
 * Who is ahead among runs of one problem at one budget: those whose answer is right now,
 * where the others' is not. Nobody where all or none are right, or nobody can tell:
 * shares of right candidates are not compared, they differ by chance.
 */
export function ahead(standings: readonly Standing[]): readonly boolean[] {
  const right = standings.map(({ correct }) => correct === true);
  const isDecided = right.includes(true) && right.includes(false);
  return right.map((isRight) => isDecided && isRight);
}
