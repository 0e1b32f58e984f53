import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ModelError, type TokenAsk } from "../../search/ports.ts";
import { createEmbeddedPolicy } from "./embedded-policy.ts";
import { Engine } from "./engine.ts";
import { learnedParameters, TINY } from "./tiny-model.ts";
import { encodePrompt, encodeSolution, VOCABULARY } from "./vocabulary.ts";

const MODULE = new WebAssembly.Module(readFileSync(path.join(import.meta.dirname, "kernel.wasm")));
const PROBLEM = "2+3+4";
const SOLUTIONS = [
  { steps: ["2+3=5", "5+4=9"], answer: "9" },
  { steps: ["3+4=7", "7+2=9"], answer: "9" },
];
const PARAMETERS = learnedParameters(MODULE, PROBLEM, SOLUTIONS);
const SAMPLING = { temperature: 1, topK: 0, topP: 1, maxStepTokens: 90 };
const SIGNAL = new AbortController().signal;
const { control, delimiter, encode } = VOCABULARY;

function createPolicy({ maxRows = 64, cachePages = 1024, problem = PROBLEM } = {}) {
  const engine = new Engine(MODULE, { config: TINY, parameters: PARAMETERS }, { maxRows });
  let rows = 0;
  const extend = engine.extend.bind(engine);
  engine.extend = (sequences, ...rest) => {
    rows += sequences.length;
    extend(sequences, ...rest);
  };
  const policy = createEmbeddedPolicy({
    ...{ name: "tiny", revision: "1", vocabulary: VOCABULARY, engine, problem, cachePages },
    breathe: async () => undefined,
  });
  return { policy, tokens: policy.tokens!, engine, rows: () => rows };
}

/** A whole solution as its tokens, without the prompt. */
function written(index: number): number[] {
  const { tokens, promptLength } = encodeSolution({ problem: PROBLEM, ...SOLUTIONS[index]! });
  return tokens.slice(promptLength);
}

const anyPrefix = fc
  .record({ which: fc.constantFrom(0, 1), length: fc.nat(18) })
  .map(({ which, length }) => written(which).slice(0, length));
const anyAsk: fc.Arbitrary<TokenAsk> = fc.record({
  prefix: anyPrefix,
  top: fc.integer({ min: 0, max: 96 }),
  draw: fc.option(fc.record({ sampling: fc.constant(SAMPLING), seed: fc.nat(1e6) })),
});

test("U3: token by token it writes what it writes step by step, with the same probability", async () => {
  const { policy, tokens } = createPolicy();
  const sampling = { ...SAMPLING, temperature: 0 };
  const ids: number[] = [];
  let logprob = 0;
  for (;;) {
    const draw = { sampling, seed: 1 };
    const { replies } = await tokens.next([{ prefix: ids, top: 1, draw }], SIGNAL);
    const { drawn, likeliest } = replies[0]!;
    expect(drawn).toEqual(likeliest[0]);
    ids.push(drawn!.id);
    logprob += drawn!.logprob;
    if (drawn!.ended !== "step") break;
  }
  const steps: string[] = [];
  let stepLogprob = 0;
  for (;;) {
    for await (const step of policy.propose([{ prefix: steps, sampling, seed: 1 }], SIGNAL)) {
      steps.push(step.text);
      stepLogprob += step.logprob!;
      if (step.ended !== "stop") continue;
      expect(tokens.read(ids)).toEqual({ steps, answer: step.answer });
      expect(logprob).toBeCloseTo(stepLogprob, 6);
      return;
    }
  }
});

test("M4: a reply does not depend on what else is asked, nor on how many at a time, nor on what is remembered", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyAsk, { minLength: 1, maxLength: 6 }),
      fc.constantFrom(2, 64),
      fc.constantFrom(1, 1024),
      async (asks, maxRows, cachePages) => {
        const { tokens } = createPolicy({ maxRows, cachePages });
        const { replies } = await tokens.next(asks, SIGNAL);
        const again = await tokens.next(asks, SIGNAL);
        expect(again.replies).toEqual(replies);
        for (const [i, ask] of asks.entries()) {
          const alone = await createPolicy().tokens.next([ask], SIGNAL);
          expect(alone.replies).toEqual([replies[i]]);
        }
      },
    ),
    { numRuns: 20 },
  );
});

test("all tokens together are told with the whole of the probability, likeliest first", async () => {
  await fc.assert(
    fc.asyncProperty(anyPrefix, async (prefix) => {
      const { tokens } = createPolicy();
      const { replies } = await tokens.next([{ prefix, top: 96, draw: null }], SIGNAL);
      const { likeliest } = replies[0]!;
      expect(new Set(likeliest.map(({ id }) => id)).size).toBe(96);
      const logprobs = likeliest.map(({ logprob }) => logprob);
      expect(logprobs).toEqual(logprobs.toSorted((a, b) => b - a));
      expect(logprobs.reduce((sum, logprob) => sum + Math.exp(logprob), 0)).toBeCloseTo(1, 4);
    }),
    { numRuns: 20 },
  );
});

