import fc from "fast-check";
import {
  type Doings,
  type ScriptedPolicyOptions,
  type ScriptedVerifierOptions,
  scriptedPolicy,
  scriptedVerifier,
} from "../models/scripted.ts";
import { FAMILIES, familyOf } from "../problems/families.ts";
import type { Budget, UseDelta } from "../protocol/budget.ts";
import type { RunEvent, Sampling } from "../protocol/events.ts";
import { AGGREGATIONS, SELECTIONS, type Strategy, WAYS } from "../protocol/strategies.ts";
import type { SearchProblem } from "./context.ts";
import type { Evidence } from "./log-reading.ts";
import type { Policy, Verifier } from "./ports.ts";
import { record } from "./record.ts";
import { search } from "./strategies.ts";

/** All that a search by scripted models depends on. */
export interface Setup {
  problem: SearchProblem;
  strategy: Strategy;
  seed: number;
  budget: Budget;
  sampling: Sampling;
  errorRate: number;
  noise: number;
}

const anyProblem: fc.Arbitrary<SearchProblem> = fc
  .record({
    name: fc.constantFrom(...FAMILIES.map(({ name }) => name), null),
    seed: fc.nat(1000),
    level: fc.constantFrom(3, 4),
  })
  .map(({ name, seed, level }) => {
    if (name === null) return { family: null, parsed: null, text: `riddle ${seed}`, level: null };
    const family = familyOf(name);
    const parsed = family.generate({ level, seed, split: "train" });
    const text = family.render(parsed);
    return { family, parsed, text, level, [fc.toStringMethod]: () => text };
  });

const anyWay = fc.constantFrom(...WAYS);
const anySize = fc.integer({ min: 1, max: 12 });
const anyAggregation = fc.constantFrom(...AGGREGATIONS);
const POOL = {
  n: anySize,
  m: fc.integer({ min: 1, max: 5 }),
  maxRounds: fc.constantFrom(1, 2, 3, 40),
  aggregation: anyAggregation,
  stopAt: fc.constantFrom(undefined, undefined, 0.3, 0.9),
};
const selection = fc.constantFrom(...SELECTIONS);
const anyScoreTemperature = fc.constantFrom(0.05, 0.3, 1, 10);
const TOKENS = { alternatives: fc.constantFrom(0, 1, 3), maxTokens: fc.constantFrom(1, 9, 200) };

/** Every strategy, with parameters at which a search ends soon. */
export const anyStrategy: Record<Strategy["name"], fc.Arbitrary<Strategy>> = {
  greedy: fc.record({ name: fc.constant("greedy") }),
  majority: fc.record({
    ...{ name: fc.constant("majority"), n: anySize },
    stopEarly: fc.constantFrom(undefined, true),
  }),
  bestOfN: fc.record({
    name: fc.constant("bestOfN"),
    n: anySize,
    weighted: fc.boolean(),
    aggregation: anyAggregation,
  }),
  beam: fc.record({ name: fc.constant("beam"), ...POOL }),
  lookahead: fc.record({ name: fc.constant("lookahead"), ...POOL, k: fc.nat(3), selection }),
  dvts: fc.record({ name: fc.constant("dvts"), ...POOL, selection }),
  rebase: fc.record({
    ...{ name: fc.constant("rebase"), n: anySize, maxRounds: POOL.maxRounds },
    ...{ scoreTemperature: anyScoreTemperature, aggregation: anyAggregation },
    ...{ selection, stopAt: POOL.stopAt },
  }),
  mcts: fc.record({
    ...{ name: fc.constant("mcts"), simulations: anySize, width: fc.integer({ min: 1, max: 4 }) },
    rule: fc.constantFrom("puct", "uct"),
    exploration: fc.constantFrom(0, 0.3, 1.5),
    value: fc.constantFrom("leaf", "rollout"),
    ...{ aggregation: anyAggregation, selection, stopAt: POOL.stopAt },
  }),
  totBfs: fc.record({
    ...{ name: fc.constant("totBfs"), keep: fc.integer({ min: 1, max: 4 }) },
    ...{ width: fc.integer({ min: 1, max: 4 }), maxRounds: POOL.maxRounds },
    ...{ aggregation: anyAggregation, selection, stopAt: POOL.stopAt },
  }),
  totDfs: fc.record({
    ...{ name: fc.constant("totDfs"), expansions: fc.constantFrom(1, 3, 12) },
    ...{ width: fc.integer({ min: 1, max: 4 }), threshold: fc.constantFrom(0, 0.2, 0.6, 1) },
    wanted: fc.constantFrom(1, 1, 3),
    ...{ aggregation: anyAggregation, selection, stopAt: POOL.stopAt },
  }),
  particles: fc.record({
    ...{ name: fc.constant("particles"), n: anySize, maxRounds: POOL.maxRounds },
    resampling: fc.constantFrom("systematic", "multinomial"),
    scoreTemperature: anyScoreTemperature,
    ...{ aggregation: anyAggregation, selection, stopAt: POOL.stopAt },
  }),
  revisions: fc.record({
    ...{ name: fc.constant("revisions"), chains: fc.integer({ min: 1, max: 4 }) },
    ...{ attempts: fc.integer({ min: 1, max: 4 }), seen: fc.nat(3) },
    ...{ aggregation: anyAggregation, selection, stopAt: POOL.stopAt },
  }),
  computeOptimal: fc.record({
    ...{ name: fc.constant("computeOptimal"), n: anySize, first: fc.integer({ min: 1, max: 4 }) },
    ...{ hardBelow: fc.constantFrom(0, 0.4, 1), easyFrom: fc.constantFrom(0, 0.6, 1) },
    ...{ hard: anyWay, medium: anyWay, easy: anyWay, m: fc.integer({ min: 1, max: 4 }) },
    aggregation: anyAggregation,
  }),
  tokenGreedy: fc.record({ name: fc.constant("tokenGreedy"), ...TOKENS }),
  tokenSampling: fc.record({
    ...{ name: fc.constant("tokenSampling"), n: fc.integer({ min: 1, max: 5 }) },
    ...TOKENS,
  }),
  tokenBeam: fc.record({
    ...{ name: fc.constant("tokenBeam"), width: fc.integer({ min: 1, max: 5 }) },
    ...{ lengthPenalty: fc.constantFrom(0, 0.6, 1), ...TOKENS },
  }),
};

