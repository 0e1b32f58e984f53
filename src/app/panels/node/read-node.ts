import { type NodeId, ROOT } from "../../../protocol/events.ts";
import type { Origin } from "../../../protocol/proposals.ts";
import type { NodeStatus } from "../../../protocol/statuses.ts";
import type { SharesWords } from "../../../protocol/strategy-facts/facts.ts";
import { factsOf } from "../../../protocol/strategy-facts/table.ts";
import type { Tree } from "../../../protocol/tree.ts";
import type { Visits } from "../../../protocol/visits.ts";
import type { PruneFacts } from "./why-pruned.ts";

/** One line of a solution, as far as it was known at a moment. */
export interface PrefixLine {
  readonly node: NodeId;
  readonly text: string;
  /** NaN: not scored by then. */
  readonly score: number;
  readonly isSampling: boolean;
}

/** Everything that the panel says about a node at a moment; `null` where the log says nothing. */
export interface NodeFacts {
  readonly node: NodeId;
  readonly depth: number;
  readonly unit: "step" | "token";
  readonly status: NodeStatus;
  readonly score: number;
  /** What a second verifier says of it, which decides nothing. */
  readonly second: { readonly score: number; readonly name: string } | null;
  /** If the score is that of the end of a rollout: the end, and the score of the node's own step. */
  readonly rollout: { readonly end: NodeId; readonly own: number | null } | null;
  /** How often a tree search went through it, and what it found. */
  readonly visits: Visits | null;
  /** What those are called where they tell of shares and not of a tree search. */
  readonly shares: SharesWords | null;
  readonly logprob: number | null;
  readonly tokens: number | null;
  readonly ended: "step" | "stop" | "length" | null;
  readonly origin: Origin | null;
  readonly duplicateOf: NodeId | null;
  /** Of the first step of another attempt: where the one before it ended. */
  readonly revises: NodeId | null;
  readonly proposed: Moment | null;
  readonly scored: Moment | null;
  readonly pruned: (PruneFacts & { readonly when: Moment }) | null;
  readonly answer: {
    readonly answer: string | null;
    readonly correct: boolean | null;
  } | null;
  readonly isSelected: boolean;
}

/** When something happened in a run. */
export interface Moment {
  readonly seq: number;
  /** `null` before the first round. */
  readonly round: number | null;
  /** ms since the run began. */
  readonly ms: number;
}

/** Reads what is known of a node at `at`. Throws if it is not there yet. */
export function readNode(tree: Tree, node: NodeId, at: number): NodeFacts {
  if (node >= tree.count) throw new Error(`no node ${node} among ${tree.count}`);
  const proposed = momentIf(tree, tree.proposedSeq[node]!, at);
  const answer = tree.answer(node, at);
  const known = proposed !== null;
  return {
    node,
    depth: tree.depth[node]!,
    unit: tree.unit,
    status: tree.statusAt(node, at),
    score: tree.scoreAt(node, at),
    second: readSecond(tree, node, at),
    rollout: readRollout(tree, node, at),
    visits: tree.visitsAt(node, at),
    shares: (tree.started && factsOf(tree.started.strategy).shares) ?? null,
    logprob: known ? numberOrNull(tree.logprob[node]!) : null,
    tokens: known ? tree.tokens[node]! : null,
    ended: known ? tree.endedBy(node) : null,
    origin: known ? tree.origin(node) : null,
    duplicateOf: known && tree.duplicateOf(node) >= 0 ? tree.duplicateOf(node) : null,
    revises: known && tree.revises(node) >= 0 ? tree.revises(node) : null,
    proposed,
    scored: momentIf(tree, tree.scoredSeq[node]!, at),
    pruned: readPruning(tree, node, at),
    answer: answer && { answer: answer.answer, correct: answer.correct },
    isSelected: tree.selectedAt(at)?.path.includes(node) ?? false,
  };
}

/** The lines of a node's prefix from the first step on, the node's own last. */
export function readPrefix(tree: Tree, node: NodeId, at: number): PrefixLine[] {
  return tree
    .path(node)
    .filter((step) => step !== ROOT)
    .map((step) => {
      const proposedSeq = tree.proposedSeq[step]!;
      const isSampling = proposedSeq < 0 || proposedSeq > at;
      return {
        node: step,
        text: isSampling ? "" : tree.step(step),
        score: tree.scoreAt(step, at),
        isSampling,
      };
    });
}

/** The moment of an event of a run. */
function momentOf(tree: Tree, seq: number): Moment {
  const index = tree.roundAt(seq);
  return {
    seq,
    round: index < 0 ? null : tree.rounds[index]!.round,
    ms: tree.timeAt(seq),
  };
}

function momentIf(tree: Tree, seq: number, at: number): Moment | null {
  return seq < 0 || seq > at ? null : momentOf(tree, seq);
}

function readSecond(tree: Tree, node: NodeId, at: number): NodeFacts["second"] {
  const score = tree.secondScoreAt(node, at);
  if (Number.isNaN(score)) return null;
  return { score, name: tree.started?.second?.name ?? "unknown" };
}

function readRollout(tree: Tree, node: NodeId, at: number): NodeFacts["rollout"] {
  const end = tree.rolledOutTo(node, at);
  return end < 0 ? null : { end, own: tree.stepScores(node, at)?.at(-1) ?? null };
}

function readPruning(tree: Tree, node: NodeId, at: number): NodeFacts["pruned"] {
  const pruning = tree.pruningAt(node, at);
  if (pruning === null) return null;
  const { seq, ...evidence } = pruning;
  const strategy = tree.started?.strategy;
  const when = momentOf(tree, seq);
  return {
    ...evidence,
    when,
    round: when.round,
    kept: strategy ? (factsOf(strategy).width?.(strategy) ?? null) : null,
    score: numberOrNull(tree.scoreAt(node, at)),
    unit: tree.unit,
    isAhead: tree.origin(node) === "rollout",
    ended: tree.endedBy(node),
  };
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
