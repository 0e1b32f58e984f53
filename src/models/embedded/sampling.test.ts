import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../lib/random.ts";
import { Engine } from "./engine.ts";
import { TINY, tinyParameters } from "./tiny-model.ts";

const MODULE = new WebAssembly.Module(readFileSync(path.join(import.meta.dirname, "kernel.wasm")));
const ENGINE = new Engine(MODULE, { config: TINY, parameters: tinyParameters(1) });
const ALL = { topK: 0, topP: 1 };

const Logits = fc.integer({ min: 1, max: 1e6 }).map((seed) => {
  const random = createRandom(seed);
  return Float32Array.from({ length: TINY.vocabulary }, () => 8 * random() - 4);
});

/** Share of each token over `n` evenly spread uniform numbers: right to 1/n, so nothing is left to chance. */
function shares(
  logits: Float32Array,
  sampling: Parameters<Engine["sample"]>[1],
  n = 4000,
): number[] {
  const counts = new Array<number>(logits.length).fill(0);
  for (let i = 0; i < n; i++)
    counts[ENGINE.sample(logits, sampling, (i + 0.5) / n).token]! += 1 / n;
  return counts;
}

/** The distribution that `sample` should draw from, in f64. */
function expected(
  logits: Float32Array,
  { temperature, topK, topP }: Parameters<Engine["sample"]>[1],
): number[] {
  const weights = Array.from(logits, (logit) => Math.exp(logit / temperature));
  const order = [...weights.keys()].sort((a, b) => weights[b]! - weights[a]! || a - b);
  const candidates = order.slice(0, topK === 0 ? order.length : topK);
  const mass = candidates.reduce((sum, id) => sum + weights[id]!, 0);
  let before = 0;
  const kept = candidates.filter((id) => {
    const keep = before < topP * mass;
    before += weights[id]!;
    return keep;
  });
  const total = kept.reduce((sum, id) => sum + weights[id]!, 0);
  return weights.map((weight, id) => (kept.includes(id) ? weight / total : 0));
}

test.each([
  { temperature: 1, ...ALL },
  { temperature: 0.6, ...ALL },
  { temperature: 2, topK: 5, topP: 1 },
  { temperature: 1, topK: 0, topP: 0.7 },
  { temperature: 0.8, topK: 20, topP: 0.9 },
  { temperature: 1, topK: 1, topP: 1 },
  { temperature: 1, topK: 500, topP: 1e-9 },
])("tokens come as often as %o says", (sampling) => {
  fc.assert(
    fc.property(Logits, (logits) => {
      const [drawn, right] = [shares(logits, sampling), expected(logits, sampling)];
      for (const [id, share] of drawn.entries()) {
        if (right[id] === 0) expect(share).toBe(0);
        expect(Math.abs(share - right[id]!)).toBeLessThan(1 / 2000);
      }
    }),
    { numRuns: 8 },
  );
});

test("temperature 0 takes the likeliest token, the lowest id of equals, whatever the chance", () => {
  const logits = new Float32Array(TINY.vocabulary).fill(-1);
  logits[17] = 3;
  logits[40] = 3;
  for (const u of [0, 0.5, 0.999]) {
    expect(ENGINE.sample(logits, { temperature: 0, ...ALL }, u).token).toBe(17);
  }
});

test("the log-probability is that at temperature 1 before truncation", () => {
  fc.assert(
    fc.property(Logits, fc.double({ min: 0, max: 0.999, noNaN: true }), (logits, u) => {
      const { token, logprob } = ENGINE.sample(logits, { temperature: 0.3, topK: 3, topP: 0.8 }, u);
      const mass = Array.from(logits).reduce((sum, logit) => sum + Math.exp(logit), 0);
      expect(logprob).toBeCloseTo(logits[token]! - Math.log(mass), 4);
    }),
  );
});

test("a logit far below the others is never drawn at the ends of the unit interval", () => {
  const logits = new Float32Array(TINY.vocabulary).fill(-200);
  logits[50] = 0;
  for (const topP of [1, 0.999]) {
    for (const u of [0, 0.5, 1 - 2 ** -32]) {
      expect(ENGINE.sample(logits, { temperature: 1, topK: 0, topP }, u).token).toBe(50);
    }
  }
});

test("top-p keeps the smallest set: of two equals that make up half each, one is enough for half", () => {
  const logits = new Float32Array(TINY.vocabulary).fill(-200);
  logits[20] = 1;
  logits[30] = 1;
  const drawn = (topP: number) =>
    [0, 0.49, 0.51, 0.99].map(
      (u) => ENGINE.sample(logits, { temperature: 1, topK: 0, topP }, u).token,
    );
  expect(drawn(0.5)).toEqual([20, 20, 20, 20]);
  expect(drawn(0.51)).toEqual([20, 20, 30, 30]);
});
