import { NO_USE, type Use } from "../protocol/budget.ts";
import { type NodeId, ROOT, type RunEvent } from "../protocol/events.ts";
import type { StrategyName } from "../protocol/strategies.ts";
import { factsOf, usesVerifier } from "../protocol/strategy-facts/table.ts";
import { foldLog } from "../protocol/tree.ts";
import { aggregate } from "./aggregate.ts";
import {
  demand,
  type Evidence,
  type NodeReading,
  readNodes,
  same,
  selectedIn,
  sum,
} from "./log-reading.ts";
import { likelihoodsAddUp, tokenBeamKeepsTheLikeliest } from "./token-laws.ts";
import {
  beamKeepsTheBest,
  copiesAreMarked,
  defeatsAreTrue,
  everyNodeEndsOnce,
} from "./verdict-laws.ts";

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
  { id: "S8b", says: "no limit is passed by more than one step", check: limitsArePassedByOneStep },
  { id: "S9a", says: "every node ends in exactly one way", check: everyNodeEndsOnce },
  { id: "S9b", says: "who is pruned was beaten, and by whom it says", check: defeatsAreTrue },
  { id: "S9c", says: "copies are marked, and a beam prunes them", check: copiesAreMarked },
  { id: "S9d", says: "a beam keeps the best n/m, and no more", check: beamKeepsTheBest },
  { id: "S9e", says: "a beam over tokens keeps the likeliest", check: tokenBeamKeepsTheLikeliest },
  { id: "S10", says: "the answer has the greatest weight of votes", check: votesAreCounted },
  { id: "S13", says: "scores are the aggregation of one raw score a step", check: scoresAddUp },
  { id: "S14", says: "what is finished is answered, and nothing else", check: finishedAreAnswered },
];

function onlyOpenAreExpanded({ log, budget, strategy }: Evidence): void {
  const ends = new Map<NodeId, string>([[ROOT, "step"]]);
  const gone = new Set<NodeId>();
  for (const event of log) {
    if (event.type === "proposed") ends.set(event.node, event.ended);
    if (event.type === "pruned") for (const { node } of event.nodes) gone.add(node);
    if (event.type !== "expanded") continue;
    const { node } = event;
    const ended = ends.get(node);
    demand(ended, `node ${node} was expanded before it had a step`);
    demand(!gone.has(node), `node ${node} was expanded after it was pruned`);
    demand(ended === "step", `node ${node} was expanded though it ended with ${ended}`);
  }
  onceInARound({ log, budget, strategy });
}

/** Who begins at the problem more than once. */
const BEGINS_AGAIN: ReadonlySet<StrategyName> = new Set(["revisions", "computeOptimal"]);

