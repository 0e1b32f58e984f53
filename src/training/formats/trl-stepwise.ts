import { z } from "zod";
import type { Format } from "./format.ts";
import { judgedSolution, judgedStep, labelledSteps } from "./judged.ts";
import { RowError } from "./row-error.ts";

const Row = z.looseObject({
  prompt: z.string(),
  completions: z.array(z.string()),
  labels: z.array(z.boolean()),
});

/**
 * Stepwise supervision as TRL's `PRMTrainer` takes it. It casts labels with
 * `int()`, so only booleans are: a share of 0.9 would count as wrong there.
 */
export const trlStepwise: Format<z.infer<typeof Row>> = {
  name: "trl-stepwise",
  about: "TRL's stepwise supervision: prompt, completions, labels true or false",
  row: Row,
  isPerProblem: false,
  read({ prompt, completions, labels }) {
    if (completions.length !== labels.length) {
      throw new RowError("labels", `${labels.length} for ${completions.length} completions`);
    }
    const steps = completions.map((text, i) => judgedStep(text, labels[i] ? 1 : -1));
    return [judgedSolution(prompt, steps)];
  },
  write(solution, { neutral }) {
    const steps = labelledSteps(solution, neutral);
    return {
      prompt: solution.problem,
      completions: steps.map(({ text }) => text),
      labels: steps.map(({ right }) => right),
    };
  },
};
