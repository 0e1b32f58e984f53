import { drawInteger, drawOne } from "../lib/draw.ts";
import { createRandom } from "../lib/random.ts";
import { NO_USE, type Use } from "./budget.ts";
import {
  EVENT_VERSION,
  type Fact,
  type NodeId,
  PHASES,
  PRUNE_REASONS,
  type RunEvent,
  type UnknownEvent,
} from "./events.ts";

export const SHAPES = ["beam", "bushy", "chain", "wild"] as const;

export interface RandomLogOptions {
  readonly seed: number;
  /** Nodes, the root included; a beam may end up to a round later. */
  readonly nodes: number;
  /**
   * `beam`: level after level, again from the root when it is deep. `bushy`:
   * anything may be expanded at any time. `chain`: one child each, scored down to
   * `DEEPEST_SCORE` only, since a score event holds the scores of all steps. `wild`: what
   * a log may say, in any order: several expansions, scores and verdicts of a
   * node, visits, pauses, choices, unknown events.
   */
  readonly shape: (typeof SHAPES)[number];
  /** Candidates in a round of a beam, a multiple of 4. */
  readonly width?: number;
}

const DEEPEST_SCORE = 64;
const BEAM_KIDS = 4;
const BEAM_DEPTH = 10;

/**
 * A random log that says nothing impossible, for tests and benchmarks. The same
 * options give the same log.
 */
export function* randomLog(options: RandomLogOptions): Generator<RunEvent | UnknownEvent> {
  const { seed, nodes, shape, width = 64 } = options;
  const author = new Author(seed);
  yield author.write(STARTED);
  switch (shape) {
    case "beam":
      yield* beam(author, nodes, width);
      break;
    case "bushy":
      yield* bushy(author, nodes);
      break;
    case "chain":
      yield* chain(author, nodes);
      break;
    case "wild":
      yield* wild(author, nodes);
      return;
  }
  yield author.write({ type: "finished", why: "complete", use: author.totals() });
}

const STARTED: Fact = {
  type: "started",
  problem: { family: null, text: "1+1", level: null },
  strategy: { name: "greedy" },
  policy: { name: "random", revision: "1" },
  verifier: { name: "random", revision: "1" },
  sampling: { temperature: 1, topK: 0, topP: 1, maxStepTokens: 96 },
  seed: 1,
  budget: {},
  producer: "random-log@1",
};

/** Writes facts down in order, and knows as much of the tree as it needs to. */
class Author {
  readonly random: () => number;
  readonly parent: number[] = [-1];
  readonly depth: number[] = [0];
  readonly isProposed: boolean[] = [true];
  /** Raw score of each node's own step, NaN if it has none. */
  readonly own: number[] = [Number.NaN];
  readonly use: Use = { ...NO_USE };
  #seq = 0;
  #micros = 0;

  constructor(seed: number) {
    this.random = createRandom(seed);
  }

  get count(): number {
    return this.parent.length;
  }

