import { drawInteger, drawOne } from "../lib/draw.ts";
import { hash32 } from "../lib/hash.ts";
import { createRandom, deriveSeed } from "../lib/random.ts";
import type { SearchProblem } from "../search/context.ts";
import type { Steps } from "../search/ports.ts";

/** A next step as somebody might write it who errs at times. */
interface PlausibleStep {
  readonly text: string;
  /** Whether the reasoning ends with it, and what is then stated as the answer. */
  readonly isLast: boolean;
  readonly answer: string | null;
  readonly isRight: boolean;
}

/** Writes the step after `prefix`, wrong with probability `errorRate`; depends on its arguments alone. */
export type Writer = (prefix: Steps, random: () => number, errorRate: number) => PlausibleStep;

/** Solutions that a writer knows by heart. */
const SOLUTIONS = 24;
/** Of them one in so many is an honest dead end, where the family has such. */
const DEAD_END_EVERY = 4;

/**
 * A writer who follows solutions of the problem's family as long as the prefix
 * agrees with one of them. An error changes one number of the line, that of the
 * result in the last one; after it the reasoning goes on in the same form, wrong
 * to its end. Without a family,
 * the steps are words that lead nowhere.
 */
export function plausibleWriter({ family, parsed }: SearchProblem, seed: number): Writer {
  if (family === null) return writeWords;
  const solutions = Array.from({ length: SOLUTIONS }, (_, i) =>
    family.writeSolution(
      parsed,
      createRandom(deriveSeed(seed, i)),
      i % DEAD_END_EVERY === DEAD_END_EVERY - 1 ? "dead-end" : "solved",
    ),
  );
  return (prefix, random, errorRate) => {
    const known = solutions.filter(({ steps }) => startsWith(steps, prefix));
    const isLost = known.length === 0;
    const { steps, answer } = isLost
      ? solutions[hash32(prefix.join("\n")) % solutions.length]!
      : drawOne(random, known);
    const line = steps[Math.min(prefix.length, steps.length - 1)]!;
    const isRight = !isLost && random() >= errorRate;
    const isLast = prefix.length + 1 >= steps.length;
    return {
      text: isRight ? line : changeOneNumber(line, isLast, random),
      isLast,
      answer: isLast && isRight ? answer : null,
      isRight,
    };
  };
}

function startsWith(steps: Steps, prefix: Steps): boolean {
  return prefix.length < steps.length && prefix.every((step, i) => step === steps[i]);
}

function changeOneNumber(line: string, isLast: boolean, random: () => number): string {
  const numbers = [...line.matchAll(/\d+/g)];
  if (numbers.length === 0) return `${line}?`;
  const { 0: digits, index } = drawOne(random, isLast ? numbers.slice(-1) : numbers);
  const changed = Number(digits) + drawOne(random, [1, 2, 10]);
  return line.slice(0, index) + changed + line.slice(index + digits.length);
}

const TOPICS = ["the numbers", "the question", "a smaller case", "the last line", "the units"];

function writeWords(prefix: Steps, random: () => number, errorRate: number): PlausibleStep {
  const isRight = random() >= errorRate;
  const isLast = prefix.length >= 2 && (prefix.length >= 5 || random() < 0.4);
  if (!isLast) return { text: `look at ${drawOne(random, TOPICS)}`, isLast, answer: null, isRight };
  const answer = String(isRight ? 7 : drawInteger(random, 1, 6));
  return { text: `so it is ${answer}`, isLast, answer, isRight };
}
