import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ModelError, type ScoreAsk } from "../../search/ports.ts";
import { createEmbeddedVerifier, type Prm } from "./embedded-verifier.ts";
import { Engine } from "./engine.ts";
import { createLogprobVerifier } from "./logprob-verifier.ts";
import { naiveForward } from "./naive.ts";
import { EVIDENCE_NAMES, type PrmHead, prmHeadMetadata, readPrmHead } from "./prm-head.ts";
import { TINY, tinyParameters } from "./tiny-model.ts";
import { encodeSolution, VOCABULARY } from "./vocabulary.ts";

const MODULE = new WebAssembly.Module(readFileSync(path.join(import.meta.dirname, "kernel.wasm")));
const PARAMETERS = tinyParameters(4);
const PROBLEM = "2+3+4";
const SIGNAL = new AbortController().signal;
const HEAD: PrmHead = {
  evidence: ["gap-max", "surprisal-sum", "entropy-sum", "ended", "tokens"],
  evidenceWeight: [-0.25, -0.125, 0.0625, 0.5, 0.25],
  hiddenWeight: Array.from({ length: TINY.width }, (_, i) => ((i % 5) - 2) / 8),
  bias: 0.75,
  calibration: [0.5, 1.5],
};
const PRM: Prm = { form: "head", head: HEAD };

function createReader({ maxRows = 64, cachePages = 1024 } = {}) {
  const engine = new Engine(MODULE, { config: TINY, parameters: PARAMETERS }, { maxRows });
  const counted = { rows: 0 };
  const extend = engine.extend.bind(engine);
  engine.extend = (sequences, tokens, wanted) => {
    counted.rows += sequences.length;
    extend(sequences, tokens, wanted);
  };
  const options = {
    ...{ name: "tiny", revision: "1", vocabulary: VOCABULARY, problem: PROBLEM },
    ...{ engine, cachePages, breathe: async () => undefined },
  };
  return { options, counted, engine };
}

function createVerifier(options = {}) {
  const reader = createReader(options);
  return { ...reader, verifier: createEmbeddedVerifier({ ...reader.options, prm: PRM }) };
}

function ask(steps: readonly string[], answer: string | null = null): ScoreAsk {
  return { steps, ended: answer !== null, answer };
}

test("a verifier reads earlier turns before the problem, and says when they are too many", async () => {
  const turn = { problem: "1+2", answer: "3" };
  const score = async (earlier: (typeof turn)[]) => {
    const { options } = createReader();
    const verifier = createEmbeddedVerifier({ ...options, earlier, prm: PRM });
    return verifier.score([ask(["2+3=5"])], SIGNAL);
  };
  const [alone, after] = [await score([]), await score([turn])];
  const length = (earlier: (typeof turn)[]) =>
    encodeSolution({ earlier, problem: PROBLEM, steps: [], answer: null }).promptLength;
  expect(after.spent.prmTokens - alone.spent.prmTokens).toBe(length([turn]) - length([]));
  expect(after.scores).not.toEqual(alone.scores);
  await expect(score(Array.from({ length: 12 }, () => turn))).rejects.toThrow(
    /^tiny: \d+ tokens of earlier turns, problem and steps; its context is 90$/,
  );
});

/** What the twin sees of every token after the prompt, by step. */
function naiveReadings({ steps, ended, answer }: ScoreAsk) {
  const encoded = encodeSolution({ problem: PROBLEM, steps, ended, answer });
  const { logits, hidden } = naiveForward(TINY, PARAMETERS, encoded.tokens);
  let start = encoded.promptLength;
  return encoded.stepEnds.map((end) => {
    const tokens = encoded.tokens.slice(start, end).map((token, i) => {
      const row = logits[start + i - 1]!;
      const mass = row.reduce((sum, x) => sum + Math.exp(x), 0);
      return {
        surprisal: Math.log(mass) - row[token]!,
        gap: Math.max(...row) - row[token]!,
        entropy: row.reduce((sum, x) => sum - (Math.exp(x) / mass) * (x - Math.log(mass)), 0),
      };
    });
    start = end;
    return { tokens, hidden: hidden[end - 1]! };
  });
}