function onceInARound({ log, budget, strategy }: Omit<Evidence, "spent">): void {
  const nodes = readNodes(log);
  const isAhead = (first: NodeId) => nodes.get(first)!.proposed?.origin === "rollout";
  for (const { id, batches } of nodes.values()) {
    for (const part of [true, false]) {
      const phases = batches
        .filter(({ first }) => isAhead(first) === part)
        .map(({ phase }) => phase);
      // Near a limit on tokens one expansion takes several batches.
      if (id === ROOT && BEGINS_AGAIN.has(strategy.name)) continue;
      const times = budget.policyTokens === undefined ? phases.length : new Set(phases).size;
      demand(times <= 1, `node ${id} was expanded ${times} times`);
    }
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
  const nodes = readNodes(log);
  const sampled = new Map<number, number>();
  let use: Use = NO_USE;
  for (const event of log) {
    if ("use" in event) {
      const { prmCalls = Number.POSITIVE_INFINITY } = budget;
      use = event.use;
      demand(use.prmCalls <= prmCalls, `${use.prmCalls} PRM calls where ${prmCalls} are allowed`);
    }
    if (event.type !== "expanded") continue;
    const depth = nodes.get(event.node)!.depth + 1;
    // A beam over tokens asks once for all that may follow a prefix.
    const asked = strategy.name === "tokenBeam" ? 1 : event.kids;
    const steps = (sampled.get(depth) ?? 0) + asked;
    sampled.set(depth, steps);
    const { solutions = steps } = budget;
    demand(steps <= solutions, `${steps} steps at depth ${depth} for ${solutions} solutions`);
    for (const unit of usesVerifier(strategy) ? ALL_UNITS : POLICY_UNITS) {
      const limit = budget[unit] ?? Number.POSITIVE_INFINITY;
      const spent = use[unit];
      demand(spent < limit, `node ${event.node} was expanded after ${spent} ${unit} of ${limit}`);
    }
  }
}

function limitsArePassedByOneStep({ log, budget, strategy }: Evidence): void {
  const uses = log.flatMap((event) => ("use" in event ? [event.use] : []));
  const units = usesVerifier(strategy)
    ? (["policyTokens", "prmTokens"] as const)
    : (["policyTokens"] as const);
  for (const unit of units) {
    const limit = budget[unit] ?? Number.POSITIVE_INFINITY;
    const spent = uses.map((use) => use[unit]);
    const longest = Math.max(...spent.map((total, i) => total - (spent[i - 1] ?? 0)));
    const total = spent.at(-1) ?? 0;
    const isExact = unit === "policyTokens" && factsOf(strategy).unit === "token";
    demand(!isExact || total <= limit, `${total} ${unit} spent of ${limit}, a token at a time`);
    demand(
      total - longest < limit,
      `${total} ${unit} spent of ${limit}, in steps of at most ${longest}`,
    );
  }
}

const POLICY_UNITS = ["policyTokens", "ms"] as const;
const ALL_UNITS = [...POLICY_UNITS, "prmTokens", "prmCalls"] as const;

function votesAreCounted({ log, strategy }: Evidence): void {
  const choice = log.findLastIndex((event) => event.type === "round" && event.phase === "select");
  const nodes = readNodes(log, choice);
  const finalists = [...nodes.values()].filter(({ answered, pruned }) => answered && !pruned);
  const { votes, path, method, answer, correct, unreadable } = selectedIn(log);
  demand(method === factsOf(strategy).selection(strategy), `${strategy.name} chose by ${method}`);
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

function scoresAddUp({ log, strategy }: Evidence): void {
  if (factsOf(strategy).unit === "token") {
    likelihoodsAddUp({ log, strategy });
    return;
  }
  const isScored =
    "aggregation" in strategy &&
    !(strategy.name === "revisions" && strategy.selection === "majority");
  const nodes = readNodes(log);
  const seen = new Set<NodeId>();
  for (const event of log) {
    if (event.type !== "scored") continue;
    const { node, score, steps, rolledOutTo } = event;
    demand(isScored, `${strategy.name} scored node ${node}`);
    const { depth, proposed } = nodes.get(node)!;
    // A rollout's first step may become a candidate, and is then judged as one.
    demand(!seen.has(node) || proposed?.origin === "rollout", `node ${node} was scored twice`);
    seen.add(node);
    demand(steps.length === depth, `node ${node} has ${steps.length} scores at depth ${depth}`);
    const whole = rolledOutTo === undefined ? steps : [...ownScores(nodes, rolledOutTo)];
    demand(same(whole.slice(0, depth), steps), `node ${node} has other scores than its rollout`);
    const expected = isScored ? aggregate(whole, strategy.aggregation) : Number.NaN;
    demand(score === expected, `node ${node} has the score ${score}, not ${expected}`);
  }
  for (const id of selectedIn(log).path.slice(1)) {
    demand(!isScored || seen.has(id), `node ${id} is selected and was never scored`);
  }
}

/** Raw score of every step of the path to a node, as the verifier gave them last. */
function ownScores(nodes: Map<NodeId, NodeReading>, id: NodeId): readonly number[] {
  return nodes.get(id)?.scored?.steps ?? [];
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
