import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../lib/random.ts";
import { type ModelConfig, parameterLayout } from "./model-config.ts";
import { naiveForward, naiveLoss } from "./naive.ts";
import { tinyParameters } from "./tiny-model.ts";
import { type Batch, TrainerKernel } from "./trainer-kernel.ts";

const MODULE = new WebAssembly.Module(readFileSync(path.join(import.meta.dirname, "kernel.wasm")));

/** Smaller than `TINY`: the twin is asked for two losses a parameter. */
const CONFIG: ModelConfig = {
  vocabulary: 24,
  width: 16,
  layers: 2,
  heads: 2,
  feedForward: 24,
  context: 40,
  ropeBase: 500,
  normEpsilon: 1e-3,
};
const LENGTHS = [19, 1, 34];
const ROWS = 54;

/** f32 against f64: sums of some hundred terms of size 1 lose 4 to 5 of 24 bits. */
const TOLERANCE = 2e-5;

/** Of the finite differences: what the twin's curvature adds is below 1e-7. */
const STEP = 1e-5;

function drawBatch(seed: number): Batch & { tokens: number[]; weights: number[] } {
  const random = createRandom(seed);
  return {
    tokens: Array.from({ length: ROWS }, () => Math.floor(random() * CONFIG.vocabulary)),
    // Prompt tokens and tokens to be pushed away included.
    weights: Array.from(
      { length: ROWS },
      () => Math.max(0, random() * 3 - 1) - (random() < 0.1 ? 1 : 0),
    ),
    lengths: LENGTHS,
  };
}

function createTrainer(parameters: ArrayLike<number> = tinyParameters(3, CONFIG)) {
  const trainer = new TrainerKernel(MODULE, { config: CONFIG, maxRows: 64 });
  trainer.parameters.set(parameters);
  return trainer;
}

/** Σ over the sequences of the batch. */
function naiveBatchLoss(
  parameters: ArrayLike<number>,
  { tokens, weights }: ReturnType<typeof drawBatch>,
) {
  let start = 0;
  let loss = 0;
  for (const length of LENGTHS) {
    const end = start + length;
    loss += naiveLoss(CONFIG, parameters, tokens.slice(start, end), weights.slice(start, end));
    start = end;
  }
  return loss;
}

test("loss, logits, states and log-probabilities are those of the twin", () => {
  const batch = drawBatch(1);
  const trainer = createTrainer();
  const { loss } = trainer.forward(batch);
  expect(loss).toBeCloseTo(naiveBatchLoss(trainer.parameters, batch), 4);

  const { logits, hidden } = naiveForward(CONFIG, trainer.parameters, batch.tokens.slice(20));
  const logprobs = trainer.tokenLogprobs();
  expect(logprobs[20]).toBe(0);
  for (const [t, row] of logits.entries()) {
    for (const [i, value] of row.entries()) {
      expect(Math.abs(trainer.logits[(20 + t) * 24 + i]! - value)).toBeLessThan(TOLERANCE);
    }
    for (const [i, value] of hidden[t]!.entries()) {
      expect(Math.abs(trainer.hidden[(20 + t) * 16 + i]! - value)).toBeLessThan(TOLERANCE);
    }
    if (t + 1 < logits.length) {
      const total = Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0));
      const expected = row[batch.tokens[20 + t + 1]!]! - total;
      expect(Math.abs(logprobs[20 + t + 1]! - expected)).toBeLessThan(TOLERANCE);
    }
  }
});

test.each(parameterLayout(CONFIG).tensors)(
  "the gradient of $name is that of finite differences of the twin",
  ({ offset, length }) => {
    const batch = drawBatch(2);
    const trainer = createTrainer();
    trainer.forwardBackward(batch);
    const parameters = Float64Array.from(trainer.parameters);
    const random = createRandom(offset);
    for (let n = 0; n < 16; n++) {
      const at = offset + Math.floor(random() * length);
      const value = parameters[at]!;
      const loss = (shift: number) => {
        parameters[at] = value + shift;
        return naiveBatchLoss(parameters, batch);
      };
      const expected = (loss(STEP) - loss(-STEP)) / (2 * STEP);
      parameters[at] = value;
      expect(Math.abs(trainer.gradients[at]! - expected)).toBeLessThan(TOLERANCE);
    }
  },
);

test("what is written to hiddenGradient is added on the way back", () => {
  const batch = { ...drawBatch(4), weights: new Array<number>(ROWS).fill(0) };
  const trainer = createTrainer();
  const random = createRandom(5);
  const pull = Array.from({ length: 34 * 16 }, () => random() - 0.5);
  trainer.forward(batch);
  trainer.hiddenGradient.set(pull, 20 * 16);
  trainer.backward();

  const parameters = Float64Array.from(trainer.parameters);
  const loss = () => {
    const { hidden } = naiveForward(CONFIG, parameters, batch.tokens.slice(20));
    return hidden.flat().reduce((sum, value, i) => sum + value * pull[i]!, 0);
  };
  for (const { offset, length } of trainer.layout.tensors) {
    const at = offset + Math.floor(random() * length);
    const value = parameters[at]!;
    parameters[at] = value + STEP;
    const above = loss();
    parameters[at] = value - STEP;
    const expected = (above - loss()) / (2 * STEP);
    parameters[at] = value;
    expect(Math.abs(trainer.gradients[at]! - expected)).toBeLessThan(TOLERANCE);
  }
});

