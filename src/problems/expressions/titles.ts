import { inEnglish, type Said, say } from "../../lib/said.ts";
import { ProblemError } from "../family.ts";
import { nameOperation } from "../name-operation.ts";
import { readLine, valueInstead } from "./judge-lines.ts";
import type { Expression } from "./notation.ts";
import { countOperations, operationsIn } from "./operations.ts";

/** Longest title, in characters of English. */
const LONGEST = 40;

/** The operation that a line does, rightly or not; `null` if the line cannot be read. */
export function titleOf(problem: Expression, before: readonly string[], step: string): Said | null {
  const line = readLine(step);
  if (line instanceof ProblemError) return null;
  const last = before.length === 0 ? problem : readLine(before.at(-1)!);
  if (last instanceof ProblemError) return say("calculate");
  const done = operationsIn(last).find((one) => valueInstead(last, line, one) !== null);
  if (done) {
    const name = nameOperation(done.left, done.operator, done.right);
    return inEnglish(name).length <= LONGEST ? name : say("do one operation");
  }
  const gone = countOperations(last) - countOperations(line);
  if (gone > 1) return say("do {count} operations at once", { count: gone });
  return say(gone === 1 ? "do one operation" : "rewrite the expression");
}
