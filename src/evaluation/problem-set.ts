import { hash32 } from "../lib/hash.ts";
import { deriveSeed } from "../lib/random.ts";
import { familyOf } from "../problems/families.ts";
import { type Family, ProblemError } from "../problems/family.ts";
import type { ProblemSet } from "../protocol/evaluations.ts";
import type { Problem } from "../protocol/events.ts";
import { fieldProblem } from "../runs/http-problem.ts";
import { readProblem } from "../runs/read-problem.ts";

/** Draws between two breaths: some families need milliseconds for one. */
const DRAWS_PER_BREATH = 4;

/** Draws in a row that may give a problem again before a level counts as used up. */
const MOST_REPEATS = 1_000;

/**
 * The problems of a set, in the order in which rows count them: no two alike.
 * Those of a family and level depend on the seed alone, so a larger set begins
 * with a smaller one of the same levels. Throws an `HttpProblem` 422 that names
 * the field. `breathe` lets whatever else waits in this thread run.
 */
export async function problemsOf(
  set: ProblemSet,
  breathe: () => Promise<void>,
): Promise<Problem[]> {
  if (set.kind === "listed") return set.problems.map(readListed);
  const problems: Problem[] = [];
  for (const [i, { family: name, levels, count }] of set.families.entries()) {
    const at = `problems.families.${i}`;
    const family = familyCalled(name, `${at}.family`);
    const of = levels ?? family.levels;
    const foreign = of.find((level) => !family.levels.includes(level));
    if (foreign !== undefined) {
      const message = `${name} has the levels ${family.levels.join(", ")}`;
      throw fieldProblem({ field: `${at}.levels`, message, value: foreign });
    }
    const draws = drawProblems(family, { levels: of, count, seed: set.seed, field: `${at}.count` });
    for (const problem of draws) {
      problems.push(problem);
      if (problems.length % DRAWS_PER_BREATH === 0) await breathe();
    }
  }
  return problems;
}

function readListed(text: string, i: number): Problem {
  try {
    const { family, text: canonical, level } = readProblem(text);
    return { family: family?.name ?? null, text: canonical, level };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const at = error.at === null ? {} : { at: error.at };
    throw fieldProblem({
      field: `problems.problems.${i}`,
      message: error.message,
      value: text,
      ...at,
    });
  }
}

function familyCalled(name: string, field: string): Family {
  try {
    return familyOf(name);
  } catch (error) {
    throw fieldProblem({ field, message: (error as Error).message, value: name });
  }
}

interface Draw {
  readonly levels: readonly number[];
  readonly count: number;
  readonly seed: number;
  /** Where the count was asked for. */
  readonly field: string;
}

/** Levels in turn, each with a stream of its own. */
function* drawProblems(
  family: Family,
  { levels, count, seed, field }: Draw,
): Generator<Problem, void, void> {
  const seen = new Set<string>();
  const draws = new Map<number, number>();
  for (let repeats = 0; seen.size < count; ) {
    const level = levels[seen.size % levels.length]!;
    const draw = draws.get(level) ?? 0;
    draws.set(level, draw + 1);
    const drawn = deriveSeed(seed, hash32(family.name), level, draw);
    const text = family.render(family.generate({ level, seed: drawn, split: "held-out" }));
    if (!seen.has(text)) {
      repeats = 0;
      seen.add(text);
      yield { family: family.name, text, level };
    } else if (++repeats === MOST_REPEATS) {
      const message = `${family.name} has hardly more than ${seen.size} different held-out problems of these levels`;
      throw fieldProblem({ field, message, value: count });
    }
  }
}
