import { NO_USE } from "../protocol/budget.ts";
import { EVENT_VERSION, type Fact, type RunEvent } from "../protocol/events.ts";

/** Makes a log of facts for tests: event `i` happens at `10 * i` ms. */
export function logOf(facts: readonly Fact[]): RunEvent[] {
  return facts.map((fact, seq) => ({ v: EVENT_VERSION, run: "sample", seq, t: seq * 10, ...fact }));
}

const use = (policyTokens: number, prmCalls = 0) => ({ ...NO_USE, policyTokens, prmCalls });

function proposed(node: number, step: string, ended: "step" | "stop" = "step"): Fact {
  return {
    ...{ type: "proposed", node, step, tokens: 10, logprob: -2, ended, origin: "policy" },
    use: use(10 * node),
  };
}

function scored(node: number, steps: number[]): Fact {
  return {
    ...{ type: "scored", node, scorer: "prm", steps, score: steps.at(-1)! },
    use: use(60, node),
  };
}

/**
 * A beam of 4 × 2 on `8-3+2` for tests. Round 1 proposes nodes 1 to 4, of which 4
 * copies 1, and keeps 1 and 3; round 2 proposes 5 to 8, of which 8 is never read.
 * 5 and 6 say 7, which wins over the 6 that 7 says.
 */
export const SAMPLE_FACTS: readonly Fact[] = [
  {
    type: "started",
    problem: { family: "expressions", text: "8-3+2", level: 2 },
    strategy: { name: "beam", n: 4, m: 2, maxRounds: 40, aggregation: "last" },
    policy: { name: "policy", revision: "1" },
    verifier: { name: "prm", revision: "1" },
    sampling: { temperature: 0.8, topK: 0, topP: 1, maxStepTokens: 96 },
    seed: 7,
    budget: { policyTokens: 100 },
    producer: "sample@1",
  },
  { type: "round", round: 1, phase: "expand" },
  { type: "expanded", node: 0, first: 1, kids: 4 },
  proposed(1, "5+2"),
  proposed(2, "8-5"),
  proposed(3, "5+2 "),
  { ...proposed(4, "5+2"), duplicateOf: 1 } as Fact,
  {
    type: "pruned",
    nodes: [{ node: 4, reason: "duplicate", rank: null, cut: null, beatenBy: 1 }],
  },
  { type: "round", round: 1, phase: "score" },
  scored(1, [0.9]),
  scored(2, [0.2]),
  scored(3, [0.6]),
  { type: "round", round: 1, phase: "prune" },
  { type: "kept", nodes: [1, 3] },
  {
    type: "pruned",
    nodes: [{ node: 2, reason: "not_top_k", rank: 3, cut: 0.6, beatenBy: 3 }],
  },
  { type: "round", round: 2, phase: "expand" },
  { type: "expanded", node: 1, first: 5, kids: 2 },
  { type: "expanded", node: 3, first: 7, kids: 2 },
  proposed(5, "7", "stop"),
  { type: "answered", node: 5, answer: "7", canonical: "7", correct: true },
  proposed(6, "7 ", "stop"),
  { type: "answered", node: 6, answer: "7", canonical: "7", correct: true },
  proposed(7, "6", "stop"),
  { type: "answered", node: 7, answer: "6", canonical: "6", correct: false },
  proposed(8, "?", "stop"),
  { type: "answered", node: 8, answer: null, canonical: null, correct: null },
  { type: "round", round: 2, phase: "score" },
  scored(5, [0.9, 0.8]),
  scored(6, [0.9, 0.95]),
  scored(7, [0.6, 0.4]),
  { type: "round", round: 2, phase: "select" },
  { type: "kept", nodes: [5, 6] },
  {
    type: "pruned",
    nodes: [
      { node: 7, reason: "superseded", rank: 2, cut: null, beatenBy: 6 },
      { node: 8, reason: "invalid", rank: null, cut: null, beatenBy: null },
    ],
  },
  {
    ...{ type: "selected", path: [0, 1, 6], method: "weighted_majority" },
    ...{ answer: "7", correct: true, unreadable: 1 },
    votes: [
      { canonical: "7", answer: "7", weight: 1.75, nodes: [5, 6], correct: true },
      { canonical: "6", answer: "6", weight: 0.4, nodes: [7], correct: false },
    ],
  },
  { type: "finished", why: "complete", use: { ...use(80, 7), ms: 340 } },
];

/** Seq of the first fact of the sample that is like this. */
export function seqOf(isLike: (fact: Fact) => boolean): number {
  return SAMPLE_FACTS.findIndex(isLike);
}
