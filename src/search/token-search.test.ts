import fc from "fast-check";
import { expect, test } from "vitest";
import { hash32 } from "../lib/hash.ts";
import { createRandom } from "../lib/random.ts";
import { drawToken } from "../models/draw-token.ts";
import { NO_USE } from "../protocol/budget.ts";
import type { RunEvent, Sampling } from "../protocol/events.ts";
import { Strategy } from "../protocol/strategies.ts";
import { likelihood } from "./likelihood.ts";
import { readNodes, stepsTo } from "./log-reading.ts";
import type { Policy, Token } from "./ports.ts";
import { anySetup, anyStrategy, castOf, runSearch } from "./random-search.ts";
import { record } from "./record.ts";
import { search } from "./strategies.ts";

const END = 9;
const { ms: _, ...NOTHING } = NO_USE;

/** A policy of any probabilities, over a few letters and an end, that surely ends after `depth` letters. */
function letterPolicy(seed: number, { letters, depth }: { letters: number; depth: number }) {
  const tokensAfter = (prefix: readonly number[]): Token[] => {
    const ids = prefix.length >= depth ? [END] : [...Array(letters).keys(), END];
    const random = createRandom(hash32(`${seed} ${prefix}`));
    const weights = ids.map(() => 0.02 + random() ** 3);
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    return ids
      .map((id, i) => ({
        ...{ id, text: id === END ? "<end>" : "abcde"[id]!, isControl: id === END },
        ...{ isReasoning: id !== END, logprob: Math.min(0, Math.log(weights[i]! / whole)) },
        ended: id === END ? ("stop" as const) : ("step" as const),
      }))
      .sort((a, b) => b.logprob - a.logprob || a.id - b.id);
  };
  const policy: Policy = {
    ...{ name: "letters", revision: "1", dispose() {} },
    // biome-ignore lint/correctness/useYield: it is never asked for steps
    async *propose() {
      throw new Error("asked for steps");
    },
    tokens: {
      async next(asks) {
        const replies = asks.map(({ prefix, top, draw }) => {
          const tokens = tokensAfter(prefix);
          const logprobs = tokens.map(({ logprob }) => logprob);
          const u = draw ? createRandom(draw.seed)() : 0;
          const drawn = draw && tokens[drawToken(logprobs, draw.sampling, u)]!;
          return { likeliest: tokens.slice(0, top), drawn };
        });
        return { replies, spent: { ...NOTHING, policyTokens: asks.length } };
      },
      read: (ids) => ({ steps: [], answer: `answer ${ids.slice(0, -1).join("")}` }),
    },
  };
  return { policy, tokensAfter };
}

const SAMPLING: Sampling = { temperature: 1, topK: 0, topP: 1, maxStepTokens: 96 };

async function run(policy: Policy, strategy: Strategy, { seed = 1, sampling = SAMPLING } = {}) {
  const { signal } = new AbortController();
  const facts = search(strategy, {
    problem: { family: null, parsed: null, text: "?", level: null },
    ...{ policy, verifier: null, sampling, seed, budget: {}, signal },
    ...{ producer: "test@0", elapsedMs: () => 0 },
  });
  const log: RunEvent[] = [];
  for await (const event of record(facts, { run: "r", clock: () => 0, signal })) log.push(event);
  return log;
}

/** The tokens of the selected path, joined; `null` if nothing was selected. */
function chosen(log: readonly RunEvent[]): string | null {
  const selected = log.find((event) => event.type === "selected");
  const leaf = selected?.path.at(-1);
  return leaf === undefined ? null : stepsTo(readNodes(log), leaf).join("");
}

const beam = (parameters: object) => Strategy.parse({ name: "tokenBeam", ...parameters });
const anySeed = fc.nat(1e6);
const anySize = fc.record({
  letters: fc.constantFrom(1, 2, 3),
  depth: fc.integer({ min: 1, max: 4 }),
});
const anyAlpha = fc.constantFrom(0, 0.3, 0.6, 1);

test("U1: a beam of one says what greedy says", async () => {
  await fc.assert(
    fc.asyncProperty(anySeed, anySize, anyAlpha, async (seed, size, lengthPenalty) => {
      const { policy } = letterPolicy(seed, size);
      const narrow = await run(policy, beam({ width: 1, lengthPenalty }));
      expect(chosen(narrow)).toBe(
        chosen(await run(policy, Strategy.parse({ name: "tokenGreedy" }))),
      );
    }),
  );
});

