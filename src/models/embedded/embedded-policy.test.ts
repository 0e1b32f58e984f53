import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Ask, ModelError, type Proposed } from "../../search/ports.ts";
import { createEmbeddedPolicy } from "./embedded-policy.ts";
import { Engine } from "./engine.ts";
import { learnedParameters, TINY } from "./tiny-model.ts";
import { type EarlierTurn, encodePrompt, encodeSolution, VOCABULARY } from "./vocabulary.ts";

const MODULE = new WebAssembly.Module(readFileSync(path.join(import.meta.dirname, "kernel.wasm")));
const PROBLEM = "2+3+4";
const SOLUTIONS = [
  { steps: ["2+3=5", "5+4=9"], answer: "9" },
  { steps: ["3+4=7", "7+2=9"], answer: "9" },
];
/** Knows both solutions by heart. */
const PARAMETERS = learnedParameters(MODULE, PROBLEM, SOLUTIONS);
const SAMPLING = { temperature: 1, topK: 0, topP: 1, maxStepTokens: 12 };
const SIGNAL = new AbortController().signal;

function createPolicy({
  maxRows = 64,
  cachePages = 1024,
  maxPages = 2048,
  problem = PROBLEM,
  earlier = [] as readonly EarlierTurn[],
  breathe = async () => undefined,
} = {}) {
  const engine = new Engine(
    MODULE,
    { config: TINY, parameters: PARAMETERS },
    { maxRows, maxPages },
  );
  const counted = { rows: 0, calls: 0, engine };
  const extend = engine.extend.bind(engine);
  engine.extend = (sequences, tokens, wanted) => {
    counted.rows += sequences.length;
    counted.calls++;
    extend(sequences, tokens, wanted);
  };
  const options = { name: "tiny", revision: "1", vocabulary: VOCABULARY };
  const policy = createEmbeddedPolicy({
    ...options,
    engine,
    problem,
    earlier,
    breathe,
    cachePages,
  });
  return { policy, ...{ counted, engine } };
}

async function propose(
  policy: ReturnType<typeof createPolicy>["policy"],
  asks: readonly Ask[],
  signal = SIGNAL,
): Promise<Proposed[]> {
  const all: Proposed[] = [];
  for await (const proposed of policy.propose(asks, signal)) all.push(proposed);
  return all;
}

function ask(prefix: readonly string[], seed = 1, sampling: Partial<Ask["sampling"]> = {}): Ask {
  return { prefix, seed, sampling: { ...SAMPLING, ...sampling } };
}

/** What an ask gets apart from what it cost, which depends on the cache. */
function withoutCost({ spent, ask, ...result }: Proposed) {
  return result;
}

test("a model that knows a solution writes it step by step, then its answer", async () => {
  const { policy } = createPolicy();
  const greedy = { temperature: 0 };
  const [first] = await propose(policy, [ask([], 1, greedy)]);
  const known = SOLUTIONS.find(({ steps }) => steps[0] === first!.text)!;
  expect(first).toMatchObject({ ended: "step", answer: null, tokens: 6 });
  const [second] = await propose(policy, [ask([first!.text], 1, greedy)]);
  expect(second).toMatchObject({ text: known.steps[1], ended: "stop", answer: "9" });
  // 5 characters, </reasoning>, <assistant>, the answer, </assistant>.
  expect(second!.tokens).toBe(9);
  // Two first steps, one continuation of each.
  expect(Math.exp(first!.logprob!)).toBeCloseTo(0.5, 1);
  expect(Math.exp(second!.logprob!)).toBeCloseTo(1, 1);
});

const AnyAsk = fc.record({
  prefix: fc.array(fc.constantFrom("2+3=5", "5+4=9", "3+4=7", "1=1", ""), { maxLength: 3 }),
  seed: fc.nat(1000),
  attempts: fc.constantFrom([], [], ["3"], ["3", "4"]),
  sampling: fc.record({
    temperature: fc.constantFrom(0, 0.7, 1, 3),
    topK: fc.constantFrom(0, 5),
    topP: fc.constantFrom(1, 0.9),
    maxStepTokens: fc.constantFrom(1, 5, 12),
  }),
});

