import { type Budget, NO_USE, type Use, type UseDelta } from "../protocol/budget.ts";
import { type NodeId, ROOT, type RunEvent, type Strategy } from "../protocol/events.ts";
import { foldLog } from "../protocol/tree.ts";
import { aggregate } from "./aggregate.ts";

/** A log of a search that ran to its end, and what is known of it from elsewhere. */
export interface Evidence {
  readonly log: readonly RunEvent[];
  readonly strategy: Strategy;
  readonly budget: Budget;
  /** What the models did, by their own account, both together. */
  readonly spent: UseDelta;
}

/** A law that every finished log of every strategy obeys; `check` throws an `Error` that says what breaks it. */
export interface Law {
  readonly id: string;
  readonly says: string;
  readonly check: (evidence: Evidence) => void;
}

/**
 * The laws that a log can be held against by itself. They read the log alone
 * and share no code with the searches but the aggregation of scores. The laws
 * that compare runs (S4 to S6, S11, S12) are in `conformance.test.ts`.
 */
export const LOG_LAWS: readonly Law[] = [
  { id: "S1", says: "only open nodes are expanded, and once", check: onlyOpenAreExpanded },
  { id: "S2", says: "ids are dense, and parents come before their children", check: idsAreDense },
  { id: "S3", says: "use is what the models really spent", check: useIsTrue },
  { id: "S7", says: "the fold accepts the log and reads the same tree", check: foldAgrees },
  { id: "S8", says: "no batch begins when its budget is used up", check: budgetsAreHard },
  { id: "S9a", says: "every node ends in exactly one way", check: everyNodeEndsOnce },
  { id: "S9b", says: "who is pruned was beaten, and by whom it says", check: defeatsAreTrue },
  { id: "S9c", says: "copies are marked, and a beam prunes them", check: copiesAreMarked },
  { id: "S9d", says: "a beam keeps the best n/m, and no more", check: beamKeepsTheBest },
  { id: "S10", says: "the answer has the greatest weight of votes", check: votesAreCounted },
  { id: "S13", says: "scores are the aggregation of one raw score a step", check: scoresAddUp },
  { id: "S14", says: "what is finished is answered, and nothing else", check: finishedAreAnswered },
];

interface NodeReading {
  readonly id: NodeId;
  readonly parent: NodeId;
  readonly depth: number;
  expanded: number;
  proposed?: Extract<RunEvent, { type: "proposed" }>;
  scored?: Extract<RunEvent, { type: "scored" }>;
  answered?: Extract<RunEvent, { type: "answered" }>;
  pruned?: PrunedNode;
  prunedSeq: number;
  keptSeq: number;
}

type PrunedNode = Extract<RunEvent, { type: "pruned" }>["nodes"][number];

/** Reads the log again with plain maps, up to an event (not included). */
function readNodes(log: readonly RunEvent[], end = log.length): Map<NodeId, NodeReading> {
  const nodes = new Map<NodeId, NodeReading>([[ROOT, newNode(ROOT, -1, 0)]]);
  for (const event of log.slice(0, end)) {
    switch (event.type) {
      case "expanded": {
        const parent = nodes.get(event.node)!;
        parent.expanded++;
        for (let i = 0; i < event.kids; i++) {
          nodes.set(event.first + i, newNode(event.first + i, parent.id, parent.depth + 1));
        }
        break;
      }
      case "proposed":
        nodes.get(event.node)!.proposed = event;
        break;
      case "scored":
        nodes.get(event.node)!.scored = event;
        break;
      case "answered":
        nodes.get(event.node)!.answered = event;
        break;
      case "kept":
        for (const id of event.nodes) nodes.get(id)!.keptSeq = event.seq;
        break;
      case "pruned":
        for (const loss of event.nodes) {
          Object.assign(nodes.get(loss.node)!, { pruned: loss, prunedSeq: event.seq });
        }
        break;
    }
  }
  return nodes;
}

