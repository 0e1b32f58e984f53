import { type NodeId, ROOT } from "../protocol/events.ts";
import type { Strategy, StrategyName } from "../protocol/strategies.ts";
import { factsOf } from "../protocol/strategy-facts/table.ts";
import {
  demand,
  type Evidence,
  type NodeReading,
  namesPruned,
  type PrunedNode,
  readNodes,
  roundsIn,
  same,
  selectedIn,
  stepsTo,
  sum,
} from "./log-reading.ts";
import { deepest } from "./strategies.ts";

/** S9a: every node ends in exactly one way. */
export function everyNodeEndsOnce({ log, strategy }: Evidence): void {
  const gone = namesPruned(log);
  const { path, answer } = selectedIn(log);
  for (const id of path) demand(!gone.has(id), `node ${id} is selected and pruned`);
  const nodes = readNodes(log);
  for (const { id, expanded, keptSeq, answered } of nodes.values()) {
    if (id === ROOT) continue;
    if (expanded) {
      demand(!gone.has(id), `node ${id} was expanded and pruned`);
      const mayGoOn = factsOf(strategy).width === undefined || keptSeq >= 0;
      demand(mayGoOn, `node ${id} was expanded though it was not kept`);
    } else if (!gone.has(id) && !livesInARollout(nodes, id)) {
      demand(keptSeq >= 0, `node ${id} ends neither kept nor pruned`);
      demand(answered, `node ${id} ends kept without an answer`);
      demand(answer !== null, `node ${id} ends kept where nothing was selected`);
    }
  }
}

/** S9b: who is pruned was beaten, and by whom it says. */
export function defeatsAreTrue({ log, strategy, budget }: Evidence): void {
  const nodes = readNodes(log);
  const { path, votes } = selectedIn(log);
  const winner = path.at(-1) ?? null;
  const checks: Partial<
    Record<PrunedNode["reason"], (node: NodeReading, loss: PrunedNode) => void>
  > = {
    duplicate({ id, parent, proposed, scored, expanded }, { beatenBy }) {
      const by = nodes.get(beatenBy!)!;
      const says = ({ id, proposed: words }: NodeReading) => words?.duplicateOf ?? id;
      demand(proposed?.duplicateOf === says(by), "beaten by a node that says something else");
      demand(by.parent === parent, "beaten by a node elsewhere");
      demand(!scored && !expanded, "a duplicate was scored or expanded");
      const original = nodes.get(beatenBy!)?.proposed;
      // What repeats another subtree has no original among its siblings: the older stands.
      const isOriginal = says(by) === beatenBy;
      const isOlder = isOriginal ? original!.seq < proposed.seq : beatenBy! < id;
      demand(original && isOlder, "its original came later");
      demand(original.step === proposed.step, "its original says something else");
    },
    invalid({ proposed, answered }) {
      const isUnreadable = answered?.canonical === null;
      demand(proposed?.ended === "length" || isUnreadable, "there is nothing invalid about it");
    },
    superseded(node, { beatenBy, rank }) {
      const { answered, proposed } = node;
      if (proposed?.origin === "rollout" && beatenBy !== winner) {
        demand(rolledOutFrom(nodes, node) === beatenBy, "not a rollout from there");
        return;
      }
      demand(beatenBy === winner, "superseded by another node than the selected one");
      if (!answered) {
        demand(rank === null && isUnlimited(log), "unfinished for no reason");
        return;
      }
      const place = votes.findIndex(({ canonical }) => canonical === answered?.canonical);
      demand(place > 0 && rank === place + 1, `its answer is vote ${place + 1}, not ${rank}`);
    },
    not_top_k({ id, scored }, { cut, beatenBy }) {
      const last = nodes.get(beatenBy!)?.scored;
      demand(scored && last && cut !== null, "not ranked by a score");
      demand(last.score === cut, `the cut ${cut} is not the score of node ${beatenBy}`);
      const isBeaten = scored.score < cut || (scored.score === cut && last.node < id);
      demand(isBeaten, `its score ${scored.score} was not below the cut ${cut}`);
    },
    below_threshold({ scored }, { rank, cut, beatenBy }) {
      demand(strategy.name === "totDfs" && cut === strategy.threshold, "there is no threshold");
      demand(scored && scored.score < cut, `its score ${scored?.score} is not below ${cut}`);
      demand(rank === null && beatenBy === null, "a threshold ranks nobody");
    },
    not_resampled({ scored }, { rank, cut, beatenBy }) {
      demand(scored && strategy.name === "particles", "nothing was drawn");
      demand(rank === null && cut === null && beatenBy === null, "a draw ranks nobody");
    },
    budget() {
      demand(Object.keys(budget).length > 0, "there is no budget");
    },
    max_depth({ depth }) {
      const limit = deepest(strategy);
      demand(depth === limit, `it is at depth ${depth} of ${limit}`);
    },
  };
  for (const node of nodes.values()) {
    if (!node.pruned) continue;
    const { reason } = node.pruned;
    try {
      const check = checks[reason];
      demand(check, "no search prunes for this");
      check(node, node.pruned);
    } catch (error) {
      throw new Error(`node ${node.id}, pruned as ${reason}: ${(error as Error).message}`);
    }
  }
}

