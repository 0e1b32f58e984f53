import { drawInteger, drawOne, shuffled } from "../../lib/draw.ts";
import { writeLine } from "./lines.ts";
import { afterMove, type Move, movesFrom } from "./operations.ts";
import type { Countdown } from "./problem.ts";
import { canReach } from "./reach.ts";

/** Larger results than this are not sensible: a person would not try them. */
const SENSIBLE_VALUE = 200;
/** Nor are products whose smaller factor is larger than this. */
const SENSIBLE_FACTOR = 9;

/** Whether a person would try this move: mental arithmetic, and not a mere `1*b` or `b/1`. */
export function isSensible({ left, operator, right, value }: Move): boolean {
  if (value > SENSIBLE_VALUE) return false;
  if (operator === "*") return left > 1 && left <= SENSIBLE_FACTOR;
  return operator !== "/" || right > 1;
}

/**
 * Writes the lines of a solution, drawn with `random` from all that there are;
 * at every line sensible moves are preferred. A "dead-end" leaves the way at a
 * random line and goes on honestly, its last move as near to the target as it
 * gets. The target must be reachable.
 */
export function drawSolution(
  { numbers, target }: Countdown,
  random: () => number,
  ending: "solved" | "dead-end",
): { steps: string[]; answer: string } {
  const steps: string[] = [];
  let left: readonly number[] = numbers;
  let onTheWay = true;
  const moves = numbers.length - 1;
  const exit = ending === "solved" ? moves : drawInteger(random, 0, moves - 1);
  for (let i = 0; i < moves; i++) {
    const keep = onTheWay && i < exit;
    const move = onTheWay
      ? drawMove(left, target, keep, random)
      : drawLostMove(left, target, random);
    left = afterMove(left, move)!;
    onTheWay &&= canReach(left, target);
    steps.push(writeLine(move, left));
  }
  return { steps, answer: String(left[0]) };
}

/**
 * A move that keeps the target reachable, or one that loses it. If every move
 * keeps it, one of those: the last two numbers always give a second result, so
 * the target can be lost later.
 */
function drawMove(
  left: readonly number[],
  target: number,
  keep: boolean,
  random: () => number,
): Move {
  const moves = sensibleFirst(left, random);
  return moves.find((move) => canReach(afterMove(left, move)!, target) === keep) ?? moves[0]!;
}

/** A sensible move once the target is lost: at random, and at last the nearest to the target. */
function drawLostMove(left: readonly number[], target: number, random: () => number): Move {
  const moves = sensibleFirst(left, random);
  if (left.length === 2) {
    return moves.reduce((best, move) =>
      Math.abs(move.value - target) < Math.abs(best.value - target) ? move : best,
    );
  }
  const sensible = moves.filter(isSensible);
  return drawOne(random, sensible.length > 0 ? sensible : moves);
}

function sensibleFirst(left: readonly number[], random: () => number): Move[] {
  const moves = shuffled(random, movesFrom(left));
  return [...moves.filter(isSensible), ...moves.filter((move) => !isSensible(move))];
}