test("a beam of one says what greedy says with the script, too", async () => {
  const greedy = anySetup(anyStrategy.tokenGreedy);
  await fc.assert(
    fc.asyncProperty(greedy, async (setup) => {
      const sound = { ...setup, budget: {} };
      const { maxTokens } = setup.strategy as Extract<Strategy, { name: "tokenGreedy" }>;
      const narrow = { ...sound, strategy: beam({ width: 1, maxTokens }) };
      const [a, b] = [
        await runSearch(sound, castOf(sound)),
        await runSearch(narrow, castOf(narrow)),
      ];
      expect(chosen(a)).toBe(chosen(b));
    }),
    { numRuns: 30 },
  );
});

test("U1: a beam wider than there are texts finds the best of all of them, and ends early without losing it", async () => {
  await fc.assert(
    fc.asyncProperty(anySeed, anySize, anyAlpha, async (seed, size, lengthPenalty) => {
      const { policy, tokensAfter } = letterPolicy(seed, size);
      const whole: { text: string; score: number }[] = [];
      const open = [{ ids: [] as number[], text: "", logprob: 0 }];
      for (let path = open.pop(); path; path = open.pop()) {
        for (const token of tokensAfter(path.ids)) {
          const ids = [...path.ids, token.id];
          const [text, logprob] = [path.text + token.text, path.logprob + token.logprob];
          if (token.ended === "step") open.push({ ids, text, logprob });
          else whole.push({ text, score: likelihood(logprob, ids.length, lengthPenalty) });
        }
      }
      const best = whole.reduce((a, b) => (b.score > a.score ? b : a));
      fc.pre(whole.length < 64);
      const maxTokens = size.depth + 1;
      const log = await run(policy, beam({ width: 64, lengthPenalty, maxTokens }));
      expect(chosen(log)).toBe(best.text);
    }),
  );
});

test("a beam that has enough leaves the rest, and says so", async () => {
  const { policy } = letterPolicy(3, { letters: 2, depth: 6 });
  const log = await run(policy, beam({ width: 2, lengthPenalty: 0 }));
  expect(log.at(-1)).toMatchObject({ type: "finished", why: "decided" });
  const left = log.flatMap((event) => (event.type === "pruned" ? event.nodes : []));
  expect(left.at(-1)).toMatchObject({ reason: "superseded" });
});

test("a length penalty favours longer texts", async () => {
  let longer = 0;
  for (let seed = 0; seed < 40; seed++) {
    const { policy } = letterPolicy(seed, { letters: 2, depth: 4 });
    const lengthOf = async (lengthPenalty: number) =>
      chosen(await run(policy, beam({ width: 64, lengthPenalty, maxTokens: 5 })))!.length;
    const [plain, fair] = [await lengthOf(0), await lengthOf(1)];
    expect(fair).toBeGreaterThanOrEqual(plain);
    if (fair > plain) longer++;
  }
  expect(longer).toBeGreaterThan(10);
});

test("U2: tokens are drawn as often as they are likely, at the temperature and within the cut", async () => {
  const { policy, tokensAfter } = letterPolicy(11, { letters: 4, depth: 1 });
  const tokens = tokensAfter([]);
  const strategy = Strategy.parse({ name: "tokenSampling", n: 128 });
  const cuts = [
    {},
    { temperature: 0.5 },
    { topK: 2 },
    { topP: 0.6 },
    { topK: 3, topP: 0.8, temperature: 2 },
  ];
  for (const cut of cuts) {
    const sampling = { ...SAMPLING, ...cut };
    const drawn = new Map<string, number>();
    for (let seed = 0; seed < 30; seed++) {
      const log = await run(policy, strategy, { seed, sampling });
      const firsts = [...readNodes(log).values()].filter(({ depth }) => depth === 1);
      for (const { proposed } of firsts) {
        drawn.set(proposed!.step, (drawn.get(proposed!.step) ?? 0) + 1);
      }
    }
    const n = 30 * 128;
    for (const { text, probability } of expected(tokens, sampling)) {
      const slack = 4.5 * Math.sqrt((probability * (1 - probability)) / n);
      expect(Math.abs((drawn.get(text) ?? 0) / n - probability)).toBeLessThanOrEqual(slack);
    }
  }
});

