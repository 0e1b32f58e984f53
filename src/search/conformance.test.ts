import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deriveSeed } from "../lib/random.ts";
import { checkerVerifier } from "../models/checker.ts";
import {
  type Doings,
  type ScriptedPolicyOptions,
  type ScriptedVerifierOptions,
  scriptedPolicy,
  scriptedVerifier,
} from "../models/scripted.ts";
import { FAMILIES, familyOf } from "../problems/families.ts";
import type { Budget, UseDelta } from "../protocol/budget.ts";
import { ROOT, RunEvent, type Sampling, TERMINAL } from "../protocol/events.ts";
import { AGGREGATIONS, type Strategy } from "../protocol/strategies.ts";
import { STRATEGY_FACTS, STRATEGY_NAMES } from "../protocol/strategy-facts/table.ts";
import { LOG_LAWS } from "./conformance.ts";
import type { SearchProblem } from "./context.ts";
import { type Evidence, readNodes } from "./log-reading.ts";
import type { Policy, Proposed, Verifier } from "./ports.ts";
import { comparable, record } from "./record.ts";
import { search } from "./strategies.ts";

interface Setup {
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

const anySize = fc.integer({ min: 1, max: 12 });
const anyAggregation = fc.constantFrom(...AGGREGATIONS);
const STRATEGIES: Record<Strategy["name"], fc.Arbitrary<Strategy>> = {
  greedy: fc.record({ name: fc.constant("greedy") }),
  majority: fc.record({ name: fc.constant("majority"), n: anySize }),
  bestOfN: fc.record({
    name: fc.constant("bestOfN"),
    n: anySize,
    weighted: fc.boolean(),
    aggregation: anyAggregation,
  }),
  beam: fc.record({
    name: fc.constant("beam"),
    n: anySize,
    m: fc.integer({ min: 1, max: 5 }),
    maxRounds: fc.constantFrom(1, 2, 3, 40),
    aggregation: anyAggregation,
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
  topK: fc.constant(0),
  topP: fc.constant(1),
  maxStepTokens: fc.constantFrom(8, 24, 96, 96, 96),
});

function anySetup(strategy: fc.Arbitrary<Strategy>): fc.Arbitrary<Setup> {
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

interface Cast {
  policy: Policy & Doings;
  verifier: Verifier & Doings;
  /** The clock that their work moves, ms. */
  clock: () => number;
}

/** The models of a setup. `pace`: ms that a token takes. */
function castOf(
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

async function run(
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

async function runToEnd(setup: Setup, cast = castOf(setup)): Promise<Evidence> {
  const log = await run(setup, cast);
  const { strategy, budget } = setup;
  return { log, strategy, budget, spent: sumOf(cast.policy.spent, cast.verifier.spent) };
}

function sumOf(a: UseDelta, b: UseDelta): UseDelta {
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

/** A policy that says something else than it thinks. */
function altered(policy: Policy, change: (proposed: Proposed) => Partial<Proposed>): Policy {
  return {
    ...policy,
    async *propose(asks, signal) {
      for await (const proposed of policy.propose(asks, signal)) {
        yield { ...proposed, ...change(proposed) };
      }
    },
  };
}

/** The same cast; tells of every call before a model hears of it. */
function watchCalls({ policy, verifier, clock }: Cast, note: () => void) {
  return {
    policy: {
      ...policy,
      propose(...call: Parameters<Policy["propose"]>) {
        note();
        return policy.propose(...call);
      },
    },
    verifier: {
      ...verifier,
      score(...call: Parameters<Verifier["score"]>) {
        note();
        return verifier.score(...call);
      },
    },
    clock,
  };
}

/** The streams of all nodes, by id: a child's is that of its parent and its place among its siblings. */
function streamsOf(seed: number, log: readonly RunEvent[]): number[] {
  const streams = new Map([[ROOT, seed]]);
  const siblings = new Map<string, number>();
  for (const { id, parent, proposed } of readNodes(log).values()) {
    if (id === ROOT) continue;
    const isAhead = proposed?.origin === "rollout";
    const place = `${parent} ${isAhead}`;
    const before = siblings.get(place) ?? 0;
    siblings.set(place, before + 1);
    streams.set(id, deriveSeed(streams.get(parent)!, ...(isAhead ? [1] : []), before));
  }
  streams.delete(ROOT);
  return [...streams.values()];
}

describe.each(STRATEGY_NAMES)("%s", (name) => {
  const anyRun = anySetup(STRATEGIES[name]);

  test.each(LOG_LAWS)("$id: $says", async ({ check }) => {
    await fc.assert(fc.asyncProperty(anyRun, async (setup) => check(await runToEnd(setup))));
  });

  test("every event keeps to the schema", async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, async (setup) => {
        for (const event of await run(setup, castOf(setup))) {
          expect(RunEvent.parse(event)).toEqual(event);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("S4: same seed, same log, however fast the models are", async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, async (setup) => {
        const { ms: _, ...budget } = setup.budget;
        const logs = await Promise.all(
          [1, 7].map((pace) => run({ ...setup, budget }, castOf(setup, { pace }))),
        );
        const [a, b] = logs.map((log) => log.map(comparable));
        expect(a).toEqual(b);
      }),
    );
  });

  test("S4: each node has a random stream of its own", async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, async (setup) => {
        const seeds: number[] = [];
        const { policy, ...others } = castOf(setup);
        const spy: Policy = {
          ...policy,
          propose(asks, signal) {
            seeds.push(...asks.map(({ seed }) => seed));
            return policy.propose(asks, signal);
          },
        };
        const log = await run(setup, { policy: spy, ...others });
        expect(seeds).toEqual(streamsOf(setup.seed, log));
      }),
      { numRuns: 30 },
    );
  });

  test("S5: an abort stops the models within one step, and the log says who", async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, fc.nat(60), async (setup, at) => {
        let calls = 0;
        const watched = watchCalls(castOf(setup), () => {
          calls++;
        });
        let atAbort: number | null = null;
        const log = await run(setup, watched, ({ seq, type }, controller) => {
          if (seq !== at || TERMINAL.has(type)) return;
          controller.abort("somebody");
          atAbort = calls;
        });
        if (atAbort === null) return;
        expect(calls).toBe(atAbort);
        expect(log.at(-1)).toMatchObject({ type: "cancelled", by: "somebody" });
        expect(log.length).toBeLessThanOrEqual(at + 2);
      }),
    );
  });

  test("S6: without a finished candidate the end is honest", async () => {
    const endless = () => ({ ended: "step", answer: null }) as const;
    const cutOff = () => ({ ended: "length", answer: null }) as const;
    const silent = ({ ended }: Proposed) => ({
      text: ended === "stop" ? "" : "well",
      answer: null,
    });
    const changes = fc.constantFrom(endless, cutOff, silent);
    await fc.assert(
      fc.asyncProperty(anyRun, changes, async (setup, change) => {
        const cast = castOf(setup);
        const log = await run(setup, { ...cast, policy: altered(cast.policy, change) });
        const { strategy, budget } = setup;
        const spent = sumOf(cast.policy.spent, cast.verifier.spent);
        for (const { check } of LOG_LAWS) check({ log, strategy, budget, spent });
        expect(log.at(-2)).toMatchObject({ path: [], answer: null, correct: null, votes: [] });
        expect(log.at(-1)).toMatchObject({ type: "finished", why: "no_answer" });
      }),
      { numRuns: 30 },
    );
  });

  test("S8: wall time ends a search as soon as a step is over", async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, fc.integer({ min: 1, max: 200 }), async (setup, ms) => {
        const cast = castOf(setup);
        let sinceThen = 0;
        const watched = watchCalls(cast, () => {
          if (cast.clock() >= ms) sinceThen++;
        });
        await run({ ...setup, budget: { ms } }, watched);
        expect(sinceThen).toBe(0);
      }),
    );
  });

  test("S11: a model that breaks its word fails the run, and no value takes its place", async () => {
    const policyKinds = ["throws", "missing", "twice"] as const;
    const verifierKinds = ["throws", "missing", "short", "nan", "out-of-range"] as const;
    const faults = [
      ...policyKinds.map((kind) => ({ policyFault: { kind, batch: 0 } })),
      ...(STRATEGY_FACTS[name].usesVerifier ? verifierKinds : []).map((kind) => ({
        verifierFault: { kind, batch: 0 },
      })),
    ];
    await fc.assert(
      fc.asyncProperty(anyRun, fc.constantFrom(...faults), async (setup, fault) => {
        const sampling = { ...setup.sampling, maxStepTokens: 96 };
        const sound = { ...setup, sampling, budget: {} };
        const cast = castOf(sound, fault);
        const log = await run(sound, cast);
        const wasReached = !("verifierFault" in fault) || cast.verifier.batches > 0;
        expect(log.at(-1)).toMatchObject({ type: wasReached ? "failed" : "finished" });
        expect(log.some(({ type }) => type === "selected")).toBe(!wasReached);
        if (wasReached)
          expect(log.at(-1)).toMatchObject({ error: expect.stringMatching(/scripted/) });
      }),
    );
  });
});

test("S12: beam with the exact checker is right more often than a majority at the same n", async () => {
  const right = { majority: 0, beam: 0 };
  for (let seed = 0; seed < 120; seed++) {
    const family = familyOf(seed % 2 === 0 ? "expressions" : "countdown");
    const parsed = family.generate({ level: 4, seed, split: "train" });
    const problem = { family, parsed, text: family.render(parsed), level: 4 };
    const sampling = { temperature: 0.8, topK: 0, topP: 1, maxStepTokens: 96 };
    const setup = { problem, seed, budget: {}, sampling, errorRate: 0.4, noise: 0 };
    for (const strategy of [
      { name: "majority", n: 8 },
      { name: "beam", n: 8, m: 4, maxRounds: 40, aggregation: "last" },
    ] as const) {
      const cast = { ...castOf({ ...setup, strategy }), verifier: checkerVerifier(problem) };
      const log = await run({ ...setup, strategy }, cast);
      const selected = log.find((event) => event.type === "selected");
      if (selected?.correct) right[strategy.name]++;
    }
  }
  expect(right.beam).toBeGreaterThan(right.majority * 1.2);
});