const anyBudget: fc.Arbitrary<Budget> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        solutions: fc.integer({ min: 1, max: 12 }),
        policyTokens: fc.integer({ min: 1, max: 1500 }),
        prmCalls: fc.integer({ min: 1, max: 40 }),
        prmTokens: fc.integer({ min: 1, max: 3000 }),
        ms: fc.integer({ min: 1, max: 500 }),
      },
      { requiredKeys: [] },
    ),
  },
);

const anySampling: fc.Arbitrary<Sampling> = fc.record({
  temperature: fc.constantFrom(0, 0.8),
  // Scripts know of them only where they tell tokens.
  topK: fc.constantFrom(0, 2),
  topP: fc.constantFrom(1, 0.7),
  maxStepTokens: fc.constantFrom(8, 24, 96, 96, 96),
});

/** A search of a strategy: easy problems, models that err, with and without limits. */
export function anySetup(strategy: fc.Arbitrary<Strategy>): fc.Arbitrary<Setup> {
  return fc.record({
    problem: anyProblem,
    strategy,
    seed: fc.nat(0xffff_ffff),
    budget: anyBudget,
    sampling: anySampling,
    errorRate: fc.constantFrom(0, 0.3, 1),
    noise: fc.constantFrom(0, 0.1, 0.9),
  });
}

/** The models of a search. */
export interface Cast {
  policy: Policy & Doings;
  verifier: Verifier & Doings;
  /** The clock that their work moves, ms. */
  clock: () => number;
}

/** The models of a setup. `pace`: ms that a token takes. */
export function castOf(
  { problem, seed, errorRate, noise }: Setup,
  {
    pace = 1,
    ...faults
  }: {
    pace?: number;
    policyFault?: ScriptedPolicyOptions["fault"];
    verifierFault?: ScriptedVerifierOptions["fault"];
  } = {},
): Cast {
  let now = 0;
  const sleep = async (ms: number, signal: AbortSignal) => {
    signal.throwIfAborted();
    now += ms;
  };
  const common = { problem, sleep, msPerToken: pace };
  const { policyFault, verifierFault } = faults;
  return {
    policy: scriptedPolicy(seed, {
      ...common,
      errorRate,
      ...(policyFault && { fault: policyFault }),
    }),
    verifier: scriptedVerifier(seed, {
      ...common,
      noise,
      ...(verifierFault && { fault: verifierFault }),
    }),
    clock: () => now,
  };
}

/** The whole log of one search. */
export async function runSearch(
  { problem, strategy, seed, budget, sampling }: Setup,
  { policy, verifier, clock }: Pick<Cast, "clock"> & { policy: Policy; verifier: Verifier },
  onEvent: (event: RunEvent, controller: AbortController) => void = () => {},
): Promise<RunEvent[]> {
  const controller = new AbortController();
  const { signal } = controller;
  const facts = search(strategy, {
    ...{ problem, policy, verifier, sampling, seed, budget, signal },
    producer: "test@0",
    elapsedMs: clock,
  });
  const log: RunEvent[] = [];
  for await (const event of record(facts, { run: "r", clock, signal })) {
    log.push(event);
    onEvent(event, controller);
  }
  return log;
}

/** A search that is left alone, and what its models say they spent. */
export async function runToEnd(setup: Setup, cast = castOf(setup)): Promise<Evidence> {
  const log = await runSearch(setup, cast);
  const { strategy, budget } = setup;
  return { log, strategy, budget, spent: sumOf(cast.policy.spent, cast.verifier.spent) };
}

/** What two models spent together; both tell everything. */
export function sumOf(a: UseDelta, b: UseDelta): UseDelta {
  return {
    policyTokens: a.policyTokens + b.policyTokens,
    reasoningTokens: a.reasoningTokens! + b.reasoningTokens!,
    promptTokens: a.promptTokens + b.promptTokens,
    policyCalls: a.policyCalls + b.policyCalls,
    prmTokens: a.prmTokens + b.prmTokens,
    prmCalls: a.prmCalls + b.prmCalls,
    flops: a.flops! + b.flops!,
  };
}
