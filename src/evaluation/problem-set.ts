import { hash32 } from "../lib/hash.ts";
import { deriveSeed } from "../lib/random.ts";
import { familyOf } from "../problems/families.ts";
import { type Family, ProblemError } from "../problems/family.ts";
import { MOST_PROBLEMS, type ProblemSet } from "../protocol/evaluations.ts";
import type { Problem } from "../protocol/events.ts";
import type { SetProblem } from "../protocol/uploaded-sets.ts";
import { fieldProblem } from "../runs/http-problem.ts";
import { readAnyProblem, readProblem } from "../runs/read-problem.ts";
import type { SetReader } from "../runs/set-store.ts";
import { problemFact } from "../search/problem-fact.ts";

/** Draws between two breaths: some families need milliseconds for one. */
const DRAWS_PER_BREATH = 4;

/** Draws in a row that may give a problem again before a level counts as used up. */
const MOST_REPEATS = 1_000;

/** Where problems come from. */
export interface ProblemSources {
  /** Those that were uploaded. */
  readonly sets: SetReader;
  /** Lets whatever else waits in this thread run. */
  readonly breathe: () => Promise<void>;
}

/**
 * The problems of a set, in the order in which rows count them. Of those that a
 * program makes no two are alike; those of a family and level depend on the seed alone, so a larger set begins
 * with a smaller one of the same levels. Throws an `HttpProblem` 422 that names
 * the field.
 */
export async function problemsOf(
  set: ProblemSet,
  { sets, breathe }: ProblemSources,
): Promise<Problem[]> {
  if (set.kind === "listed") return set.problems.map(readListed);
  if (set.kind === "answered") return set.problems.map(readAnswered);
  if (set.kind === "uploaded") return (await uploadedIn(sets, set)).map(readAnswered);
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

/** Graded by the answer; of the level that the set tells, or that its family sees. */
function readAnswered({
  problem,
  answer,
  level,
}: Pick<SetProblem, "problem" | "answer" | "level">): Problem {
  const fact = problemFact({ ...readAnyProblem(problem), reference: answer });
  return { ...fact, level: level ?? fact.level };
}

async function uploadedIn(
  sets: SetReader,
  { set: id, count }: Extract<ProblemSet, { kind: "uploaded" }>,
): Promise<SetProblem[]> {
  const page = await sets.page(id, { after: -1, limit: count ?? MOST_PROBLEMS + 1 });
  if (page === null) {
    const message = "there is no problem set of this id";
    throw fieldProblem({ field: "problems.set", message, value: id });
  }
  const { name, problems: all } = page.set;
  if (page.problems.length < (count ?? 1) || page.problems.length > MOST_PROBLEMS) {
    const message = `${name} has ${all} problems, and an evaluation may have ${MOST_PROBLEMS}`;
    throw fieldProblem({ field: "problems.count", message, value: count ?? all });
  }
  return page.problems;
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
