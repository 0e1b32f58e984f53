import fc from "fast-check";
import { expect, test } from "vitest";
import {
  outcomeAdvantages,
  processAdvantages,
  stepRewards,
  tokenAdvantages,
} from "./advantages.ts";
import { tokenTerm } from "./objective.ts";

const close = (values: ArrayLike<number>, expected: readonly number[]) => {
  expect(values.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(values[i]).toBeCloseTo(value, 6);
};

test("G1: credit of a group worked out by hand", () => {
  // Three solutions of one problem; the PRM's belief after each of their steps.
  const scores = [
    [0.9, 0.8],
    [0.9, 0.1, 0.1],
    [0.6, 0.6],
  ];
  const rewards = scores.map(stepRewards);
  close(rewards[0]!, [-0.1, -0.1]);
  close(rewards[1]!, [-0.1, -0.8, 0]);
  close(rewards[2]!, [-0.4, 0]);
  // Mean step rewards: -0.1, -0.3, -0.2; each is held against the mean of the other two.
  const alone = processAdvantages(rewards, 0);
  close(alone[0]!, [0.15, 0.15]);
  close(alone[1]!, [0.05, -0.65, 0.15]);
  close(alone[2]!, [-0.2, 0.2]);
  // With γ = 1/2, from the last step back: -0.65 + 0.15/2, then 0.05 - 0.575/2.
  close(processAdvantages(rewards, 0.5)[1]!, [-0.2375, -0.575, 0.15]);

  close(outcomeAdvantages([1, 0, 0], "leave-one-out"), [1, -0.5, -0.5]);
  // Mean 1/3, deviation √2/3.
  const deviation = Math.SQRT2 / 3 + 1e-4;
  close(outcomeAdvantages([1, 0, 0], "group"), [
    2 / 3 / deviation,
    -1 / 3 / deviation,
    -1 / 3 / deviation,
  ]);

  // Prompt of 2 tokens, steps of 2, 3 and 1 tokens, an answer of 2 that belongs to the last.
  const spans = { length: 10, promptLength: 2, stepEnds: [4, 7, 10] };
  close(
    tokenAdvantages(spans, -0.5, alone[1]!),
    [0, 0, -0.45, -0.45, -1.15, -1.15, -1.15, -0.35, -0.35, -0.35],
  );
});

const rewards = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
  minLength: 2,
  maxLength: 9,
});

test("G2: advantages of a group add up to nothing, and equal rewards teach nothing", () => {
  fc.assert(
    fc.property(rewards, fc.constantFrom("group" as const, "leave-one-out" as const), (of, how) => {
      const sum = outcomeAdvantages(of, how).reduce((total, a) => total + a, 0);
      expect(Math.abs(sum)).toBeLessThan(1e-9);
      for (const a of outcomeAdvantages(
        of.map(() => 0.3),
        how,
      ))
        expect(a).toBeCloseTo(0, 9);
    }),
  );
});

test("G3: step rewards add up to what the solution lost of certainty, however many steps it has", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }),
      (scores) => {
        const sum = stepRewards(scores).reduce((total, r) => total + r, 0);
        expect(sum).toBeCloseTo(scores.at(-1)! - 1, 9);
      },
    ),
  );
});

test("G4: the gradient of the objective equals finite differences, clipped or not", () => {
  const logprob = fc.double({ min: -6, max: -0.01, noNaN: true });
  const value = (
    lp: number,
    old: number,
    reference: number,
    a: number,
    clip: number,
    beta: number,
  ) => {
    const ratio = Math.exp(lp - old);
    const held = Math.min(1 + clip, Math.max(1 - clip, ratio));
    const kl = Math.exp(reference - lp) - (reference - lp) - 1;
    return Math.min(ratio * a, held * a) - beta * kl;
  };
  fc.assert(
    fc.property(
      ...([logprob, logprob, logprob, fc.double({ min: -2, max: 2, noNaN: true })] as const),
      fc.constantFrom(0.1, 0.2, 0.4),
      fc.constantFrom(0, 0.02, 0.5),
      (lp, old, reference, advantage, clip, klWeight) => {
        const ratio = Math.exp(lp - old);
        const edge = Math.min(Math.abs(ratio - 1 - clip), Math.abs(ratio - 1 + clip));
        fc.pre(edge > 1e-3 && Math.abs(advantage) > 1e-6);
        const h = 1e-6;
        const slope =
          (value(lp + h, old, reference, advantage, clip, klWeight) -
            value(lp - h, old, reference, advantage, clip, klWeight)) /
          (2 * h);
        const term = tokenTerm({ logprob: lp, old, reference, advantage }, { clip, klWeight });
        expect(term.gradient).toBeCloseTo(slope, -Math.log10(1e-4 * (1 + Math.abs(slope))));
        expect(term.kl).toBeGreaterThanOrEqual(-1e-12);
      },
    ),
  );
});