/** By the definitions: temper, keep the k likeliest, then the smallest set with the mass p of them. */
function expected(tokens: readonly Token[], { temperature, topK, topP }: Sampling) {
  const weights = tokens.map(({ logprob }) => Math.exp(logprob) ** (1 / temperature));
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const top = weights.map((weight, i) => (topK === 0 || i < topK ? weight : 0));
  const nucleus = top.map((weight, i) => (sum(top.slice(0, i)) < topP * sum(top) ? weight : 0));
  return tokens.map(({ text }, i) => ({ text, probability: nucleus[i]! / sum(nucleus) }));
}

test("the first 4 of 8 solutions are those of a run of 4", async () => {
  const { policy } = letterPolicy(5, { letters: 3, depth: 5 });
  const texts = async (n: number) => {
    const log = await run(policy, Strategy.parse({ name: "tokenSampling", n }));
    const nodes = readNodes(log);
    const chainOf = (leaf: number) => {
      let at = nodes.get(leaf)!;
      while (at.parent !== 0) at = nodes.get(at.parent)!;
      return at.id;
    };
    return [...nodes.values()]
      .filter(({ answered }) => answered)
      .sort((a, b) => chainOf(a.id) - chainOf(b.id))
      .map(({ id }) => stepsTo(nodes, id).join(""));
  };
  expect((await texts(8)).slice(0, 4)).toEqual(await texts(4));
});

test("alternatives are told beside what is drawn, likeliest first, and never the drawn one itself", async () => {
  const { policy, tokensAfter } = letterPolicy(8, { letters: 4, depth: 3 });
  const log = await run(policy, Strategy.parse({ name: "tokenSampling", n: 6, alternatives: 2 }));
  for (const event of log) {
    if (event.type !== "proposed" || event.others === undefined) continue;
    expect(event.others.map(({ text }) => text)).not.toContain(event.step);
    const [first, second = first] = event.others;
    expect(first!.logprob).toBeGreaterThanOrEqual(second!.logprob);
  }
  const root = log.find((event) => event.type === "proposed");
  const likeliest = tokensAfter([]).filter(({ text }) => text !== root!.step);
  expect(root!.others!.map(({ text }) => text)).toEqual(
    likeliest.slice(0, 2).map(({ text }) => text),
  );
});

test("a policy that does not tell of tokens is refused before anything is asked", () => {
  const { policy } = letterPolicy(1, { letters: 1, depth: 1 });
  const { tokens: _tokens, ...plain } = policy;
  const { signal } = new AbortController();
  const context = {
    problem: { family: null, parsed: null, text: "?", level: null },
    ...{ policy: plain, verifier: null, sampling: SAMPLING, seed: 1, budget: {}, signal },
    ...{ producer: "test@0", elapsedMs: () => 0 },
  };
  expect(() => search(beam({}), context)).toThrow(
    "the strategy tokenBeam needs a policy that tells what may follow token by token, and letters does not",
  );
});

test.each([
  ["two tokens where one was asked for", () => [0, 1], /told 2 tokens where 1/],
  ["a probability above 1", () => [0.5], /log-probability 0.5/],
  ["no probability", () => [Number.NaN], /log-probability NaN/],
])("a policy that tells %s fails the run", async (_what, logprobs, message) => {
  const { policy } = letterPolicy(1, { letters: 1, depth: 1 });
  const [token] = (
    await policy.tokens!.next([{ prefix: [], top: 1, draw: null }], new AbortController().signal)
  ).replies[0]!.likeliest;
  const liar: Policy = {
    ...policy,
    tokens: {
      ...policy.tokens!,
      next: async () => ({
        replies: [
          {
            likeliest: logprobs().map((logprob) => ({
              ...token!,
              logprob: logprob === 0 ? -1 : logprob === 1 ? -2 : logprob,
            })),
            drawn: null,
          },
        ],
        spent: NOTHING,
      }),
    },
  };
  const log = await run(liar, beam({ width: 1, alternatives: 0 }));
  expect(log.at(-1)).toMatchObject({ type: "failed", error: expect.stringMatching(message) });
});
