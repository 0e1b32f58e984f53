import { familyOf } from "../../../problems/families.ts";
import type { Split } from "../../../problems/family.ts";
import type { Problem } from "../../../protocol/events.ts";

/** Whether training could see a problem; `null` for one that no family knows. Throws if the text is not canonical. */
export function splitOfProblem({ family, text }: Problem): Split | null {
  if (family === null) return null;
  const { parse, splitOf } = familyOf(family);
  return splitOf(parse(text));
}