test("M5: what was spent is what the engine ran: a shared prefix is read once, and a token is a row", async () => {
  const { tokens, engine, rows } = createPolicy();
  const prompt = encodePrompt(VOCABULARY, PROBLEM).length;
  const ask = (prefix: readonly number[]): TokenAsk => ({ prefix, top: 1, draw: null });
  const first = await tokens.next([ask([]), ask([])], SIGNAL);
  expect(first.spent).toMatchObject({ policyTokens: 2, policyCalls: 2, promptTokens: prompt });
  expect(rows()).toBe(prompt);
  const [a, b] = [encode("2"), encode("3")];
  const second = await tokens.next([ask(a), ask(b)], SIGNAL);
  expect(second.spent).toMatchObject({ policyTokens: 2, reasoningTokens: 2, promptTokens: 0 });
  expect(rows()).toBe(prompt + 2);
  const long = written(0);
  const third = await tokens.next([ask(long.slice(0, -1))], SIGNAL);
  // It goes on from "2"; all of the rest but the last token is new to it.
  expect(third.spent).toMatchObject({ reasoningTokens: 0, promptTokens: long.length - 3 });
  expect(first.spent.flops! + second.spent.flops! + third.spent.flops!).toBe(
    rows() * engine.flopsPerRow,
  );
});

test("M3: no page leaks", async () => {
  const { policy, tokens, engine } = createPolicy({ cachePages: 4 });
  for (let length = 0; length < 12; length++) {
    const asks = [0, 1].map((i) => ({ prefix: written(i).slice(0, length), top: 2, draw: null }));
    await tokens.next(asks, SIGNAL);
    expect(engine.pagesInUse).toBeLessThanOrEqual(8);
  }
  policy.dispose();
  expect(engine.pagesInUse).toBe(0);
});

test("a token is told with what it means there", async () => {
  const { tokens } = createPolicy();
  const meaning = async (prefix: readonly number[], id: number) => {
    const { replies } = await tokens.next([{ prefix, top: 96, draw: null }], SIGNAL);
    const { logprob: _, ...token } = replies[0]!.likeliest.find((each) => each.id === id)!;
    return token;
  };
  const step = encode("2+3=5");
  const end = control["</reasoning>"];
  const answer = control["<assistant>"];
  expect(await meaning(step, delimiter)).toEqual({
    ...{ id: delimiter, text: "\n", isControl: false, isReasoning: true, ended: "step" },
  });
  expect(await meaning(step, end)).toMatchObject({
    ...{ text: "</reasoning>", isControl: true, isReasoning: true, ended: "step" },
  });
  expect(await meaning(step, control["<pad>"])).toMatchObject({ ended: "length" });
  expect(await meaning([...step, end], answer)).toMatchObject({
    ...{ isControl: true, isReasoning: false, ended: "step" },
  });
  expect(await meaning([...step, end], delimiter)).toMatchObject({ ended: "stop" });
  const stating = [...step, end, answer, ...encode("9")];
  expect(await meaning(stating, control["</assistant>"])).toMatchObject({ ended: "stop" });
  expect(tokens.read([...stating, control["</assistant>"]])).toEqual({
    ...{ steps: ["2+3=5"], answer: "9" },
  });
  expect(tokens.read([...stating, delimiter])).toEqual({ steps: ["2+3=5"], answer: null });
  expect(tokens.read([...step, delimiter, ...encode("5+")])).toEqual({
    ...{ steps: ["2+3=5", "5+"], answer: null },
  });
});

test("what fills the context is cut off, and more is an error", async () => {
  const { tokens } = createPolicy();
  const room = TINY.context - 1 - encodePrompt(VOCABULARY, PROBLEM).length;
  const prefix = Array<number>(room).fill(encode("1")[0]!);
  const { replies } = await tokens.next([{ prefix, top: 96, draw: null }], SIGNAL);
  expect(replies[0]!.likeliest.every(({ ended }) => ended === "length")).toBe(true);
  const asked = tokens.next([{ prefix: [...prefix, 9, 9], top: 1, draw: null }], SIGNAL);
  await expect(asked).rejects.toThrow(ModelError);
});

test("an abort ends it with the signal's reason", async () => {
  const { tokens } = createPolicy();
  const stop = new AbortController();
  stop.abort(new Error("enough"));
  const asked = tokens.next([{ prefix: [], top: 1, draw: null }], stop.signal);
  await expect(asked).rejects.toThrow("enough");
});
