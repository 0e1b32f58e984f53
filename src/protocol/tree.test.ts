import fc from "fast-check";
import { expect, test } from "vitest";
import { NO_USE } from "./budget.ts";
import { EVENT_KINDS, isKnown } from "./event-kinds.ts";
import {
  type Fact,
  type NodeId,
  PRUNE_REASONS,
  type RunEvent,
  TERMINAL,
  type UnknownEvent,
} from "./events.ts";
import { NaiveTree } from "./naive-tree.ts";
import { randomLog, SHAPES } from "./random-log.ts";
import { foldLog, STATUSES, Tree, TreeError } from "./tree.ts";
import { eventsOf, momentOf, pictureOf } from "./tree-picture.ts";

type Log = (RunEvent | UnknownEvent)[];

const anyLog = fc
  .record({
    seed: fc.nat(),
    nodes: fc.integer({ min: 1, max: 40 }),
    // Wild logs say most, so they are drawn as often as all others together.
    shape: fc.constantFrom(...SHAPES, "wild" as const, "wild" as const),
    width: fc.constant(8),
  })
  .map((options): Log => [...randomLog(options)]);

/** A log and a moment in it: before the first event, after any of them, or the end. */
const anyMoment = anyLog.chain((log) => {
  const last = log.length - 1;
  const seq = fc.oneof(fc.integer({ min: -1, max: last }), fc.constant(last));
  return fc.tuple(fc.constant(log), seq);
});

const base = (seq: number) => ({ v: 1, run: "random", seq, t: 0 });

const started: RunEvent = {
  ...base(0),
  type: "started",
  problem: { family: null, text: "1+1", level: null },
  strategy: { name: "greedy" },
  policy: { name: "p", revision: "1" },
  verifier: null,
  sampling: { temperature: 1, topK: 0, topP: 1, maxStepTokens: 96 },
  seed: 0,
  budget: {},
  producer: "test@1",
};

/** A log that starts and then tells these facts. */
function tell(...facts: Fact[]): RunEvent[] {
  return [started, ...facts.map((fact, i) => ({ ...base(i + 1), ...fact }))];
}

const proposal = (node: NodeId, tokens = 1): Fact => ({
  type: "proposed",
  node,
  step: "a step",
  tokens,
  logprob: -1,
  ended: "step",
  origin: "policy",
  use: NO_USE,
});

function score(node: NodeId, steps: number[], at = steps.at(-1)!): Fact {
  return { type: "scored", node, score: at, scorer: "v", steps, use: NO_USE };
}

function prune(node: NodeId, reason: (typeof PRUNE_REASONS)[number]): Fact {
  return { type: "pruned", nodes: [{ node, reason, rank: 3, cut: 0.5, beatenBy: 0 }] };
}

/** Applies an event that must not be; returns its error. */
function refuse(tree: Tree, event: RunEvent): TreeError {
  const { version } = tree;
  const before = { picture: pictureOf(tree), events: eventsOf(tree), bytes: tree.bytes() };
  let refusal: unknown;
  try {
    tree.apply([event]);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(TreeError);
  const after = { picture: pictureOf(tree), events: eventsOf(tree), bytes: tree.bytes() };
  expect(after).toEqual(before);
  expect(tree.version).toBe(version);
  return refusal as TreeError;
}

test("T1: batching does not change the tree", () => {
  fc.assert(
    fc.property(anyLog, fc.array(fc.integer({ min: 0, max: 30 })), (log, sizes) => {
      const whole = foldLog(log);
      const batched = new Tree();
      let from = 0;
      for (const size of sizes) {
        batched.apply(log.slice(from, from + size));
        from += size;
      }
      for (const event of log.slice(from)) batched.apply([event]);

      expect(pictureOf(batched)).toEqual(pictureOf(whole));
      expect(eventsOf(batched)).toEqual(eventsOf(whole));
      expect(batched.bytes()).toBe(whole.bytes());
    }),
  );
});

test("T2: replay of any prefix equals the live state at that seq", () => {
  fc.assert(
    fc.property(anyMoment, ([log, seq]) => {
      const live = new Tree();
      live.apply(log.slice(0, seq + 1));
      const then = { picture: pictureOf(live), events: eventsOf(live) };
      live.apply(log.slice(seq + 1));

      const replay = foldLog(log.slice(0, seq + 1));
      expect({ picture: pictureOf(replay), events: eventsOf(replay) }).toEqual(then);
      expect(replay.seq).toBe(seq);
    }),
  );
});

test("T3: time travel by comparison equals replay", () => {
  fc.assert(
    fc.property(anyLog, fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), (log, picks) => {
      const tree = foldLog(log);
      const seqs = [-1, ...picks.map((pick) => pick % log.length)];
      for (const seq of seqs) {
        const replay = foldLog(log.slice(0, seq + 1));
        expect(momentOf(tree, seq, tree.count)).toEqual(momentOf(replay, seq, tree.count));
      }
    }),
  );
});

