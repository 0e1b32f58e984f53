import { expect, test } from "vitest";
import { createRandom } from "../../lib/random.ts";
import { calibrate, fitHead, sigmoid } from "./fit-head.ts";

/** Labels drawn from a known logistic model, so what is fitted can be compared with it. */
function drawRows(n: number) {
  const random = createRandom(5);
  const x = new Float32Array(n * 2);
  const y = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    x[i * 2] = random() * 4 - 2;
    x[i * 2 + 1] = random() * 40 + 100;
    const p = sigmoid(1.5 * x[i * 2]! - 0.2 * (x[i * 2 + 1]! - 120) + 0.7);
    y[i] = random() < p ? 1 : 0;
  }
  return { width: 2, x, y };
}

test("the head recovers the model that its labels were drawn from, on raw evidence", () => {
  const { weight, bias } = fitHead(drawRows(20_000), { epochs: 20, rate: 0.05, l2: 0, seed: 3 });
  expect(weight[0]).toBeCloseTo(1.5, 0.9);
  expect(weight[1]).toBeCloseTo(-0.2, 1.5);
  expect(bias + weight[1]! * 120).toBeCloseTo(0.7, 0.7);
});

test("calibration undoes a stretched and shifted logit", () => {
  const random = createRandom(9);
  const logits = new Float32Array(20_000);
  const labels = new Float32Array(20_000);
  for (let i = 0; i < logits.length; i++) {
    const honest = random() * 6 - 3;
    logits[i] = 3 * honest + 2;
    labels[i] = random() < sigmoid(honest) ? 1 : 0;
  }
  const { scale, shift } = calibrate(logits, labels);
  expect(scale).toBeCloseTo(1 / 3, 1);
  expect(shift).toBeCloseTo(-2 / 3, 0.9);
});
