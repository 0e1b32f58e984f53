import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ScoreAsk } from "../../search/ports.ts";
import { createEmbeddedVerifier, GENERATIVE_METADATA, readPrm } from "./embedded-verifier.ts";
import { Engine } from "./engine.ts";
import { readGguf, writeGguf } from "./gguf.ts";
import { naiveForward } from "./naive.ts";
import { TINY, tinyParameters } from "./tiny-model.ts";
import { encodeSolution, VOCABULARY } from "./vocabulary.ts";

const MODULE = new WebAssembly.Module(readFileSync(path.join(import.meta.dirname, "kernel.wasm")));
const PROBLEM = "2+3+4";
const SIGNAL = new AbortController().signal;

/** A large embedding, so that the two judgements are not about equally likely everywhere. */
const PARAMETERS = tinyParameters(4).map((value, i) => (i < 96 * TINY.width ? value * 12 : value));
const FILE = readGguf(
  writeGguf({
    ...{ name: "tiny", config: TINY, vocabulary: VOCABULARY, parameters: PARAMETERS },
    metadata: GENERATIVE_METADATA,
  }),
);

function createVerifier({ maxRows = 64, cachePages = 1024 } = {}) {
  const engine = new Engine(MODULE, FILE, { maxRows });
  return createEmbeddedVerifier({
    ...{ name: "tiny", revision: "1", vocabulary: FILE.vocabulary, problem: PROBLEM },
    ...{ engine, cachePages, breathe: async () => undefined, prm: readPrm(FILE) },
  });
}

/** By the twin, a step at a time: what it would write after the step, if all before it were judged right. */
function naiveScores({ steps, ended, answer }: ScoreAsk): number[] {
  const [right, wrong, delimiter] = VOCABULARY.encode("+-\n");
  const tokens = encodeSolution({ problem: PROBLEM, steps: [], answer: null }).tokens;
  let score = 1;
  return steps.map((step, i) => {
    const { control, encode } = VOCABULARY;
    tokens.push(...encode(step));
    if (!ended || i < steps.length - 1) tokens.push(delimiter!);
    else tokens.push(control["</reasoning>"]);
    if (ended && i === steps.length - 1 && answer !== null) {
      tokens.push(control["<assistant>"], ...encode(answer), control["</assistant>"]);
    }
    const next = naiveForward(TINY, FILE.parameters, tokens).logits.at(-1)!;
    const [up, down] = [Math.exp(next[right!]!), Math.exp(next[wrong!]!)];
    tokens.push(right!);
    score *= up / (up + down);
    return score;
  });
}

test("a score is the running product of the twin's P(+) against P(-) at the step ends", async () => {
  const asks: ScoreAsk[] = [
    { steps: ["2+3=5", "5+4=9"], ended: true, answer: "9" },
    { steps: ["2+3=6"], ended: false, answer: null },
    { steps: [], ended: false, answer: null },
    { steps: ["", "x", "+"], ended: true, answer: null },
  ];
  const { scores, spent } = await createVerifier().score(asks, SIGNAL);
  for (const [index, ask] of asks.entries()) {
    const expected = naiveScores(ask);
    expect(scores[index]).toHaveLength(expected.length);
    for (const [t, score] of expected.entries()) expect(scores[index]![t]).toBeCloseTo(score, 5);
  }
  const first = naiveScores(asks[0]!);
  expect(Math.abs(first[0]! - 0.5)).toBeGreaterThan(0.02);
  // Each solution once, the prompt once, a judgement between two steps.
  const plain = asks.map(
    (ask) => encodeSolution({ problem: PROBLEM, ...ask }).tokens.length - encodedPrompt,
  );
  expect(spent.prmTokens).toBe(encodedPrompt + plain.reduce((a, b) => a + b) + 1 + 2);
});

const encodedPrompt = encodeSolution({ problem: PROBLEM, steps: [], answer: null }).promptLength;

const AnyAsk = fc
  .record({
    steps: fc.array(fc.constantFrom("2+3=5", "5+4=9", "+", ""), { maxLength: 4 }),
    answer: fc.constantFrom("9", "", null),
    ended: fc.boolean(),
  })
  .map(({ steps, answer, ended }): ScoreAsk => {
    const over = ended && steps.length > 0;
    return { steps, ended: over, answer: over ? answer : null };
  });

test("M6: a generative score is the same whatever is asked with it, and however little is remembered", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(AnyAsk, { minLength: 1, maxLength: 8 }), async (asks) => {
      const together = await createVerifier().score(asks, SIGNAL);
      const forgetful = createVerifier({ maxRows: 3, cachePages: 1 });
      await forgetful.score(asks.slice(0, 3), SIGNAL);
      expect((await forgetful.score(asks, SIGNAL)).scores).toEqual(together.scores);
      for (const [index, ask] of asks.entries()) {
        const alone = await createVerifier().score([ask], SIGNAL);
        expect(alone.scores[0]).toEqual(together.scores[index]);
      }
    }),
    { numRuns: 30 },
  );
});

test("M7: generative scores are in [0, 1] and never rise, and a prefix scores as in the whole", async () => {
  const steps = ["2+3=5", "5+4=9", "9=9"];
  const asks = steps.map((_, i) => ({ steps: steps.slice(0, i + 1), ended: false, answer: null }));
  const { scores } = await createVerifier().score(asks, SIGNAL);
  const whole = scores[2]!;
  for (const [t, score] of whole.entries()) {
    expect(score).toBeGreaterThan(0);
    expect(score).toBeLessThan(t === 0 ? 1 : whole[t - 1]!);
  }
  expect(scores[0]).toEqual(whole.slice(0, 1));
  expect(scores[1]).toEqual(whole.slice(0, 2));
});

test("a file says which form its verifier has", () => {
  expect(readPrm(FILE)).toEqual({ form: "generative" });
  const other = { ...FILE, metadata: new Map([["prm.form", "oracular"]]) };
  expect(() => readPrm(other)).toThrow('prm.form is "oracular"');
  expect(() => readPrm({ ...FILE, metadata: new Map() })).toThrow("prm.head.evidence");
});