test("T3: without a seq every reader tells of the present", () => {
  fc.assert(
    fc.property(anyLog, (log) => {
      const tree = foldLog(log);
      const last = momentOf(tree, tree.seq, tree.count);
      expect({
        ...last,
        nodes: last.nodes.map((_, node) => ({
          status: tree.statusAt(node),
          pruning: tree.pruningAt(node),
          score: tree.scoreAt(node),
          second: tree.secondScoreAt(node),
          scored: tree.scoredSeqAt(node),
          stepScores: tree.stepScores(node),
          answer: tree.answer(node),
          answered: tree.answeredSeqAt(node),
          visits: tree.visitsAt(node),
        })),
        selected: tree.selectedAt(),
        use: tree.useAt(),
        isPaused: tree.pausedAt(),
      }).toEqual(last);
    }),
  );
});

test("T4: unknown types are counted and change nothing else", () => {
  const anyRumours = fc.array(
    fc.record({ before: fc.nat({ max: 300 }), type: fc.constantFrom("rumour", "dream", "") }),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(anyLog, anyRumours, (log, rumours) => {
      const known = log.filter(isKnown).map((event, seq) => ({ ...event, seq }));
      const places = known.map(() => 0);
      const mixed: Log = [];
      for (const [i, event] of known.entries()) {
        for (const { type } of rumours.filter(({ before }) => before % known.length === i)) {
          mixed.push({ ...base(mixed.length), type, node: 99, use: { ...NO_USE, prmCalls: 7 } });
        }
        places[i] = mixed.length;
        mixed.push({ ...event, seq: mixed.length });
      }
      const tree = foldLog(mixed);
      expect(pictureOf(tree)).toEqual(pictureOf(foldLog(known), (seq) => places[seq]!));

      expect(tree.unknown).toBe(rumours.length);
      const counts = Map.groupBy(rumours, ({ type }) => type);
      expect(tree.unknownTypes).toEqual(
        new Map([...counts].map(([type, of]) => [type, of.length])),
      );
    }),
  );
});

test("T5: an event about a node never announced is an error that names it, and leaves the tree as it was", () => {
  const anyMention = fc.constantFrom<(node: NodeId) => Fact>(
    (node) => ({ type: "expanded", node, first: node, kids: 1 }),
    (node) => proposal(node),
    (node) => ({ ...proposal(1), duplicateOf: node }) as Fact,
    (node) => score(node, [0.5]),
    (node) => ({ type: "kept", nodes: [0, node] }),
    (node) => ({ type: "pruned", nodes: [pruned(0), pruned(node)] }),
    (node) => ({ type: "pruned", nodes: [pruned(0), { ...pruned(0), beatenBy: node }] }),
    (node) => ({ type: "restored", nodes: [0, node] }),
    (node) => ({ type: "visited", nodes: [visited(0), visited(node)] }),
    (node) => ({ type: "answered", node, answer: "1", canonical: "1", correct: true }),
    (node) => ({ ...selection, path: [0, node] }),
    (node) => ({ ...selection, votes: [{ ...vote, nodes: [0, node] }] }),
    (node) => ({ type: "steered", command: "prune", node, by: "me" }),
    (node) => ({ type: "labelled", node, label: 1, by: "me" }),
  );
  fc.assert(
    fc.property(anyLog, anyMention, fc.nat({ max: 3 }), (log, mention, beyond) => {
      const tree = foldLog(log.filter(({ type }) => !TERMINAL.has(type)));
      const node = tree.count + beyond;
      // A duplicate needs a node of its own, so that nothing else is wrong with it.
      if (tree.count === 1) tree.apply([{ ...base(tree.seq + 1), ...expand(0, 1, 1) }]);
      const stranger = Math.max(node, tree.count);
      const event = { ...base(tree.seq + 1), ...mention(stranger) };

      const error = refuse(tree, event);
      const { type, seq } = event;
      expect(error).toMatchObject({ type, seq, node: stranger });
      expect(error.message).toBe(`${type} event ${seq}: node ${stranger} was never announced`);
    }),
  );
});