test("M4: an ask gets the same whatever is asked with it, before it, and however little is remembered", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(AnyAsk, { minLength: 1, maxLength: 12 }), async (asks) => {
      const together = await propose(createPolicy().policy, asks);
      const crowded = createPolicy({ maxRows: 3, cachePages: 1 }).policy;
      await propose(crowded, asks.slice(0, 4));
      const cramped = await propose(crowded, asks);
      const warm = createPolicy().policy;
      for (const [index, each] of asks.entries()) {
        const [alone] = await propose(warm, [each]);
        for (const batch of [together, cramped]) {
          const found = batch.filter((proposed) => proposed.ask === index);
          expect(found.map(withoutCost)).toEqual([withoutCost(alone!)]);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test("the order of answers does not depend on what is cached", async () => {
  const asks = Array.from({ length: 20 }, (_, seed) => ask(seed % 3 ? ["2+3=5"] : [], seed));
  const { policy } = createPolicy({ maxRows: 8 });
  const order = (await propose(policy, asks)).map((proposed) => proposed.ask);
  expect((await propose(policy, asks)).map((proposed) => proposed.ask)).toEqual(order);
  expect(order.toSorted((a, b) => a - b)).toEqual([...asks.keys()]);
});

test("M5: what was spent is what the engine ran", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(AnyAsk, { maxLength: 8 }), { minLength: 1, maxLength: 3 }),
      async (calls) => {
        const { policy, counted, engine } = createPolicy({ maxRows: 5 });
        for (const asks of calls) {
          const before = counted.rows;
          const all = await propose(policy, asks);
          const total = (of: (proposed: Proposed) => number) =>
            all.reduce((sum, proposed) => sum + of(proposed), 0);
          const rows = counted.rows - before;
          const sampled = total(({ spent }) => spent.policyTokens);
          const prompt = total(({ spent }) => spent.promptTokens);
          expect(total(({ spent }) => spent.policyCalls)).toBe(asks.length);
          expect(sampled).toBe(total(({ tokens }) => tokens));
          expect(total(({ spent }) => spent.reasoningTokens!)).toBe(
            total(({ reasoningTokens }) => reasoningTokens!),
          );
          for (const { text, ended, tokens, reasoningTokens } of all) {
            // What ends a step is a token of it, unless there was no room for one.
            const end = ended === "length" ? [0, 1] : [1];
            expect(end).toContain(reasoningTokens! - VOCABULARY.encode(text).length);
            if (ended !== "stop") expect(reasoningTokens).toBe(tokens);
          }
          // The last token of an ask is sampled, but not run.
          expect(rows).toBe(prompt + sampled - asks.length);
          expect(total(({ spent }) => spent.flops ?? Number.NaN)).toBe(rows * engine.flopsPerRow);
        }
      },
    ),
    { numRuns: 30 },
  );
});

test("earlier attempts are turns about the same problem, the oldest left out where they would take half of the context", async () => {
  const said = async (asked: Partial<Ask>, earlier: readonly EarlierTurn[] = []) => {
    const [proposed] = await propose(createPolicy({ earlier }).policy, [{ ...ask([]), ...asked }]);
    return withoutCost(proposed!);
  };
  const turn = (answer: string) => ({ problem: PROBLEM, answer });
  const told = await said({}, [turn("3"), turn("4")]);
  expect(await said({ attempts: ["3", "4"] })).toEqual(told);
  expect(await said({})).not.toEqual(told);
  const fits = (turns: number) =>
    encodePrompt(VOCABULARY, PROBLEM, Array<EarlierTurn>(turns).fill(turn("7"))).length <= 45;
  const most = [4, 3, 2].find(fits)!;
  expect(fits(most + 1)).toBe(false);
  const latest = Array<string>(most).fill("7");
  expect(await said({ attempts: ["1", "2", ...latest] })).toEqual(await said({ attempts: latest }));
});

test("earlier turns are read before the problem, and change what follows", async () => {
  const earlier = [{ problem: "1+2", answer: "3" }];
  const { policy } = createPolicy({ earlier });
  const [said] = await propose(policy, [ask([])]);
  expect(said!.spent.promptTokens).toBe(encodePrompt(VOCABULARY, PROBLEM, earlier).length);
  const [alone] = await propose(createPolicy().policy, [ask([])]);
  expect(said!.logprob).not.toBe(alone!.logprob);
});

