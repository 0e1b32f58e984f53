import fc from "fast-check";
import { expect, test } from "vitest";
import {
  labelsBySearch,
  labelsOfEveryPrefix,
  type PrefixRollouts,
  softLabel,
} from "./rollout-labels.ts";

const K = 8;

/** Rollouts as they are when a right prefix can always be finished, and a wrong one never. */
function perfect(length: number, error: number): PrefixRollouts[] {
  return Array.from({ length }, (_, i) => ({
    right: new Array<boolean>(K).fill(error < 0 || i < error),
    tokens: new Array<number>(K).fill(length - i),
  }));
}

const rollouts = fc.array(
  fc
    .tuple(
      fc.array(fc.boolean(), { minLength: K, maxLength: K }),
      fc.array(fc.nat(50), { minLength: K, maxLength: K }),
    )
    .map(([right, tokens]): PrefixRollouts => ({ right, tokens })),
  { minLength: 1, maxLength: 12 },
);

test("L1: where rollouts never lie, both ways find the first error exactly", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(), (length, at) => {
      const error = at % (length + 1) === length ? -1 : at % (length + 1);
      const prefixes = perfect(length, error);
      const expected = Array.from({ length: error < 0 ? length : error + 1 }, (_, i) =>
        i === error ? 0 : 1,
      );
      expect(labelsOfEveryPrefix(prefixes, K).labels).toEqual(expected);
      expect(labelsBySearch(prefixes, K).labels).toEqual(expected);
    }),
  );
});

test("L2: binary search rolls out at most ⌈log₂(n + 1)⌉ prefixes, so it never costs more than all of them", () => {
  fc.assert(
    fc.property(rollouts, fc.integer({ min: 1, max: K }), (prefixes, k) => {
      const all = labelsOfEveryPrefix(prefixes, k);
      const searched = labelsBySearch(prefixes, k);
      expect(searched.tokens).toBeLessThanOrEqual(all.tokens);
      const dearest = Math.max(
        ...prefixes.map(({ tokens }) => tokens.slice(0, k).reduce((sum, n) => sum + n, 0)),
      );
      const probes = Math.ceil(Math.log2(prefixes.length + 1));
      expect(searched.tokens).toBeLessThanOrEqual(probes * dearest);
    }),
  );
});

test("L3: more rollouts never turn a prefix that was found right into a wrong one", () => {
  fc.assert(
    fc.property(rollouts, fc.integer({ min: 1, max: K - 1 }), (prefixes, k) => {
      for (const prefix of prefixes) {
        if (softLabel(prefix, k) > 0) expect(softLabel(prefix, k + 1)).toBeGreaterThan(0);
      }
    }),
  );
});