function newNode(id: NodeId, parent: NodeId, depth: number): NodeReading {
  return { id, parent, depth, expanded: 0, prunedSeq: -1, keptSeq: -1 };
}

function onlyOpenAreExpanded({ log }: Evidence): void {
  for (const [seq, event] of log.entries()) {
    if (event.type !== "expanded") continue;
    const node = readNodes(log, seq).get(event.node);
    demand(node, `node ${event.node} was expanded before it was announced`);
    demand(node.expanded === 0, `node ${node.id} was expanded twice`);
    demand(!node.pruned, `node ${node.id} was expanded after it was pruned`);
    const isOpen = node.id === ROOT || node.proposed?.ended === "step";
    demand(isOpen, `node ${node.id} was expanded though it ended with ${node.proposed?.ended}`);
  }
}

function idsAreDense({ log }: Evidence): void {
  let next = ROOT + 1;
  const open = new Set<NodeId>();
  const known = new Set<NodeId>([ROOT]);
  for (const [seq, event] of log.entries()) {
    demand(event.seq === seq, `event ${seq} has the seq ${event.seq}`);
    if (event.type === "expanded") {
      demand(event.first === next, `node ${event.first} was announced where ${next} was due`);
      demand(known.has(event.node), `children of node ${event.node} came before its step`);
      for (let i = 0; i < event.kids; i++) open.add(next++);
    } else if (event.type === "proposed") {
      demand(open.delete(event.node), `node ${event.node} got a step that was not due`);
      known.add(event.node);
    }
  }
  demand(open.size === 0, `nodes ${[...open]} never got a step`);
  demand(log[0]?.type === "started", "the log does not begin with started");
}

function useIsTrue({ log, spent }: Evidence): void {
  let last: Use = NO_USE;
  for (const event of log) {
    if (!("use" in event)) continue;
    for (const unit of [
      "policyTokens",
      "promptTokens",
      "policyCalls",
      "prmTokens",
      "prmCalls",
      "ms",
    ] as const) {
      demand(event.use[unit] >= last[unit], `${unit} fell at event ${event.seq}`);
    }
    last = event.use;
  }
  const { ms: _, ...total } = last;
  const [stated, real] = [total, spent].map((use) => JSON.stringify(Object.entries(use).sort()));
  demand(stated === real, `the log says ${stated}, the models ${real}`);
}

function foldAgrees({ log }: Evidence): void {
  const tree = foldLog(log);
  const nodes = readNodes(log);
  demand(tree.count === nodes.size, `the fold has ${tree.count} nodes, the log ${nodes.size}`);
  demand(tree.ending?.type === "finished", "the fold knows no end");
  for (const { id, parent, depth, scored, pruned, keptSeq } of nodes.values()) {
    demand(tree.parent[id] === parent && tree.depth[id] === depth, `node ${id} hangs elsewhere`);
    const status = pruned ? "pruned" : keptSeq >= 0 ? "kept" : "open";
    demand(
      tree.statusAt(id) === status,
      `the fold has node ${id} ${tree.statusAt(id)}, not ${status}`,
    );
    const score = scored ? Math.fround(scored.score) : Number.NaN;
    demand(Object.is(tree.score[id], score), `the fold scores node ${id} ${tree.score[id]}`);
  }
}

function budgetsAreHard({ log, budget, strategy }: Evidence): void {
  const scores = strategy.name === "beam" || strategy.name === "bestOfN";
  let use: Use = NO_USE;
  let sampled = 0;
  for (const event of log) {
    if ("use" in event) {
      const { prmCalls = Number.POSITIVE_INFINITY } = budget;
      use = event.use;
      demand(use.prmCalls <= prmCalls, `${use.prmCalls} PRM calls where ${prmCalls} are allowed`);
    }
    if (event.type === "round") sampled = 0;
    if (event.type !== "expanded") continue;
    sampled += event.kids;
    const { solutions = sampled } = budget;
    demand(sampled <= solutions, `${sampled} steps in a round for ${solutions} solutions`);
    for (const unit of scores ? ALL_UNITS : POLICY_UNITS) {
      const limit = budget[unit] ?? Number.POSITIVE_INFINITY;
      const spent = use[unit];
      demand(spent < limit, `node ${event.node} was expanded after ${spent} ${unit} of ${limit}`);
    }
  }
}