test("a conversation that is longer than the context is refused with its number of tokens", async () => {
  const earlier = Array.from({ length: 12 }, () => ({ problem: "1+2", answer: "3" }));
  const { policy } = createPolicy({ earlier });
  const tokens = encodePrompt(VOCABULARY, PROBLEM, earlier).length;
  await expect(propose(policy, [ask([])])).rejects.toThrow(
    `tiny: ${tokens} tokens of earlier turns, problem and steps; its context is 90`,
  );
});

test("what was read or written before is not read again", async () => {
  const { policy } = createPolicy();
  const promptLength = encodeSolution({ problem: PROBLEM, steps: [], answer: null }).promptLength;
  const prompts = async (asks: Ask[]) => {
    const all = await propose(policy, asks);
    return all.reduce((sum, { spent }) => sum + spent.promptTokens, 0);
  };
  expect(await prompts([ask([], 1), ask([], 2), ask([], 3)])).toBe(promptLength);
  expect(await prompts([ask([], 4)])).toBe(0);
  const [{ text }] = (await propose(policy, [ask([], 1)])) as [Proposed];
  // The step was written here: only its delimiter is new.
  expect(await prompts([ask([text], 5)])).toBe(1);
  // A person's step after it is read from there on.
  expect(await prompts([ask([text, "1=1"], 6)])).toBe(4);
  expect(await prompts([ask([text, "1=1"], 7)])).toBe(0);

  const fresh = createPolicy().policy;
  const all = await propose(fresh, [ask(["1=1"]), ask(["2=2"])]);
  // The problem is read once for both.
  expect(all.reduce((sum, { spent }) => sum + spent.promptTokens, 0)).toBe(promptLength + 8);
});

test("a step is cut off at its limit, at a stray control token and at the end of the context", async () => {
  const { policy } = createPolicy();
  const [short] = await propose(policy, [ask([], 1, { maxStepTokens: 2 })]);
  expect(short).toMatchObject({ ended: "length", tokens: 2, answer: null });
  expect(short!.text).toHaveLength(2);

  const wild = Array.from({ length: 200 }, (_, seed) => ask([], seed, { temperature: 50 }));
  const strayed = (await propose(policy, wild)).filter(
    ({ ended, text }) => ended === "length" && text.length < SAMPLING.maxStepTokens,
  );
  expect(strayed.length).toBeGreaterThan(10);
  for (const { text, tokens } of strayed) {
    expect(tokens).toBe(text.length + 1);
    expect(text).not.toMatch(/<\/?(pad|user|assistant|reasoning)>/);
  }

  const filler = "1".repeat(TINY.context - 14);
  const [last] = await propose(policy, [ask([filler], 3, { temperature: 50, maxStepTokens: 80 })]);
  expect(last!.tokens).toBeLessThan(10);
});

test("M11: what ends as a step can be continued, and what stops fits the context of a reader", async () => {
  const { policy } = createPolicy();
  const { context } = TINY;
  const endings = new Set<string>();
  for (let length = context - 40; length < context - 10; length++) {
    const filler = "1".repeat(length);
    const asks = Array.from({ length: 40 }, (_, seed) =>
      ask([filler], seed, { temperature: 50, maxStepTokens: 80 }),
    );
    for (const { text, ended, answer } of await propose(policy, asks)) {
      endings.add(ended);
      if (ended === "length") continue;
      const steps = [filler, text];
      const { tokens } = encodeSolution({
        problem: PROBLEM,
        steps,
        answer,
        ended: ended === "stop",
      });
      expect(tokens.length).toBeLessThanOrEqual(ended === "stop" ? context : context - 1);
      if (ended === "step") await propose(policy, [ask(steps)]);
    }
  }
  expect(endings).toEqual(new Set(["step", "stop", "length"]));
});

test("an answer that is not closed is no answer", async () => {
  const { policy } = createPolicy();
  const steps = SOLUTIONS[0]!.steps;
  // </reasoning> is certain after the last step; then chance takes over.
  const asks = Array.from({ length: 300 }, (_, seed) =>
    ask(steps.slice(0, 1), seed, { temperature: 1.6, maxStepTokens: 9 }),
  );
  const stopped = (await propose(policy, asks)).filter(({ ended }) => ended === "stop");
  const open = stopped.filter(({ answer }) => answer === null);
  expect(stopped.length).toBeGreaterThan(open.length);
  expect(open.length).toBeGreaterThan(0);
  for (const { answer } of stopped) expect(answer ?? "").not.toMatch(/[<\n]/);
});