  write(fact: Fact): RunEvent {
    return { v: EVENT_VERSION, run: "random", seq: this.#seq++, t: this.#micros / 1000, ...fact };
  }

  writeUnknown(type: string): UnknownEvent {
    const { random } = this;
    const base = { v: EVENT_VERSION, run: "random", seq: this.#seq++, t: this.#micros / 1000 };
    return {
      ...base,
      type,
      node: drawInteger(random, 0, this.count + 5),
      use: { policyTokens: -1 },
    };
  }

  wait(micros: number): void {
    this.#micros += micros;
  }

  totals(): Use {
    return { ...this.use, ms: this.#micros / 1000 };
  }

  expand(node: NodeId, kids: number): Fact {
    const first = this.count;
    for (let i = 0; i < kids; i++) {
      this.parent.push(node);
      this.depth.push(this.depth[node]! + 1);
      this.isProposed.push(false);
      this.own.push(Number.NaN);
    }
    return { type: "expanded", node, first, kids };
  }

  propose(node: NodeId, tokens: number): Fact {
    const { random } = this;
    this.isProposed[node] = true;
    this.wait(drawInteger(random, 1, 20));
    return {
      type: "proposed",
      node,
      step: `step ${node}`,
      tokens,
      ...(random() < 0.8 && { reasoningTokens: drawInteger(random, 0, tokens) }),
      logprob: random() < 0.1 ? null : -10 * random(),
      ended: drawOne(random, ["step", "stop", "length"]),
      origin: drawOne(random, ["policy", "human", "replay", "copy", "rollout"]),
      ...(random() < 0.02 && { duplicateOf: drawInteger(random, 0, this.count - 1) }),
      ...(random() < 0.005 && { revises: drawInteger(random, 0, this.count - 1) }),
      use: this.totals(),
    };
  }

  /** Scores a node by what the nodes on its path have scored so far. */
  score(node: NodeId): Fact {
    const own = this.random();
    this.own[node] = own;
    const steps = new Array<number>(this.depth[node]!);
    for (let at = node; this.depth[at]! > 0; at = this.parent[at]!) {
      const known = this.own[at]!;
      steps[this.depth[at]! - 1] = Number.isNaN(known) ? this.random() : known;
    }
    this.wait(drawInteger(this.random, 1, 3));
    return { type: "scored", node, score: own, scorer: "random", steps, use: this.totals() };
  }

  prune(nodes: readonly NodeId[], beatenBy: NodeId | null): Fact {
    const { random } = this;
    const reason = drawOne(random, PRUNE_REASONS);
    const cut = random() < 0.3 ? null : random();
    return {
      type: "pruned",
      nodes: nodes.map((node, i) => ({
        node,
        reason,
        rank: random() < 0.3 ? null : i + 1,
        cut,
        beatenBy,
      })),
    };
  }

  answer(node: NodeId): Fact {
    const { random } = this;
    const answer = random() < 0.1 ? null : String(drawInteger(random, 0, 9));
    return {
      type: "answered",
      node,
      answer,
      canonical: answer === null || random() < 0.2 ? null : answer,
      correct: drawOne(random, [true, false, null]),
    };
  }
}

/** Samples those nodes in lockstep: each decoding step is one token for every node that is not done. */
function* sample(author: Author, nodes: readonly NodeId[]): Generator<RunEvent> {
  const { random, use } = author;
  use.policyCalls += nodes.length;
  use.promptTokens += 3 * nodes.length;
  const lengths = nodes.map((node) => ({ node, tokens: drawInteger(random, 4, 20) }));
  lengths.sort((a, b) => a.tokens - b.tokens);
  let decoded = 0;
  for (const [done, { node, tokens }] of lengths.entries()) {
    const sampled = (tokens - decoded) * (nodes.length - done);
    decoded = tokens;
    use.policyTokens += sampled;
    use.flops = (use.flops ?? 0) + sampled * 1_800_000;
    author.wait(sampled * 80);
    yield author.write(author.propose(node, tokens));
  }
}

/** Policy and verifier take so many nodes at once. */
const BATCH = 16;

function* proposeAndScore(author: Author, nodes: readonly NodeId[]): Generator<RunEvent> {
  const { use } = author;
  for (let i = 0; i < nodes.length; i += BATCH) yield* sample(author, nodes.slice(i, i + BATCH));
  for (let i = 0; i < nodes.length; i += BATCH) {
    const batch = nodes.slice(i, i + BATCH);
    use.prmCalls += batch.length;
    use.prmTokens += 12 * batch.length;
    use.flops = (use.flops ?? 0) + 12 * batch.length * 1_800_000;
    author.wait(5000);
    for (const node of batch) yield author.write(author.score(node));
  }
}

function* beam(author: Author, nodes: number, width: number): Generator<RunEvent> {
  let open: NodeId[] = [0];
  for (let round = 0; author.count < nodes; round++) {
    yield author.write({ type: "round", round, phase: "expand" });
    const first = author.count;
    for (const node of open) {
      const kids = author.depth[node] === 0 ? width : BEAM_KIDS;
      yield author.write(author.expand(node, kids));
    }
    const born = Array.from({ length: author.count - first }, (_, i) => first + i);
    yield* proposeAndScore(author, born);
    yield author.write({ type: "round", round, phase: "prune" });
    born.sort((a, b) => author.own[b]! - author.own[a]!);
    const kept = born.slice(0, width / BEAM_KIDS);
    yield author.write({ type: "kept", nodes: kept });
    yield author.write(author.prune(born.slice(kept.length), kept.at(-1)!));
    open = kept;
    if (author.depth[open[0]!] === BEAM_DEPTH) {
      for (const node of born) yield author.write(author.answer(node));
      open = [0];
    }
  }
}

function* bushy(author: Author, nodes: number): Generator<RunEvent> {
  const { random } = author;
  while (author.count < nodes) {
    const kids = Math.min(drawInteger(random, 1, 8), nodes - author.count);
    const first = author.count;
    yield author.write(author.expand(drawInteger(random, 0, author.count - 1), kids));
    const born = Array.from({ length: kids }, (_, i) => first + i);
    yield* proposeAndScore(author, born);
    if (random() < 0.3) yield author.write(author.prune(born.slice(1), first));
  }
}

function* chain(author: Author, nodes: number): Generator<RunEvent> {
  while (author.count < nodes) {
    const node = author.count;
    yield author.write(author.expand(node - 1, 1));
    yield* sample(author, [node]);
    if (author.depth[node]! <= DEEPEST_SCORE) yield author.write(author.score(node));
  }
}

function* wild(author: Author, nodes: number): Generator<RunEvent | UnknownEvent> {
  const { random } = author;
  while (author.count < nodes) {
    author.wait(drawInteger(random, 0, 9));
    if (random() < 0.03) yield author.writeUnknown(drawOne(random, ["rumoured", "dreamt", ""]));
    else yield author.write(drawOne(random, WILD_FACTS)(author));
  }
  if (random() < 0.5) yield author.write(drawOne(random, endings(author)));
}

function endings(author: Author): Fact[] {
  const use = author.totals();
  return [
    { type: "finished", why: drawOne(author.random, ["complete", "budget", "no_answer"]), use },
    { type: "failed", error: "the model fell asleep", use },
    { type: "cancelled", by: "a person", use },
  ];
}

const WILD_FACTS: readonly ((author: Author) => Fact)[] = [
  (author) => author.expand(anyNode(author), drawInteger(author.random, 1, 3)),
  proposeAny,
  proposeAny,
  scoreAny,
  scoreAny,
  judgeAny,
  (author) => ({ type: "kept", nodes: someNodes(author) }),
  (author) => author.prune(someNodes(author), author.random() < 0.5 ? null : anyNode(author)),
  (author) => ({ type: "restored", nodes: someNodes(author) }),
  (author) => author.answer(anyNode(author)),
  visit,
  select,
  ({ random }) => ({
    type: "round",
    round: drawInteger(random, 0, 9),
    phase: drawOne(random, PHASES),
    ...(random() < 0.2 && { effective: 1 + random() }),
    ...(random() < 0.2 && { ease: random() }),
  }),
  (author) => ({
    type: "labelled",
    node: anyNode(author),
    label: drawOne(author.random, [1, 0, -1]),
    by: "a person",
  }),
  (author) => ({
    type: "steered",
    command: "prune",
    by: "a person",
    ...(author.random() < 0.5 && { node: anyNode(author) }),
  }),
  () => ({ type: "paused" }),
  () => ({ type: "resumed" }),
];

/** Rather a recent node, so that trees get deep and nodes are met again. */
function anyNode({ random, count }: Author): NodeId {
  return random() < 0.5
    ? drawInteger(random, 0, count - 1)
    : drawInteger(random, Math.max(0, count - 4), count - 1);
}

/** Sometimes none, sometimes one of them twice. */
function someNodes(author: Author): NodeId[] {
  return Array.from({ length: drawInteger(author.random, 0, 3) }, () => anyNode(author));
}

/** What is said of a token only. */
const TOKEN = {
  control: true as const,
  others: [
    { text: "\n", logprob: -0.5 },
    { text: "<end>", logprob: -7 },
  ],
};

function proposeAny(author: Author): Fact {
  const node = author.isProposed.indexOf(false);
  if (node < 0) return author.expand(anyNode(author), 1);
  const { random, use } = author;
  // Totals of all sizes; now and then a log loses count.
  const spent = drawOne(random, [0, 1, 7, 500, 2 ** 40]);
  use.policyTokens = random() < 0.05 ? 0 : use.policyTokens + spent;
  use.policyCalls += random() < 0.5 ? 1 : 0;
  if (random() < 0.2) delete use.reasoningTokens;
  else if (random() < 0.5) use.reasoningTokens = drawInteger(random, 0, 1000);
  if (random() < 0.2) delete use.flops;
  else if (random() < 0.5) use.flops = 1e15 * random();
  const fact = author.propose(node, drawOne(random, [0, 5, 30, 70_000]));
  const told = drawOne(random, [{}, {}, {}, TOKEN]);
  return fact.type === "proposed" ? { ...fact, ...told } : fact;
}

function scoreAny(author: Author): Fact {
  const { random, use } = author;
  use.prmTokens += drawInteger(random, 0, 3);
  use.prmCalls += drawInteger(random, 0, 1);
  const node = anyNode(author);
  const fact = author.score(node);
  if (fact.type !== "scored" || random() < 0.7) return fact;
  // A verifier that thinks anew about all steps, one that says little, one that aggregates.
  const steps = drawOne(random, [fact.steps.map(() => random()), [], fact.steps]);
  const ahead = drawOne(random, [{}, {}, { rolledOutTo: anyNode(author) }]);
  return { ...fact, score: random(), steps, ...ahead };
}

function judgeAny(author: Author): Fact {
  const { random } = author;
  return {
    ...{ type: "judged", node: anyNode(author), score: random(), scorer: "second" },
    steps: drawOne(random, [[], [random()], [random(), random()]]),
    spent: { prmTokens: drawInteger(random, 0, 99), prmCalls: drawInteger(random, 0, 9) },
  };
}

function visit(author: Author): Fact {
  const { random } = author;
  const nodes = someNodes(author).map((node) => ({
    node,
    visits: drawInteger(random, 0, 9),
    value: random() * 2 - 1,
    ...(random() < 0.5 && { prior: Math.fround(random()), exploit: Math.fround(random()) }),
    ...(random() < 0.5 && { explore: Math.fround(random()) }),
  }));
  return { type: "visited", nodes };
}

function select(author: Author): Fact {
  const { random } = author;
  const path: NodeId[] = [];
  for (let at = anyNode(author); at >= 0; at = author.parent[at]!) path.push(at);
  return {
    type: "selected",
    path: random() < 0.2 ? [] : path.reverse(),
    method: drawOne(random, ["argmax", "majority", "weighted_majority", "human"]),
    answer: null,
    correct: null,
    votes: [
      {
        ...{ canonical: "1", answer: "1", weight: 1, correct: null },
        nodes: [anyNode(author), ...someNodes(author)],
      },
    ],
    unreadable: 0,
  };
}