/** S9c: copies are marked, and a beam prunes them. */
export function copiesAreMarked({ log, strategy }: Evidence): void {
  const nodes = readNodes(log);
  const firsts = new Map<string, NodeId>();
  const steps = [...nodes.values()].filter(({ proposed }) => proposed);
  for (const { id, proposed, pruned } of steps.sort((a, b) => seqOf(a) - seqOf(b))) {
    const isCopy = proposed?.duplicateOf !== undefined;
    if (MERGES_COPIES.has(strategy.name)) {
      demand(
        isCopy === (pruned?.reason === "duplicate"),
        `node ${id} is a copy and not pruned as one`,
      );
    }
    // Finished ones may differ in what was stated, which a log does not hold.
    if (proposed?.ended !== "step") continue;
    const text = JSON.stringify(stepsTo(nodes, id));
    const first = firsts.get(text);
    demand(proposed.duplicateOf === first, `node ${id} says what node ${first} said first`);
    if (first === undefined) firsts.set(text, id);
  }
}

function seqOf({ proposed }: NodeReading): number {
  return proposed!.seq;
}

/** Strategies in which all copies are pruned, wherever they are. */
const MERGES_COPIES: ReadonlySet<StrategyName> = new Set(["beam", "lookahead", "totBfs"]);

/** How many a search with one pool samples at first, keeps, and samples of each; `null` for others. */
function poolOf(strategy: Strategy) {
  switch (strategy.name) {
    case "beam":
    case "lookahead": {
      const { n, m, maxRounds, stopAt } = strategy;
      const width = Math.max(1, Math.floor(n / m));
      return { first: n, most: n, width, kids: Math.min(m, n), maxRounds, stopAt };
    }
    case "totBfs": {
      const { keep, width: kids, maxRounds, stopAt } = strategy;
      return { first: kids, most: keep * kids, width: keep, kids, maxRounds, stopAt };
    }
    default:
      return null;
  }
}

/** S9d: a beam keeps the best n/m, Tree of Thoughts the best b, and no more. */
export function beamKeepsTheBest({ log, strategy, budget }: Evidence): void {
  const pool = poolOf(strategy);
  if (pool === null) return;
  const { width, maxRounds, stopAt } = pool;
  let survivors: NodeReading[] = [];
  for (const { round, start, end } of roundsIn(log)) {
    const nodes = readNodes(log, end);
    const inRound = log.slice(start, end);
    const sampled = inRound.flatMap((event) => {
      const isPlanned = event.type === "expanded" && !isAhead(nodes, event.first);
      return isPlanned ? [event.kids] : [];
    });
    demand(sum(sampled) <= pool.most, `round ${round} sampled ${sum(sampled)} of ${pool.most}`);
    const scored = inRound.flatMap((event) =>
      // What was looked ahead to is deeper.
      event.type === "scored" && nodes.get(event.node)!.depth === round
        ? [nodes.get(event.node)!]
        : [],
    );
    const finished = survivors.filter(({ answered }) => answered);
    const ranked = [...finished, ...scored].sort(byScore);
    const best = ranked.slice(0, width);
    const kept = inRound.flatMap((event) => (event.type === "kept" ? event.nodes : []));
    const hasOpen = best.some(({ answered }) => !answered);
    if (kept.length > 0) {
      demand(!ranked.some((node) => isGoodEnough(node, stopAt)), `round ${round} was enough`);
      demand(round < maxRounds && hasOpen, `round ${round} kept nodes for no next round`);
      const outOfBudget = best.filter(({ pruned }) => pruned?.reason === "budget");
      const expected = best.filter((node) => !outOfBudget.includes(node)).map(({ id }) => id);
      demand(same(kept, expected), `round ${round} kept ${kept}, the best were ${expected}`);
      const isFull = budget.solutions !== undefined || budget.prmCalls !== undefined;
      demand(
        isFull || sampled[0] === (round === 1 ? pool.first : pool.kids),
        `round ${round} sampled ${sampled} of each`,
      );
    } else {
      const isDecided = ranked.some((node) => isGoodEnough(node, stopAt));
      const isLimited = round === maxRounds || Object.keys(budget).length > 0;
      const mustEnd = isLimited || !hasOpen || isDecided;
      demand(mustEnd, `the search ended in round ${round} for no reason`);
    }
    survivors = kept.map((id) => nodes.get(id)!);
  }
}

function isGoodEnough({ answered, scored }: NodeReading, stopAt: number | undefined): boolean {
  return stopAt !== undefined && answered?.canonical != null && scored!.score >= stopAt;
}

function isAhead(nodes: Map<NodeId, NodeReading>, id: NodeId): boolean {
  return nodes.get(id)!.proposed?.origin === "rollout";
}

/** Whether a rollout went on from a node to an end of its own, where its fate is told. */
function livesInARollout(nodes: Map<NodeId, NodeReading>, id: NodeId): boolean {
  return [...nodes.values()].some(({ parent, pruned, proposed }) => {
    const wasOnlyAhead = pruned?.reason === "superseded" && pruned.rank === null;
    return parent === id && proposed?.origin === "rollout" && !wasOnlyAhead;
  });
}

/** The candidate that a rollout node was looked ahead to from: the nearest that was sampled, or stands for one that was. */
function rolledOutFrom(nodes: Map<NodeId, NodeReading>, { parent }: NodeReading): NodeId {
  const copies = [...nodes.values()].filter(({ pruned }) => pruned?.reason === "duplicate");
  const standIns = new Set(copies.map(({ pruned }) => pruned?.beatenBy));
  let at = nodes.get(parent)!;
  while (isAhead(nodes, at.id) && !standIns.has(at.id)) at = nodes.get(at.parent)!;
  return at.id;
}

/** Whether the search ended by itself, and so what is open had its chance. */
function isUnlimited(log: Evidence["log"]): boolean {
  const end = log.at(-1);
  return end?.type === "finished" && end.why !== "max_rounds";
}

function byScore(a: NodeReading, b: NodeReading): number {
  return b.scored!.score - a.scored!.score || a.id - b.id;
}
