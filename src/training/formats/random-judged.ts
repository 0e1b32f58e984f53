import fc from "fast-check";
import { createRandom } from "../../lib/random.ts";
import { FAMILIES } from "../../problems/families.ts";
import type { Family } from "../../problems/family.ts";

/** Texts as people write them: LaTeX, other alphabets, pictures, and what JSON has to escape. */
export const anyText = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
  fc.string({ unit: "binary", minLength: 1, maxLength: 8 }),
  fc.constantFrom("\\frac{1}{2}", "a\tb\u0000\u001f\u007f", "\u2028é😀", "/", '"\\"', "\ud800"),
);

export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Bytes in pieces of any size. */
export function inPieces(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length] ?? bytes.length);
    pieces.push(bytes.slice(at, at + size));
    at += size;
  }
  return pieces;
}

export interface Posed {
  readonly family: Family;
  readonly problem: unknown;
  readonly attempt: { readonly steps: readonly string[]; readonly answer: string | null };
}

/** An attempt at a problem of any family: right, a dead end, with a broken line or cut off. */
export const anyAttempt: fc.Arbitrary<Posed> = fc
  .record({
    family: fc.constantFrom(...FAMILIES),
    level: fc.nat(),
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    ending: fc.constantFrom("solved" as const, "dead-end" as const),
    kind: fc.constantFrom("whole", "broken", "cut off", "wrong answer", "garbage"),
    where: fc.nat(),
  })
  .map(({ family, level, seed, ending, kind, where }) => {
    const of = family.levels[level % family.levels.length]!;
    const problem = family.generate({ level: of, seed, split: "train" });
    const { steps, answer } = family.writeSolution(problem, createRandom(seed), ending);
    return { family, problem, attempt: spoiled(kind, { steps, answer }, where) };
  });

function spoiled(
  kind: string,
  { steps, answer }: { steps: readonly string[]; answer: string },
  where: number,
): Posed["attempt"] {
  const place = where % steps.length;
  const line = steps[place]!;
  switch (kind) {
    case "broken":
      return {
        steps: steps.with(
          place,
          line.replace(/\d/, (digit) => `${(Number(digit) + 1) % 10}`),
        ),
        answer,
      };
    case "garbage":
      return { steps: steps.with(place, "no line at all"), answer };
    case "cut off":
      return { steps: steps.slice(0, place + 1), answer: null };
    case "wrong answer":
      return { steps, answer: `${answer}1` };
    default:
      return { steps, answer };
  }
}