test("gradients of batches add up, and a batch forgets the one before", () => {
  const [a, b] = [drawBatch(6), drawBatch(7)];
  const trainer = createTrainer();
  trainer.forward(b);
  trainer.hiddenGradient.fill(1);
  trainer.forwardBackward(a);
  const ofA = trainer.gradients.slice();
  trainer.clearGradients();
  trainer.forwardBackward(b);
  const ofB = trainer.gradients.slice();
  trainer.forwardBackward(a);
  const sum = trainer.gradients.slice();
  for (let i = 0; i < sum.length; i++)
    expect(Math.abs(sum[i]! - ofA[i]! - ofB[i]!)).toBeLessThan(TOLERANCE);

  const fresh = createTrainer();
  fresh.forwardBackward(a);
  expect(fresh.gradients).toEqual(ofA);
});

test("weights given after the forward pass count as if given with the batch", () => {
  const batch = drawBatch(8);
  const trainer = createTrainer();
  trainer.forwardBackward(batch);
  const late = createTrainer();
  late.forward({ ...batch, weights: batch.weights.map(() => 1) });
  late.setWeights(batch.weights);
  late.backward();
  expect(late.gradients).toEqual(trainer.gradients);
});

test("a step is AdamW's, with decay on matrices only and the gradient clipped", () => {
  const trainer = createTrainer();
  const options = {
    learningRate: 0.01,
    beta1: 0.9,
    beta2: 0.98,
    epsilon: 1e-6,
    weightDecay: 0.1,
    clip: 1,
    gradientScale: 0.5,
  };
  const size = trainer.layout.size;
  const [p, m, v] = [
    Float64Array.from(trainer.parameters),
    new Float64Array(size),
    new Float64Array(size),
  ];
  for (let step = 1; step <= 3; step++) {
    trainer.clearGradients();
    trainer.forwardBackward(drawBatch(step));
    const g = Float64Array.from(trainer.gradients, (value) => value * 0.5);
    const length = Math.sqrt(g.reduce((sum, value) => sum + value * value, 0));
    expect(length).toBeGreaterThan(1);
    expect(trainer.adamStep({ ...options, step })).toBeCloseTo(length, 4);
    for (const { offset, length: n, shape } of trainer.layout.tensors) {
      for (let i = offset; i < offset + n; i++) {
        const gradient = g[i]! / length;
        m[i] = 0.9 * m[i]! + 0.1 * gradient;
        v[i] = 0.98 * v[i]! + 0.02 * gradient * gradient;
        const mean = m[i]! / (1 - 0.9 ** step);
        const deviation = Math.sqrt(v[i]! / (1 - 0.98 ** step));
        if (shape.length === 2) p[i] = p[i]! * (1 - 0.01 * 0.1);
        p[i] = p[i]! - (0.01 * mean) / (deviation + 1e-6);
      }
    }
  }
  // Of a gradient near 0 only the sign is well defined, so its step of 0.01 is not.
  let far = 0;
  for (let i = 0; i < size; i++) if (Math.abs(trainer.parameters[i]! - p[i]!) > 1e-4) far++;
  expect(far / size).toBeLessThan(0.002);
});

test("a gradient that is not finite stops the step", () => {
  const trainer = createTrainer();
  trainer.gradients[5] = Number.NaN;
  const options = {
    learningRate: 1,
    beta1: 0,
    beta2: 0,
    epsilon: 1,
    weightDecay: 0,
    clip: 1,
    gradientScale: 1,
  };
  const before = trainer.parameters.slice();
  expect(() => trainer.adamStep({ ...options, step: 7 })).toThrow("step 7 has length NaN");
  expect(trainer.parameters).toEqual(before);
});

test.each([
  ["no tokens", { tokens: [], lengths: [], weights: [] }],
  [
    "too many tokens",
    { tokens: new Array(65).fill(1), lengths: [33, 32], weights: new Array(65).fill(1) },
  ],
  [
    "a sequence beyond the context",
    { tokens: new Array(41).fill(1), lengths: [41], weights: new Array(41).fill(1) },
  ],
  ["lengths that do not add up", { tokens: [1, 2, 3], lengths: [2], weights: [1, 1, 1] }],
  ["weights that are missing", { tokens: [1, 2, 3], lengths: [3], weights: [1, 1] }],
  ["a token outside the vocabulary", { tokens: [1, 24], lengths: [2], weights: [1, 1] }],
])("a batch with %s is refused", (_, batch) => {
  expect(() => createTrainer().forward(batch)).toThrow(RangeError);
});

test("packing does not change what a sequence contributes", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 }),
      (lengths) => {
        const random = createRandom(lengths.length);
        const sequences = lengths.map((length) =>
          Array.from({ length }, () => Math.floor(random() * 24)),
        );
        const trainer = createTrainer();
        const weigh = (tokens: number[]) => tokens.map((token) => token / 24);
        const tokens = sequences.flat();
        if (tokens.length > 64) return;
        trainer.forward({ tokens, lengths, weights: weigh(tokens) });
        const packed = trainer.tokenLogprobs();
        const alone = sequences.flatMap((sequence) => {
          trainer.forward({
            tokens: sequence,
            lengths: [sequence.length],
            weights: weigh(sequence),
          });
          return [...trainer.tokenLogprobs()];
        });
        expect([...packed]).toEqual(alone);
      },
    ),
    { numRuns: 20 },
  );
});
