import { createRandom } from "../src/lib/random.ts";
import type { MadeRun, MadeStep } from "./made-run.ts";

const ROUNDS = 40;
const WIDTH = 2_500;
const KEPT = 100;

/** A beam search of 100,000 steps: forty rounds, in each of which a hundred lines have 25 next steps. */
export function crowd(): MadeRun {
  const random = createRandom(7);
  const rounds: MadeStep[][] = [];
  let beam = [0];
  let next = 1;
  for (let round = 1; round <= ROUNDS; round++) {
    const kids = WIDTH / beam.length;
    const scores = Array.from({ length: WIDTH }, () => random() ** (1 + round / ROUNDS));
    const cut = scores.toSorted((a, b) => b - a)[KEPT - 1]!;
    rounds.push(
      scores.map((score, i) => ({
        ...{ parent: beam[Math.floor(i / kids)]!, step: `${i}+${round}`, score },
        ...(score < cut && { pruned: "not_top_k" }),
      })),
    );
    const first = next;
    next += WIDTH;
    beam = scores.flatMap((score, i) => (score < cut ? [] : [first + i]));
  }
  return { problem: "(9+6)*(8-3)-4*7", rounds };
}