const expand = (node: NodeId, first: NodeId, kids: number): Fact => ({
  type: "expanded",
  node,
  first,
  kids,
});
const pruned = (node: NodeId) => ({
  node,
  reason: "human" as const,
  rank: null,
  cut: null,
  beatenBy: null,
});
const visited = (node: NodeId) => ({ node, visits: 1, value: 0 });
const vote = { canonical: "1", answer: "1", weight: 1, correct: null };
const selection: Extract<Fact, { type: "selected" }> = {
  type: "selected",
  path: [],
  method: "human",
  answer: null,
  correct: null,
  votes: [],
  unreadable: 0,
};

test("T5: before a run has started every event about a node is an error", () => {
  const event: RunEvent = { ...base(0), ...expand(0, 0, 1) };
  expect(refuse(new Tree(), event).message).toBe("expanded event 0: node 0 was never announced");
});

test("T6: ids are dense: `expanded` announces exactly the next ids", () => {
  fc.assert(
    fc.property(anyLog, fc.integer({ min: -2, max: 2 }), (log, off) => {
      const tree = foldLog(log.filter(({ type }) => !TERMINAL.has(type)));
      fc.pre(off !== 0 && tree.count + off >= 0);
      const first = tree.count + off;
      const error = refuse(tree, { ...base(tree.seq + 1), ...expand(0, first, 2) });
      expect(error.node).toBe(first);
      expect(error.message).toMatch(`is ${first}, the next id is ${tree.count}`);
    }),
  );
});

test("T6: a tree that no memory could hold is refused before it is built", () => {
  const tree = foldLog([started]);
  const error = refuse(tree, { ...base(1), ...expand(0, 1, 2 ** 31 - 1) });
  expect(error.message).toMatch("2147483647 children of node 0 pass id 134217726");
});

test("T7: a seq that is missing or comes twice is an error, and leaves the tree as it was", () => {
  fc.assert(
    fc.property(anyLog, fc.integer({ min: -3, max: 3 }), (log, off) => {
      const tree = foldLog(log.filter(({ type }) => !TERMINAL.has(type)));
      const seq = tree.seq + 1 + off;
      fc.pre(off !== 0 && seq >= 0);
      const error = refuse(tree, { ...base(seq), type: "paused" });
      expect(error).toMatchObject({ type: "paused", seq, node: null });
      expect(error.message).toMatch(`the next seq is ${tree.seq + 1}`);
    }),
  );
});

test("T7: what came before a wrong event in its batch stays, and counts as a change", () => {
  const tree = new Tree();
  expect(() => tree.apply([started, { ...base(1), type: "paused" }, started])).toThrow(TreeError);
  expect([tree.seq, tree.version, tree.pausedAt()]).toEqual([1, 1, true]);
  tree.apply([]);
  expect(tree.version).toBe(1);
});

test("a node is proposed once, a run starts once and ends once", () => {
  const tree = foldLog(tell(expand(0, 1, 1), proposal(1)));
  expect(refuse(tree, { ...base(3), ...proposal(1) })).toMatchObject({ node: 1 });
  expect(refuse(tree, { ...base(3), ...proposal(0) })).toMatchObject({ node: 0 });
  expect(refuse(tree, { ...started, seq: 3 }).message).toMatch("already started");

  const use = { ...NO_USE, policyTokens: 5 };
  tree.apply([
    { ...base(3), type: "cancelled", by: "me", use: NO_USE },
    { ...base(4), type: "paused" },
  ]);
  const again: RunEvent = { ...base(5), type: "finished", why: "complete", use };
  expect(refuse(tree, again).message).toMatch("already ended, with cancelled event 3");
});

