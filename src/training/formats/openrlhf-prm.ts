import { z } from "zod";
import type { Format } from "./format.ts";
import { judgedSolution, judgedStep, labelledSteps } from "./judged.ts";
import { readMarkedText, STEP_MARK, writeMarkedText } from "./marked-text.ts";
import { RowError } from "./row-error.ts";

const Row = z.looseObject({ input: z.string(), value: z.array(z.enum(["+", "-"])) });

/**
 * Rows for OpenRLHF's `train_prm`, with `--input_key input --label_key value
 * --placeholder_token ки --reward_tokens + -`. It takes shares instead of signs
 * too; those are no judgements, and are not read.
 */
export const openrlhfPrm: Format<z.infer<typeof Row>> = {
  name: "openrlhf-prm",
  about: `OpenRLHF's PRM rows: input with a ${STEP_MARK} after each step, value a list of + and -`,
  row: Row,
  isPerProblem: false,
  read({ input, value }) {
    const { problem, steps } = readMarkedText(input);
    if (steps.length !== value.length) {
      throw new RowError("value", `${value.length} for ${steps.length} steps`);
    }
    const judged = steps.map((text, i) => judgedStep(text, value[i] === "+" ? 1 : -1));
    return [judgedSolution(problem, judged)];
  },
  write(solution, { neutral }) {
    const steps = labelledSteps(solution, neutral);
    const texts = steps.map(({ text }) => text);
    return {
      input: writeMarkedText(solution.problem, texts),
      value: steps.map(({ right }) => (right ? "+" : "-")),
    };
  },
};
