import { drawInteger, drawOne, shuffled } from "../../lib/draw.ts";
import { afterMove, movesFrom } from "./operations.ts";
import type { Countdown } from "./problem.ts";
import { isSensible } from "./write-solution.ts";

/** The numbers of a generated problem are in [1, MAX_NUMBER]. */
const MAX_NUMBER = 25;
/** Its target is in [MIN_TARGET, MAX_TARGET]. */
const MIN_TARGET = 10;
const MAX_TARGET = 100;

/**
 * A problem with `count` numbers, solvable by construction: the target is what
 * a chain of sensible moves makes of them. Each move draws its operator first,
 * so that products and quotients are as common as sums where they are possible.
 */
export function drawProblem(count: number, random: () => number): Countdown {
  for (;;) {
    const numbers = Array.from({ length: count }, () => drawInteger(random, 1, MAX_NUMBER));
    const target = drawTarget(numbers, random);
    if (target !== null && !isTrivial(numbers, target)) {
      return { numbers: shuffled(random, numbers), target };
    }
  }
}

/** What random sensible moves make of the numbers; `null` if that is out of range. */
function drawTarget(numbers: readonly number[], random: () => number): number | null {
  let left = numbers;
  while (left.length > 1) {
    const moves = movesFrom(left).filter(isSensible);
    const operators = [...new Set(moves.map(({ operator }) => operator))];
    if (operators.length === 0) return null;
    const operator = drawOne(random, operators);
    const move = drawOne(
      random,
      moves.filter((candidate) => candidate.operator === operator),
    );
    left = afterMove(left, move)!;
  }
  const [target] = left;
  return target !== undefined && target >= MIN_TARGET && target <= MAX_TARGET ? target : null;
}

/** Whether the target is plain to see: one of the numbers, or their sum or product. */
function isTrivial(numbers: readonly number[], target: number): boolean {
  const sum = numbers.reduce((a, b) => a + b);
  const product = numbers.reduce((a, b) => a * b);
  return numbers.includes(target) || sum === target || product === target;
}