test("a score is the running product of what the head makes of the twin's readings", async () => {
  const { verifier } = createVerifier();
  const asks = [ask(["2+3=5", "5+4=9"], "9"), ask(["2+3=6"]), ask([]), ask(["", "x"])];
  const { scores } = await verifier.score(asks, SIGNAL);
  expect(scores.map(({ length }) => length)).toEqual([2, 1, 0, 2]);
  for (const [index, each] of asks.entries()) {
    let score = 1;
    for (const [t, { tokens, hidden }] of naiveReadings(each).entries()) {
      const total = (of: "surprisal" | "entropy") =>
        tokens.reduce((sum, token) => sum + token[of], 0);
      const ended = each.ended && t === each.steps.length - 1 ? 1 : 0;
      const logit =
        HEAD.bias -
        0.25 * Math.max(...tokens.map(({ gap }) => gap)) -
        0.125 * total("surprisal") +
        0.0625 * total("entropy") +
        0.5 * ended +
        0.25 * tokens.length +
        hidden.reduce((sum, h, i) => sum + h * HEAD.hiddenWeight[i]!, 0);
      score *= 1 / (1 + Math.exp(-(0.5 * logit + 1.5)));
      expect(scores[index]![t]).toBeCloseTo(score, 5);
    }
  }
});

const AnyAsk = fc
  .record({
    steps: fc.array(fc.constantFrom("2+3=5", "5+4=9", "3+4=7", ""), { maxLength: 4 }),
    answer: fc.constantFrom("9", "", null),
    ended: fc.boolean(),
  })
  .map(({ steps, answer, ended }): ScoreAsk => {
    const over = ended && steps.length > 0;
    return { steps, ended: over, answer: over ? answer : null };
  });

test("M6: a solution gets the same scores whatever is asked with it, before it, and however little is remembered", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(AnyAsk, { minLength: 1, maxLength: 10 }), async (asks) => {
      const together = await createVerifier().verifier.score(asks, SIGNAL);
      const { verifier } = createVerifier({ maxRows: 3, cachePages: 1 });
      await verifier.score(asks.slice(0, 3), SIGNAL);
      expect((await verifier.score(asks, SIGNAL)).scores).toEqual(together.scores);
      for (const [index, each] of asks.entries()) {
        const alone = await createVerifier().verifier.score([each], SIGNAL);
        expect(alone.scores[0]).toEqual(together.scores[index]);
      }
    }),
    { numRuns: 40 },
  );
});

test("M7: scores are in [0, 1] and never rise, and a prefix scores as in the whole", async () => {
  const { verifier } = createVerifier();
  const steps = ["2+3=5", "5+4=9", "9=9"];
  const asks = steps.map((_, i) => ask(steps.slice(0, i + 1)));
  const { scores } = await verifier.score([...asks, ask(steps, "9")], SIGNAL);
  const whole = scores[2]!;
  for (const [t, score] of whole.entries()) {
    expect(score).toBeGreaterThan(0);
    expect(score).toBeLessThanOrEqual(t === 0 ? 1 : whole[t - 1]!);
  }
  expect(scores[0]).toEqual(whole.slice(0, 1));
  expect(scores[3]!.slice(0, 2)).toEqual(whole.slice(0, 2));
});

