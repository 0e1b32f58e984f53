import { type Said, say } from "../lib/said.ts";
import type { Family, StepJudge, StepVerdict } from "./family.ts";

/** The verdict of every line of a solution, in one pass: linear in the number of lines. */
export function exactLabels<P>(
  family: Family<P>,
  problem: P,
  steps: readonly string[],
): StepVerdict[] {
  return steps.map(family.judge(problem));
}

/** Judges `step` as the line after `before`: the last of the verdicts of all these lines. */
export function judgeAfter(judge: StepJudge, before: readonly string[], step: string): StepVerdict {
  for (const line of before) judge(line);
  return judge(step);
}

/**
 * Makes a judge of whole solutions from one that only knows right prefixes:
 * after a wrong line every line is "after-error", and `judgeNext` is no longer
 * asked.
 */
export function stopAtFirstError(judgeNext: StepJudge): StepJudge {
  let lines = 0;
  let because: Said | null = null;
  return (step) => {
    if (because !== null) return { right: false, fault: "after-error", because };
    const verdict = judgeNext(step);
    lines++;
    if (!verdict.right)
      because = say("line {line} is already wrong: {why}", {
        line: String(lines),
        why: verdict.because,
      });
    return verdict;
  };
}