const POLICY_UNITS = ["policyTokens", "ms"] as const;
const ALL_UNITS = [...POLICY_UNITS, "prmTokens", "prmCalls"] as const;

function everyNodeEndsOnce({ log, strategy }: Evidence): void {
  const gone = namesPruned(log);
  const { path, answer } = selectedIn(log);
  for (const id of path) demand(!gone.has(id), `node ${id} is selected and pruned`);
  for (const { id, expanded, keptSeq, answered } of readNodes(log).values()) {
    if (id === ROOT) continue;
    if (expanded > 0) {
      demand(!gone.has(id), `node ${id} was expanded and pruned`);
      const mayGoOn = strategy.name !== "beam" || keptSeq >= 0;
      demand(mayGoOn, `node ${id} was expanded though the beam did not keep it`);
    } else if (!gone.has(id)) {
      demand(keptSeq >= 0, `node ${id} ends neither kept nor pruned`);
      demand(answered, `node ${id} ends kept without an answer`);
      demand(answer !== null, `node ${id} ends kept where nothing was selected`);
    }
  }
}

/** Everything that was pruned; demands that it was so once, and never kept again. */
function namesPruned(log: readonly RunEvent[]): Set<NodeId> {
  const gone = new Set<NodeId>();
  for (const event of log) {
    if (event.type === "kept") {
      const back = event.nodes.find((id) => gone.has(id));
      demand(back === undefined, `node ${back} was kept after it was pruned`);
    } else if (event.type === "pruned") {
      for (const { node } of event.nodes) {
        demand(!gone.has(node), `node ${node} was pruned twice`);
        gone.add(node);
      }
    }
  }
  return gone;
}