test("a token is computed once, and what was spent is what the engine ran", async () => {
  const { verifier, counted, engine } = createVerifier();
  const spent = async (asks: ScoreAsk[]) => {
    const before = counted.rows;
    const { spent: use } = await verifier.score(asks, SIGNAL);
    expect(use.prmTokens).toBe(counted.rows - before);
    expect(use.flops).toBe(use.prmTokens * engine.flopsPerRow);
    expect(use.prmCalls).toBe(asks.length);
    return use.prmTokens;
  };
  const prompt = encodeSolution({ problem: PROBLEM, steps: [], answer: null }).promptLength;
  expect(await spent([ask(["2+3=5"]), ask(["2+3=5"]), ask(["3+4=7"])])).toBe(prompt + 12);
  expect(await spent([ask(["2+3=5"])])).toBe(0);
  expect(await spent([ask(["2+3=5", "5+4=9"])])).toBe(6);
  expect(await spent([ask(["2+3=5", "5+4=9"], "9")])).toBe(9);
  expect(await spent([])).toBe(0);
});

test("the log-probability baseline is e to the mean ln p of the tokens so far", async () => {
  const { options } = createReader();
  const verifier = createLogprobVerifier(options);
  const asks = [ask(["2+3=5", "5+4=9"], "9"), ask(["1"])];
  const { scores } = await verifier.score(asks, SIGNAL);
  for (const [index, each] of asks.entries()) {
    const surprisals: number[] = [];
    for (const [t, { tokens }] of naiveReadings(each).entries()) {
      surprisals.push(...tokens.map(({ surprisal }) => surprisal));
      const mean = surprisals.reduce((a, b) => a + b, 0) / surprisals.length;
      expect(scores[index]![t]).toBeCloseTo(Math.exp(-mean), 5);
    }
  }
});

test.each([
  ["outside the vocabulary", ask(["2×3"]), /^tiny: "×" at offset 1/],
  ["beyond the context", ask(["1".repeat(90)]), /^tiny: \d+ tokens .* 90$/],
])("a solution %s is a ModelError that says so", async (_, each, message) => {
  const { verifier, engine } = createVerifier();
  const scoring = verifier.score([ask(["1=1"]), each], SIGNAL);
  await expect(scoring).rejects.toThrow(message);
  await expect(scoring).rejects.toBeInstanceOf(ModelError);
  verifier.dispose();
  expect(engine.pagesInUse).toBe(0);
});

test("an abort rejects with the signal's reason and gives back the memory", async () => {
  const controller = new AbortController();
  const { options, engine } = createReader({ maxRows: 8 });
  const verifier = createEmbeddedVerifier({ ...options, prm: PRM });
  const scoring = verifier.score([ask(["2+3=5"]), ask(["3+4=7"])], controller.signal);
  controller.abort(new Error("enough"));
  await expect(scoring).rejects.toThrow("enough");
  verifier.dispose();
  expect(engine.pagesInUse).toBe(0);
});

test("the head survives the model file's metadata", () => {
  const metadata = new Map(
    Object.entries(prmHeadMetadata(HEAD)).map(([key, value]) => [
      key,
      Array.from<string | number>(value),
    ]),
  );
  expect(readPrmHead(metadata, TINY)).toEqual(HEAD);
  expect(new Set(EVIDENCE_NAMES).size).toBe(EVIDENCE_NAMES.length);
});

test.each([
  ["no head", {}, "prm.head.evidence"],
  ["unknown evidence", { "prm.head.evidence": ["mood"] }, "prm.head.evidence"],
  [
    "too few weights",
    { "prm.head.evidence_weight": [1] },
    "prm.head.evidence_weight has 1 numbers, not 5",
  ],
  [
    "a head of another width",
    { "prm.head.hidden_weight": [1, 2] },
    "prm.head.hidden_weight has 2 numbers",
  ],
  ["no calibration", { "prm.head.calibration": [1] }, "prm.head.calibration"],
])("a file with %s is no verifier's", (_, change, message) => {
  const keys = Object.keys(change).length === 0 ? {} : prmHeadMetadata(HEAD);
  const metadata = new Map(
    Object.entries({ ...keys, ...change }).map(([key, value]) => [
      key,
      Array.from<string | number>(value),
    ]),
  );
  expect(() => readPrmHead(metadata, TINY)).toThrow(message);
});