test("the tree says at every moment what a naive replay says", () => {
  fc.assert(
    fc.property(anyMoment, ([log, seq]) => {
      const tree = foldLog(log);
      const naive = new NaiveTree(log.slice(0, seq + 1));
      const all = Array.from({ length: tree.count }, (_, node) => node);

      expect(tree.countAt(seq)).toBe(naive.nodes.length);
      expect(tree.useAt(seq)).toEqual(naive.use);
      expect(tree.pausedAt(seq)).toBe(naive.isPaused);
      expect(tree.selectedAt(seq)).toBe(naive.selected);
      expect(tree.roundAt(seq)).toBe(naive.rounds - 1);
      expect(all.map((node) => tree.statusAt(node, seq))).toEqual(
        all.map((node) => naive.status(node)),
      );
      for (const node of all) {
        const { scored, judged, pruned, answered, visited } = naive.nodes[node] ?? {};
        expect(tree.secondScoreAt(node, seq)).toBe(judged ? Math.fround(judged.score) : Number.NaN);
        expect(tree.scoreAt(node, seq)).toBe(scored ? Math.fround(scored.score) : Number.NaN);
        expect(tree.stepScores(node, seq)).toEqual(scored?.steps.map(Math.fround) ?? null);
        expect(tree.rolledOutTo(node, seq)).toBe(scored?.rolledOutTo ?? -1);
        const { answer, canonical, correct } = answered ?? {};
        expect(tree.answer(node, seq)).toEqual(answered ? { answer, canonical, correct } : null);
        expect(tree.visitsAt(node, seq)).toEqual(visited ? without(visited, "node") : null);
        const why = tree.pruningAt(node, seq);
        const cut = pruned?.cut ?? null;
        expect(why && { ...without(why, "seq"), node }).toEqual(
          pruned ? { ...pruned, cut: cut === null ? null : Math.fround(cut) } : null,
        );
      }
    }),
  );
});

test("the columns say what a naive replay says", () => {
  fc.assert(
    fc.property(anyLog, (log) => {
      const tree = foldLog(log);
      const naive = new NaiveTree(log);
      expect(tree.count).toBe(naive.nodes.length);
      for (const [node, it] of naive.nodes.entries()) {
        expect(tree.path(node)).toEqual(naive.path(node));
        expect([...tree.children(node)]).toEqual(it.kids);
        const { proposed } = it;
        expect({
          parent: tree.parent[node],
          depth: tree.depth[node],
          announced: tree.announcedSeq[node],
          expanded: tree.expandedSeq(node),
          proposed: tree.proposedSeq[node],
          scored: tree.scoredSeq[node],
          answered: tree.answeredSeq[node],
          tokens: tree.tokens[node],
          logprob: tree.logprob[node],
          duplicateOf: tree.duplicateOf(node),
          score: tree.score[node],
          reason: tree.reason[node],
          isPruned: tree.prunedSeq[node] !== -1,
          beatenBy: tree.pruningAt(node)?.beatenBy ?? -1,
          rank: tree.rank[node],
          cut: tree.cut(node),
          steps: tree.steps(node),
          endedBy: tree.endedBy(node),
          origin: tree.origin(node),
          labels: tree.labels(node),
        }).toEqual({
          parent: it.parent ?? -1,
          depth: naive.path(node).length - 1,
          announced: it.announced,
          expanded: it.expanded ?? -1,
          proposed: node === 0 ? it.announced : (proposed?.seq ?? -1),
          scored: it.scored?.seq ?? -1,
          answered: it.answered?.seq ?? -1,
          tokens: proposed?.tokens ?? 0,
          logprob: Math.fround(proposed?.logprob ?? Number.NaN),
          duplicateOf: proposed?.duplicateOf ?? -1,
          score: Math.fround(it.scored?.score ?? Number.NaN),
          reason: it.pruned ? PRUNE_REASONS.indexOf(it.pruned.reason) + 1 : 0,
          isPruned: it.verdict === "pruned",
          beatenBy: it.pruned?.beatenBy ?? -1,
          rank: it.pruned?.rank ?? 0,
          cut: Math.fround(it.pruned?.cut ?? Number.NaN),
          steps: naive
            .path(node)
            .slice(1)
            .map((at) => naive.nodes[at]!.proposed?.step ?? ""),
          endedBy: proposed?.ended ?? null,
          origin: proposed?.origin ?? null,
          labels: it.labels,
        });
      }
      expect(tree.maxDepth).toBe(Math.max(...naive.nodes.map((_, n) => naive.path(n).length)) - 1);
      expect(tree.ending?.type ?? null).toBe(naive.ended);
      expect(tree.unknown).toBe(naive.unknown.length);
    }),
  );
});