test.each([
  ["a prefix outside the vocabulary", [ask(["2×3=6"])], /^tiny: "×" at offset 1/],
  ["a step with a line break", [ask(["1\n2"])], /^tiny: .*line break/],
  ["a prefix beyond the context", [ask(["1".repeat(100)])], /^tiny: 1\d\d tokens .* 90$/],
])("%s is a ModelError that says so", async (_, asks, message) => {
  const { policy, engine } = createPolicy();
  const proposing = propose(policy, asks);
  await expect(proposing).rejects.toThrow(message);
  await expect(proposing).rejects.toBeInstanceOf(ModelError);
  policy.dispose();
  expect(engine.pagesInUse).toBe(0);
});

test("a problem outside the vocabulary is a ModelError", () => {
  expect(() => createPolicy({ problem: "2 × 3" })).toThrow(ModelError);
});

test("a run that needs more memory than there is ends in a ModelError, and gives back what it had", async () => {
  const { policy, engine } = createPolicy({ maxPages: 4 });
  const asks = Array.from({ length: 9 }, (_, seed) => ask([], seed));
  await expect(propose(policy, asks)).rejects.toThrow(/^tiny: No room: 4 pages/);
  policy.dispose();
  expect(engine.pagesInUse).toBe(0);
});

test("an abort stops at the next breath, with the signal's reason, and gives back the memory", async () => {
  const controller = new AbortController();
  const asks = Array.from({ length: 12 }, (_, seed) => ask([], seed, { temperature: 4 }));
  const { policy, engine, counted } = createPolicy();
  const before = new AbortController();
  before.abort(new Error("too late"));
  await expect(propose(policy, asks, before.signal)).rejects.toThrow("too late");
  expect(counted.calls).toBe(0);

  const got: Proposed[] = [];
  const consume = async () => {
    for await (const proposed of policy.propose(asks, controller.signal)) {
      got.push(proposed);
      controller.abort(new Error("enough"));
    }
  };
  await expect(consume()).rejects.toThrow("enough");
  expect(got.length).toBeLessThan(asks.length);
  policy.dispose();
  expect(engine.pagesInUse).toBe(0);
});

test("a consumer that stops listening gets the memory back", async () => {
  const { policy, engine } = createPolicy();
  const asks = Array.from({ length: 12 }, (_, seed) => ask([], seed));
  for await (const _ of policy.propose(asks, SIGNAL)) break;
  policy.dispose();
  expect(engine.pagesInUse).toBe(0);
});

test("the event loop gets its turn after every few milliseconds of work", async () => {
  let breaths = 0;
  const { policy, counted, engine } = createPolicy({
    breathe: async () => {
      breaths++;
    },
  });
  const asks = Array.from({ length: 64 }, (_, seed) => ask([], seed, { temperature: 3 }));
  while (counted.rows * engine.flopsPerRow < 6e8) await propose(policy, asks);
  expect(breaths).toBeGreaterThanOrEqual(4);
  expect(breaths).toBeLessThan(counted.calls);
});

test("the cache keeps to its pages", async () => {
  const { policy, engine } = createPolicy({ cachePages: 20 });
  for (let seed = 0; seed < 40; seed++) {
    await propose(policy, [ask([`${seed}=${seed}`], seed), ask(["2+3=5", `${seed}`], seed)]);
    // Two steps more than the cache, until the next call.
    expect(engine.pagesInUse).toBeLessThanOrEqual(20 + 4);
  }
});

test("calls that overlap do not disturb each other", async () => {
  const asks = Array.from({ length: 10 }, (_, seed) => ask(seed % 2 ? ["2+3=5"] : [], seed));
  const { policy } = createPolicy({ maxRows: 4, cachePages: 2 });
  const [a, b] = await Promise.all([propose(policy, asks), propose(policy, asks)]);
  expect(a.map(withoutCost)).toEqual(b.map(withoutCost));
  expect(a.map(withoutCost)).toEqual(
    (await propose(createPolicy({ maxRows: 4 }).policy, asks)).map(withoutCost),
  );
});
