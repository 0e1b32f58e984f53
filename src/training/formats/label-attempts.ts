import type { Attempt } from "../labels/attempt.ts";
import { type Converted, listed, type ReadRow } from "./convert.ts";
import type { RowContext } from "./format.ts";
import { type Json, PYTHON, writeJson } from "./json-spelling.ts";
import type { Judged } from "./judged.ts";
import { labelTogether } from "./label-together.ts";
import { judgeAttempt, type Labeller } from "./labeller.ts";
import { prm800k } from "./prm800k.ts";
import { poseProblem } from "./sentei-labels.ts";

interface Group {
  readonly line: number;
  readonly problem: string;
  readonly attempts: Omit<Attempt, "ended">[];
}

/**
 * Attempts at problems of our families, whatever their labels say, as `labeller`
 * judges them, in PRM800K's format: a row an attempt or, `together`, a row for
 * all attempts at a problem that follow each other.
 */
export async function* labelAttempts(
  rows: AsyncIterable<ReadRow>,
  labeller: Labeller,
  { together, ...by }: Pick<RowContext, "labeler" | "timestamp"> & { together: boolean },
): AsyncGenerator<Converted, void, void> {
  let group: Group | null = null;
  for await (const row of rows) {
    if ("error" in row) {
      yield row;
      continue;
    }
    for (const solution of row.solutions) {
      const next = attemptOf(solution);
      if (together && group?.problem === solution.problem) {
        group.attempts.push(next);
        continue;
      }
      if (group) yield labelled(group, labeller, { together, ...by });
      group = { line: row.line, problem: solution.problem, attempts: [next] };
    }
  }
  if (group) yield labelled(group, labeller, { together, ...by });
}

function attemptOf({ steps, answer }: Judged): Omit<Attempt, "ended"> {
  return { steps: steps.map(({ text }) => text), answer };
}

function labelled(
  { line, problem, attempts }: Group,
  labeller: Labeller,
  { together, ...by }: Pick<RowContext, "labeler" | "timestamp"> & { together: boolean },
): Converted {
  return listed(line, () => {
    const posed = poseProblem(problem);
    const row: Json = together
      ? labelTogether(labeller, posed, attempts, by)
      : prm800k.write(judgeAttempt(labeller, posed, attempts[0]!), {
          ...{ line, solution: 0, neutral: "right", generator: null },
          ...by,
        });
    return { line, text: writeJson(row, PYTHON), isRespelled: false };
  });
}