function defeatsAreTrue({ log, strategy, budget }: Evidence): void {
  const nodes = readNodes(log);
  const { path, votes } = selectedIn(log);
  const winner = path.at(-1) ?? null;
  const checks: Partial<
    Record<PrunedNode["reason"], (node: NodeReading, loss: PrunedNode) => void>
  > = {
    duplicate({ proposed, scored, expanded }, { beatenBy }) {
      demand(proposed?.duplicateOf === beatenBy, "beaten by another node than its original");
      demand(!scored && expanded === 0, "a duplicate was scored or expanded");
      const original = nodes.get(beatenBy!)?.proposed;
      demand(original && original.seq < proposed.seq, "its original came later");
      demand(original.step === proposed.step, "its original says something else");
    },
    invalid({ proposed, answered }) {
      const isUnreadable = answered?.canonical === null;
      demand(proposed?.ended === "length" || isUnreadable, "there is nothing invalid about it");
    },
    superseded({ answered }, { beatenBy, rank }) {
      demand(beatenBy === winner, "superseded by another node than the selected one");
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
    budget() {
      demand(Object.keys(budget).length > 0, "there is no budget");
    },
    max_depth({ depth }) {
      const limit = strategy.name === "beam" ? strategy.maxRounds : 64;
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

function copiesAreMarked({ log, strategy }: Evidence): void {
  const nodes = readNodes(log);
  const firsts = new Map<string, NodeId>();
  const steps = [...nodes.values()].filter(({ proposed }) => proposed);
  for (const { id, proposed, pruned } of steps.sort((a, b) => seqOf(a) - seqOf(b))) {
    const isCopy = proposed?.duplicateOf !== undefined;
    if (strategy.name === "beam") {
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

function stepsTo(nodes: Map<NodeId, NodeReading>, leaf: NodeId): string[] {
  const steps: string[] = [];
  for (let id = leaf; id !== ROOT; id = nodes.get(id)!.parent) {
    steps.unshift(nodes.get(id)!.proposed!.step);
  }
  return steps;
}

function beamKeepsTheBest({ log, strategy, budget }: Evidence): void {
  if (strategy.name !== "beam") return;
  const width = Math.max(1, Math.floor(strategy.n / strategy.m));
  let survivors: NodeReading[] = [];
  for (const { round, start, end } of roundsIn(log)) {
    const nodes = readNodes(log, end);
    const inRound = log.slice(start, end);
    const sampled = inRound.flatMap((event) => (event.type === "expanded" ? [event.kids] : []));
    demand(sum(sampled) <= strategy.n, `round ${round} sampled ${sum(sampled)} of ${strategy.n}`);
    const scored = inRound.flatMap((event) =>
      event.type === "scored" ? [nodes.get(event.node)!] : [],
    );
    const finished = survivors.filter(({ answered }) => answered);
    const ranked = [...finished, ...scored].sort(byScore);
    const best = ranked.slice(0, width);
    const kept = inRound.flatMap((event) => (event.type === "kept" ? event.nodes : []));
    const hasOpen = best.some(({ answered }) => !answered);
    if (kept.length > 0) {
      demand(round < strategy.maxRounds && hasOpen, `round ${round} kept nodes for no next round`);
      const outOfBudget = best.filter(({ pruned }) => pruned?.reason === "budget");
      const expected = best.filter((node) => !outOfBudget.includes(node)).map(({ id }) => id);
      demand(same(kept, expected), `round ${round} kept ${kept}, the best were ${expected}`);
      const isFull = budget.solutions !== undefined || budget.prmCalls !== undefined;
      demand(
        isFull || sampled[0] === (round === 1 ? strategy.n : Math.min(strategy.m, strategy.n)),
        `round ${round} sampled ${sampled} of each`,
      );
    } else {
      const mustEnd = round === strategy.maxRounds || !hasOpen || Object.keys(budget).length > 0;
      demand(mustEnd, `the search ended in round ${round} for no reason`);
    }
    survivors = kept.map((id) => nodes.get(id)!);
  }
}

/** The rounds before the final choice: `start` and `end` are indices of the log. */
function roundsIn(log: readonly RunEvent[]): { round: number; start: number; end: number }[] {
  const starts = [...log.entries()].flatMap(([start, event]) => {
    const opens = event.type === "round" && (event.phase === "expand" || event.phase === "select");
    return opens ? [{ round: event.round, start }] : [];
  });
  return starts.slice(0, -1).map((opened, i) => ({ ...opened, end: starts[i + 1]!.start }));
}

function byScore(a: NodeReading, b: NodeReading): number {
  return b.scored!.score - a.scored!.score || a.id - b.id;
}

function votesAreCounted({ log, strategy }: Evidence): void {
  const choice = log.findIndex((event) => event.type === "round" && event.phase === "select");
  const nodes = readNodes(log, choice);
  const finalists = [...nodes.values()].filter(({ answered, pruned }) => answered && !pruned);
  const { votes, path, method, answer, correct, unreadable } = selectedIn(log);
  demand(method === methodOf(strategy), `${strategy.name} chose by ${method}`);
  const counted = Map.groupBy(finalists, ({ answered }) => answered!.canonical);
  demand(unreadable === (counted.get(null)?.length ?? 0), `${unreadable} are not the unreadable`);
  counted.delete(null);
  demand(votes.length === counted.size, `${votes.length} votes for ${counted.size} answers`);
  for (const [i, vote] of votes.entries()) {
    const group = counted.get(vote.canonical) ?? [];
    demand(
      same(
        vote.nodes,
        group.map(({ id }) => id),
      ),
      `vote ${i} counts ${vote.nodes}`,
    );
    const scores = group.map(({ scored }) => scored?.score ?? 1);
    const weight = {
      majority: group.length,
      weighted_majority: sum(scores),
      argmax: Math.max(...scores),
      human: Number.NaN,
    }[method];
    demand(Math.abs(weight - vote.weight) < 1e-9, `vote ${i} weighs ${weight}, not ${vote.weight}`);
    const next = votes[i + 1];
    if (next) demand(vote.weight >= next.weight, `vote ${i} weighs less than the one after it`);
    if (next?.weight === vote.weight && method !== "argmax") {
      demand(vote.nodes[0]! < next.nodes[0]!, `vote ${i} ties with the next, which has a lower id`);
    }
  }
  const { why } = log.at(-1) as Extract<RunEvent, { type: "finished" }>;
  demand((why === "no_answer") === (votes.length === 0), `${why} after ${votes.length} votes`);
  demand(
    (path.length === 0) === (votes.length === 0),
    "a path without votes, or votes without a path",
  );
  const [elected] = votes;
  if (!elected) return;
  const group = counted.get(elected.canonical)!;
  const best = group.reduce((a, b) => ((b.scored?.score ?? 1) > (a.scored?.score ?? 1) ? b : a));
  demand(path.at(-1) === best.id, `node ${path.at(-1)} speaks for the answer, not node ${best.id}`);
  for (const [i, id] of path.entries())
    demand(nodes.get(id)?.parent === (path[i - 1] ?? -1), `the path breaks at node ${id}`);
  const { answered } = best;
  demand(
    answer === answered?.answer && correct === answered?.correct,
    "the answer is not its leaf's",
  );
}

function methodOf(strategy: Strategy): string {
  switch (strategy.name) {
    case "greedy":
      return "argmax";
    case "majority":
      return "majority";
    case "bestOfN":
      return strategy.weighted ? "weighted_majority" : "argmax";
    case "beam":
      return "weighted_majority";
  }
}

function scoresAddUp({ log, strategy }: Evidence): void {
  const isScored = strategy.name === "beam" || strategy.name === "bestOfN";
  const nodes = readNodes(log);
  const seen = new Set<NodeId>();
  for (const event of log) {
    if (event.type !== "scored") continue;
    const { node, score, steps } = event;
    demand(isScored, `${strategy.name} scored node ${node}`);
    demand(!seen.has(node), `node ${node} was scored twice`);
    seen.add(node);
    const { depth } = nodes.get(node)!;
    demand(steps.length === depth, `node ${node} has ${steps.length} scores at depth ${depth}`);
    const expected = isScored ? aggregate(steps, strategy.aggregation) : Number.NaN;
    demand(score === expected, `node ${node} has the score ${score}, not ${expected}`);
  }
  for (const id of selectedIn(log).path.slice(1)) {
    demand(!isScored || seen.has(id), `node ${id} is selected and was never scored`);
  }
}

function finishedAreAnswered({ log }: Evidence): void {
  for (const [seq, event] of log.entries()) {
    const next = log[seq + 1];
    if (event.type === "proposed" && event.ended === "stop") {
      const isAnswered = next?.type === "answered" && next.node === event.node;
      demand(isAnswered, `node ${event.node} finished and was not answered at once`);
    }
    if (event.type === "answered") {
      const before = log[seq - 1];
      const isFinished = before?.type === "proposed" && before.ended === "stop";
      demand(
        isFinished && before.node === event.node,
        `node ${event.node} was answered unfinished`,
      );
      const isReadable = event.canonical !== null;
      demand(isReadable || event.correct === null, `node ${event.node} is graded and unreadable`);
    }
  }
}

function selectedIn(log: readonly RunEvent[]): Extract<RunEvent, { type: "selected" }> {
  const [last, ...others] = log.filter((event) => event.type === "selected");
  demand(last && others.length === 0, "a finished log has exactly one choice");
  demand(log.at(-1)?.type === "finished", "the log does not end in finished");
  return last;
}

function same(a: readonly NodeId[], b: readonly NodeId[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function demand(holds: unknown, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
