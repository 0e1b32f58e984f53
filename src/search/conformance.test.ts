import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deriveSeed } from "../lib/random.ts";
import { checkerVerifier } from "../models/checker.ts";
import { familyOf } from "../problems/families.ts";
import { ROOT, RunEvent, TERMINAL } from "../protocol/events.ts";
import { STRATEGY_FACTS, STRATEGY_NAMES } from "../protocol/strategy-facts/table.ts";
import { LOG_LAWS } from "./conformance.ts";
import { readNodes } from "./log-reading.ts";
import type { Policy, Proposed, Token, TokenPolicy, Verifier } from "./ports.ts";
import {
  anySetup,
  anyStrategy,
  type Cast,
  castOf,
  runSearch,
  runToEnd,
  sumOf,
} from "./random-search.ts";
import { comparable } from "./record.ts";

/** A policy that says something else than it thinks. */
function altered(
  policy: Policy,
  change: (proposed: Proposed) => Partial<Proposed>,
  changeTokens: (tokens: TokenPolicy) => TokenPolicy,
): Policy {
  return {
    ...policy,
    tokens: changeTokens(policy.tokens!),
    async *propose(asks, signal) {
      for await (const proposed of policy.propose(asks, signal)) {
        yield { ...proposed, ...change(proposed) };
      }
    },
  };
}

/** Tokens that end differently than the policy thinks, where they do not go on. */
function endedBy(tokens: TokenPolicy, ended: Token["ended"]): TokenPolicy {
  const ends = new Set<number>();
  const change = (token: Token): Token => {
    if (token.ended === "stop") ends.add(token.id);
    return token.ended === "stop" ? { ...token, ended } : token;
  };
  return {
    ...tokens,
    async next(asks, signal) {
      // After an end that was none the script begins anew.
      const again = asks.map((ask) => {
        const end = ask.prefix.findLastIndex((id) => ends.has(id));
        return { ...ask, prefix: ask.prefix.slice(end + 1) };
      });
      const { replies, spent } = await tokens.next(again, signal);
      return {
        spent,
        replies: replies.map(({ likeliest, drawn }) => ({
          likeliest: likeliest.map(change),
          drawn: drawn && change(drawn),
        })),
      };
    },
  };
}

/** The same tokens; tells of every call before they are asked for. */
function watchNext(
  tokens: TokenPolicy,
  note: (...call: Parameters<TokenPolicy["next"]>) => void,
): TokenPolicy {
  return {
    ...tokens,
    next(...call) {
      note(...call);
      return tokens.next(...call);
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
      tokens: watchNext(policy.tokens!, note),
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
  const anyRun = anySetup(anyStrategy[name]);

  test.each(LOG_LAWS)("$id: $says", async ({ check }) => {
    await fc.assert(fc.asyncProperty(anyRun, async (setup) => check(await runToEnd(setup))));
  });

  test("every event keeps to the schema", async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, async (setup) => {
        for (const event of await runSearch(setup, castOf(setup))) {
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
          [1, 7].map((pace) => runSearch({ ...setup, budget }, castOf(setup, { pace }))),
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
          tokens: watchNext(policy.tokens!, (asks) => {
            seeds.push(...asks.flatMap(({ draw }) => (draw ? [draw.seed] : [])));
          }),
        };
        const log = await runSearch(setup, { policy: spy, ...others });
        // A beam over tokens draws nothing.
        expect(seeds).toEqual(name === "tokenBeam" ? [] : streamsOf(setup.seed, log));
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
        const log = await runSearch(setup, watched, ({ seq, type }, controller) => {
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
    const changes = fc.constantFrom(
      [endless, (tokens: TokenPolicy) => endedBy(tokens, "step")] as const,
      [cutOff, (tokens: TokenPolicy) => endedBy(tokens, "length")] as const,
      [
        silent,
        (tokens: TokenPolicy) => ({
          ...tokens,
          read: () => ({ steps: ["well", ""], answer: null }),
        }),
      ] as const,
    );
    await fc.assert(
      fc.asyncProperty(anyRun, changes, async (setup, [change, changeTokens]) => {
        const cast = castOf(setup);
        const policy = altered(cast.policy, change, changeTokens);
        const log = await runSearch(setup, { ...cast, policy });
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
        await runSearch({ ...setup, budget: { ms } }, watched);
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
        const log = await runSearch(sound, cast);
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
      const log = await runSearch({ ...setup, strategy }, cast);
      const selected = log.find((event) => event.type === "selected");
      if (selected?.correct) right[strategy.name]++;
    }
  }
  expect(right.beam).toBeGreaterThan(right.majority * 1.2);
});