test("every event can be asked for its type, its node and its time", () => {
  fc.assert(
    fc.property(anyLog, (log) => {
      const tree = foldLog(log);
      for (const [seq, event] of log.entries()) {
        const kind = EVENT_KINDS[tree.eventKindAt(seq)];
        expect(kind).toBe(isKnown(event) ? event.type : "unknown");
        expect(tree.timeAt(seq)).toBe(Math.fround(event.t));
        if (isKnown(event) && "node" in event) {
          expect(tree.eventNodeAt(seq)).toBe(event.node ?? -1);
        }
        if (isKnown(event) && "nodes" in event) {
          const [first = -1] = event.nodes;
          expect(tree.eventNodeAt(seq)).toBe(typeof first === "number" ? first : first.node);
        }
        if (event.type === "rumoured") expect(tree.eventNodeAt(seq)).toBe(-1);
      }
      expect(() => tree.timeAt(log.length)).toThrow(RangeError);
      expect(() => tree.eventNodeAt(-1)).toThrow(RangeError);
    }),
  );
});

/** What an event changes, as the schema tells it. */
function changedBy(event: RunEvent | UnknownEvent): NodeId[] {
  if (!isKnown(event)) return [];
  switch (event.type) {
    case "started":
      return [0];
    case "expanded":
      return [event.node, ...Array.from({ length: event.kids }, (_, i) => event.first + i)];
    case "kept":
    case "restored":
      return event.nodes;
    case "pruned":
    case "visited":
      return event.nodes.map(({ node }) => node);
    case "selected":
      return event.path;
    case "proposed":
    case "scored":
    case "judged":
    case "answered":
    case "labelled":
      return [event.node];
    case "steered":
      return event.node === undefined ? [] : [event.node];
    default:
      return [];
  }
}

test("the nodes that something happened to between two moments are told, and no others", () => {
  fc.assert(
    fc.property(anyLog, fc.integer({ min: -3 }), fc.integer({ min: -3 }), (log, a, b) => {
      const tree = foldLog(log);
      const [from, to] = [a % (log.length + 2), b % (log.length + 2)];
      const told = new Set<NodeId>();
      tree.eachNodeChangedBetween(from, to, (node) => told.add(node));
      const changed = log.filter(({ seq }) => seq >= from && seq <= to).flatMap(changedBy);
      expect(told).toEqual(new Set(changed));
    }),
  );
});

test("the nodes of a long log are told from any moment on", () => {
  const log = [...randomLog({ seed: 3, nodes: 20_000, shape: "beam", width: 1024 })];
  const tree = foldLog(log);
  for (let from = 0; from < log.length; from += 997) {
    const told = new Set<NodeId>();
    tree.eachNodeChangedBetween(from, from + 300, (node) => told.add(node));
    expect(told).toEqual(new Set(log.slice(from, from + 301).flatMap(changedBy)));
  }
});

test("the event of a choice is about the leaf that was chosen, and started about the root", () => {
  const tree = foldLog(
    tell(expand(0, 1, 1), { ...selection, path: [0, 1] }, selection, { type: "paused" }),
  );
  expect([0, 2, 3, 4].map((seq) => tree.eventNodeAt(seq))).toEqual([0, 1, -1, -1]);
});

test("a node that is restored is open again, and its past stays what it was", () => {
  const tree = foldLog(
    tell(
      expand(0, 1, 1),
      proposal(1),
      { type: "kept", nodes: [1] },
      prune(1, "not_top_k"),
      { type: "restored", nodes: [1] },
      prune(1, "human"),
      { type: "kept", nodes: [1] },
    ),
  );
  const statuses = [0, 1, 2, 3, 4, 5, 6, 7].map((seq) => tree.statusAt(1, seq));
  const [none, sampling, open, kept, cut] = STATUSES;
  expect(statuses).toEqual([none, sampling, open, kept, cut, open, cut, kept]);
  expect([4, 5, 6, 7].map((seq) => tree.pruningAt(1, seq)?.reason ?? null)).toEqual([
    "not_top_k",
    null,
    "human",
    null,
  ]);
});

