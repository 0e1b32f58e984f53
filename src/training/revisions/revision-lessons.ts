import { editDistance } from "../../lib/edit-distance.ts";
import { createRandom, deriveSeed } from "../../lib/random.ts";
import { attemptTurns } from "../../models/embedded/attempt-turns.ts";
import { encodeSolution, VOCABULARY } from "../../models/embedded/vocabulary.ts";
import { familyOf } from "../../problems/families.ts";
import type { Labelled } from "../labels/labels.ts";
import type { Lesson, Lessons } from "../tuning/lessons.ts";

/** How revising is learnt. */
export interface Revising {
  /** The policy's own, several at each problem. */
  readonly attempts: readonly Labelled[];
  /** Most attempts that one sees. */
  readonly inContext: number;
  /** Share of lessons whose last attempt in context is right already, and is to be kept. */
  readonly kept: number;
}

/** An attempt as later ones see it. */
interface Tried {
  readonly steps: readonly string[];
  readonly answer: string;
  /** The answer as it is shown. */
  readonly shown: string;
}

/** What the policy wrote of one problem. */
interface Tries {
  readonly problem: string;
  /** Right line by line. */
  readonly right: readonly Tried[];
  /** With an answer that is wrong. */
  readonly wrong: readonly Tried[];
}

/** Answers in context, oldest first, and the solution that is to follow. */
export interface Chain {
  readonly problem: string;
  readonly shown: readonly string[];
  readonly next: Pick<Tried, "steps" | "answer">;
}

/**
 * Chains of attempts to learn revising from: up to `inContext` wrong ones of the
 * policy's own, then a right one of its own. How many stand in context is drawn
 * evenly from none to what there is; the last of them is the wrong one that is
 * closest to the right one in characters, so that there is something to mend, and
 * those before it are any. Every problem with a right attempt is as likely as any
 * other. Throws an `Error` if there is none.
 *
 * Source: Snell et al. 2024, arXiv:2408.03314, section 6.1 and appendix H. Theirs
 * have the whole attempts in context, ours their answers, as the policy is asked
 * (`attemptTurns`); `kept` is ours: with wrong ones alone in context a model learns
 * to change whatever it sees, and theirs spoiled 38 % of its right answers.
 */
export function createChains({ attempts, inContext, kept }: Revising): (seed: number) => Chain {
  const problems = [...Map.groupBy(attempts, ({ family, problem }) => `${family} ${problem}`)]
    .map(([, of]) => triesOf(of))
    .filter(({ right }) => right.length > 0);
  if (problems.length === 0) throw new Error("There is no right attempt to learn revising from");
  return (seed) => {
    const random = createRandom(seed);
    const draw = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
    const { problem, right, wrong } = draw(problems);
    const next = draw(right);
    const isKept = random() < kept;
    const most = Math.min(wrong.length, inContext - (isKept ? 1 : 0));
    const count = Math.floor(random() * (most + 1));
    const last = count === 0 ? [] : [closest(wrong, next)];
    const others = wrong.filter((each) => !last.includes(each));
    const before = drawSome(others, count - last.length, random);
    const seen = [...before, ...last, ...(isKept ? [draw(right)] : [])];
    return { problem, shown: seen.map(({ shown }) => shown), next };
  };
}

/** So many of them in a random order, none twice. */
function drawSome<T>(of: readonly T[], count: number, random: () => number): T[] {
  const left = [...of];
  return Array.from({ length: count }, () => {
    const [drawn] = left.splice(Math.floor(random() * left.length), 1);
    return drawn!;
  });
}

/** The same as lessons for a model with this context; of a chain its right attempt is learnt. */
export function createRevisionLessons(revising: Revising, context: number): Lessons {
  const chainAt = createChains(revising);
  return (seed) => revisionLesson(chainAt(seed), context);
}

/** The oldest answers are left out where the rest would not fit. */
export function revisionLesson({ problem, shown, next }: Chain, context: number): Lesson {
  const earlier = attemptTurns(VOCABULARY, { problem, attempts: shown, context });
  const encode = () => encodeSolution({ problem, earlier, ...next });
  let encoded = encode();
  while (encoded.tokens.length > context && earlier.length > 0) {
    earlier.shift();
    encoded = encode();
  }
  const { tokens, promptLength } = encoded;
  return { tokens, weights: tokens.map((_, t) => (t < promptLength ? 0 : 1)) };
}

/** A share of one kind of lessons among another; which one it is depends on the seed, too. */
export function mixLessons(some: Lessons, share: number, others: Lessons): Lessons {
  return (seed) => {
    const isSome = createRandom(deriveSeed(seed, MIX))() < share;
    return isSome ? some(seed) : others(seed);
  };
}

/** Sets the choice of a kind apart from the draws within it. */
const MIX = 77;

function triesOf(attempts: readonly Labelled[]): Tries {
  const { family: name, problem } = attempts[0]!;
  const family = familyOf(name);
  const parsed = family.parse(problem);
  const right: Tried[] = [];
  const wrong: Tried[] = [];
  for (const { steps, answer, labels } of attempts) {
    if (answer === null) continue;
    const { answer: shown, correct } = family.grade(parsed, steps, answer);
    if (shown === null) continue;
    const isRight = labels.length === steps.length && labels.every((label) => label === 1);
    if (isRight) right.push({ steps, answer, shown });
    else if (!correct) wrong.push({ steps, answer, shown });
  }
  return { problem, right, wrong };
}

/** Of equally close ones the first. */
function closest(wrong: readonly Tried[], { steps, answer }: Tried): Tried {
  const textOf = (of: Pick<Tried, "steps" | "answer">) => [...of.steps, of.answer].join("\n");
  const text = textOf({ steps, answer });
  const distances = wrong.map((each) => editDistance(textOf(each), text));
  return wrong[distances.indexOf(Math.min(...distances))]!;
}
