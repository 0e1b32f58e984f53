import type { Labelled } from "../labels/labels.ts";
import { eachProblem, type OfProblem, type Reading } from "./each-problem.ts";
import type { JudgeSetting, Scores } from "./judge-worker.ts";

/** Lets a PRM of any form score the labelled steps of all attempts, on all cores. */
export function judgeSteps(
  setting: JudgeSetting,
  labelled: readonly Labelled[],
  reading: Reading,
): Promise<OfProblem<Scores>[]> {
  const worker = new URL("./judge-worker.ts", import.meta.url);
  return eachProblem(worker, setting, labelled, reading);
}