test("step scores stay what they were when an earlier step is scored anew", () => {
  const tree = foldLog(
    tell(
      expand(0, 1, 1),
      expand(1, 2, 1),
      score(1, [0.5]),
      score(2, [0.5, 0.25]),
      score(1, [0.75]),
      score(2, [0.75, 0.125], 0.09375),
    ),
  );
  expect([3, 4, 5, 6].map((seq) => tree.stepScores(2, seq))).toEqual([
    null,
    [0.5, 0.25],
    [0.5, 0.25],
    [0.75, 0.125],
  ]);
  expect(tree.scoreAt(2)).toBe(0.09375);
});

test("a chain of 50,000 nodes folds, and its path is as long", () => {
  const tree = foldLog(randomLog({ seed: 1, nodes: 50_000, shape: "chain" }));
  expect([tree.count, tree.maxDepth, tree.path(49_999).length]).toEqual([50_000, 49_999, 50_000]);
  expect(tree.steps(49_999).at(-1)).toBe("step 49999");
});

test("depths, family sizes and token counts may pass 16 bits", () => {
  const chain = foldLog(randomLog({ seed: 1, nodes: 70_000, shape: "chain" }));
  expect([65_535, 65_536, 69_999].map((node) => chain.depth[node])).toEqual([
    65_535, 65_536, 69_999,
  ]);
  const family = foldLog(
    tell(expand(0, 1, 65_535), expand(0, 65_536, 3), proposal(65_538, 2 ** 31 - 1)),
  );
  expect(family.tokens[65_538]).toBe(2 ** 31 - 1);
  expect([...family.children(0)].length).toBe(65_538);
});

test("facts that are rare are told whether they are or not", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 600 }), (isDuplicate) => {
      const nodes = isDuplicate.map((_, i) => i + 1);
      const tree = foldLog(
        tell(
          expand(0, 1, nodes.length),
          ...nodes.map((node) => ({
            ...proposal(node),
            ...(isDuplicate[node - 1] && { duplicateOf: node - 1 }),
          })),
        ),
      );
      expect(nodes.map((node) => tree.duplicateOf(node))).toEqual(
        nodes.map((node) => (isDuplicate[node - 1] ? node - 1 : -1)),
      );
    }),
  );
});

test("every node is pruned on its own grounds, however they alternate", () => {
  const anyGround = fc.record({
    cut: fc.constantFrom(null, 0.25, 0.5),
    beatenBy: fc.constantFrom(null, 0, 1),
  });
  const anyGrounds = fc.array(anyGround, { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(fc.array(anyGrounds, { minLength: 1, maxLength: 3 }), (events) => {
      const count = events.flat().length;
      let next = 1;
      const prunings = events.map((grounds): Fact => {
        const nodes = grounds.map((ground) => {
          return { node: next++, reason: "not_top_k" as const, rank: null, ...ground };
        });
        return { type: "pruned", nodes };
      });
      const tree = foldLog(tell(expand(0, 1, count), ...prunings));
      const told = events.flat().map((_, i) => tree.pruningAt(i + 1));
      expect(told.map((pruning) => ({ cut: pruning?.cut, beatenBy: pruning?.beatenBy }))).toEqual(
        events.flat(),
      );
    }),
  );
});

test("a step cannot have more tokens of reasoning than tokens", () => {
  const log = [...randomLog({ seed: 2, nodes: 4, shape: "beam" })];
  const at = log.findIndex(({ type }) => type === "proposed");
  const tree = foldLog(log.slice(0, at));
  const proposed = log[at] as Extract<RunEvent, { type: "proposed" }>;
  const { message } = refuse(tree, { ...proposed, tokens: 4, reasoningTokens: 5 });
  expect(message).toMatch(/5 tokens of reasoning among 4/);
  tree.apply([{ ...proposed, tokens: 4, reasoningTokens: 3 }]);
  expect(tree.reasoningTokens(proposed.node)).toBe(3);
});

test("a large tree takes less than 87 bytes a node", () => {
  fc.assert(
    fc.property(fc.integer({ min: 10_000, max: 40_000 }), (nodes) => {
      const tree = foldLog(randomLog({ seed: 1, nodes, shape: "beam", width: 256 }));
      expect(tree.bytes() / tree.count).toBeLessThan(87);
    }),
    { numRuns: 5 },
  );
});

function without<T extends object, K extends keyof T>(whole: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = whole;
  return rest;
}
