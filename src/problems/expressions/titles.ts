import { ProblemError } from "../family.ts";
import { nameOperation } from "../name-operation.ts";
import { readLine, valueInstead } from "./judge-lines.ts";
import type { Expression } from "./notation.ts";
import { countOperations, operationsIn } from "./operations.ts";

/** Longest title, in characters. */
const LONGEST = 40;

/** The operation that a line does, rightly or not; `null` if the line cannot be read. */
export function titleOf(
  problem: Expression,
  before: readonly string[],
  step: string,
): string | null {
  const line = readLine(step);
  if (line instanceof ProblemError) return null;
  const last = before.length === 0 ? problem : readLine(before.at(-1)!);
  if (last instanceof ProblemError) return "calculate";
  const done = operationsIn(last).find((one) => valueInstead(last, line, one) !== null);
  if (done) {
    const name = nameOperation(done.left, done.operator, done.right);
    return name.length <= LONGEST ? name : "do one operation";
  }
  const gone = countOperations(last) - countOperations(line);
  if (gone > 1) return `do ${gone} operations at once`;
  return gone === 1 ? "do one operation" : "rewrite the expression";
}
