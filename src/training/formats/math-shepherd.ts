import { z } from "zod";
import type { Format } from "./format.ts";
import { judgedSolution, judgedStep, labelledSteps } from "./judged.ts";
import { readMarkedText, STEP_MARK, writeMarkedText } from "./marked-text.ts";
import { RowError } from "./row-error.ts";

const Row = z.looseObject({ input: z.string(), label: z.string(), task: z.string() });

/** Task of rows that come from elsewhere. */
const TASK = "sentei";

/** The signs of `label`, which is `input` with a sign in the place of every mark. */
function signsOf(input: string, label: string): ("+" | "-")[] {
  const texts = input.split(STEP_MARK);
  const signs: ("+" | "-")[] = [];
  let at = 0;
  for (const [i, text] of texts.entries()) {
    if (!label.startsWith(text, at)) {
      throw new RowError(
        "label",
        `is not the input with signs for marks, from character ${at + 1} on`,
      );
    }
    at += text.length;
    if (i === texts.length - 1) break;
    const sign = label[at];
    if (sign !== "+" && sign !== "-") {
      throw new RowError("label", `no + or - for mark ${i + 1}, at character ${at + 1}`);
    }
    signs.push(sign);
    at++;
  }
  if (at < label.length) throw new RowError("label", "goes on after the end of the input");
  return signs;
}

/** Math-Shepherd (Wang et al. 2023, arXiv:2312.08935): the same text twice, with marks and with signs. */
export const mathShepherd: Format<z.infer<typeof Row>> = {
  name: "math-shepherd",
  about: `Math-Shepherd: input with a ${STEP_MARK} after each step, label with + or - there`,
  row: Row,
  isPerProblem: false,
  read({ input, label }) {
    const signs = signsOf(input, label);
    const { problem, steps } = readMarkedText(input);
    const judged = steps.map((text, i) => judgedStep(text, signs[i] === "+" ? 1 : -1));
    return [judgedSolution(problem, judged)];
  },
  write(solution, { neutral }) {
    const steps = labelledSteps(solution, neutral);
    const input = writeMarkedText(
      solution.problem,
      steps.map(({ text }) => text),
    );
    let next = 0;
    const label = input.replaceAll(STEP_MARK, () => (steps[next++]!.right ? "+" : "-"));
    return { input, label, task: TASK };
  },
};
