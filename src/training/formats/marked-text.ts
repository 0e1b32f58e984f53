import { RowError } from "./row-error.ts";

/** Stands at the end of every step: a word that no English text has, one token of Mistral's vocabulary. */
export const STEP_MARK = "ки";

/** `PROBLEM Step 1: … ки`, then a line a step, as Math-Shepherd has it. Throws a `RowError` for what would not come back. */
export function writeMarkedText(problem: string, steps: readonly string[]): string {
  const text = `${problem} ${steps.map((step, i) => `Step ${i + 1}: ${step} ${STEP_MARK}`).join("\n")}`;
  const read = readMarkedText(text);
  const isSame = read.problem === problem && read.steps.every((step, i) => step === steps[i]);
  if (!isSame || read.steps.length !== steps.length) {
    throw new RowError(
      "input",
      `the text itself has "${STEP_MARK}", "Step 1:" or space at an edge`,
    );
  }
  return text;
}

/**
 * Takes such a text apart; spaces around a step and the mark are no part of it.
 * Throws a `RowError` if it does not end with a mark, or a step does not say
 * which one it is.
 */
export function readMarkedText(text: string): { problem: string; steps: string[] } {
  const parts = text.split(STEP_MARK);
  if (parts.length < 2 || parts.at(-1)!.trim() !== "") {
    throw new RowError("input", `does not end with "${STEP_MARK}"`);
  }
  const [problem, first, ...more] = parts[0]!.split(/\bStep 1:/i);
  if (first === undefined) throw new RowError("input", `has no "Step 1:" before the first mark`);
  if (more.length > 0)
    throw new RowError("input", `has "Step 1:" more than once before the first mark`);
  const rest = parts.slice(1, -1).map((part, i) => {
    const [name] = new RegExp(`^\\s*Step ${i + 2}:`, "i").exec(part) ?? [];
    if (name === undefined)
      throw new RowError("input", `"Step ${i + 2}:" does not follow mark ${i + 1}`);
    return part.slice(name.length).trim();
  });
  return { problem: problem!.trim(), steps: [first.trim(), ...rest] };
}
