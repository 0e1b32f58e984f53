import { z } from "zod";
import type { Format } from "./format.ts";
import { binaryLabels, judgedSolution, judgedStep } from "./judged.ts";
import { RowError } from "./row-error.ts";

const Row = z.looseObject({
  id: z.string(),
  generator: z.string(),
  problem: z.string(),
  steps: z.array(z.string()).min(1),
  final_answer_correct: z.boolean(),
  label: z.int().min(-1),
});

/** ProcessBench (Zheng et al. 2024, arXiv:2412.06559): the first wrong step, from 0, or −1. */
export const processbench: Format<z.infer<typeof Row>> = {
  name: "processbench",
  about: "ProcessBench: steps and the index of the first wrong one, -1 for none",
  row: Row,
  isPerProblem: false,
  read({ id, generator, problem, steps, final_answer_correct, label }) {
    if (label >= steps.length) {
      throw new RowError("label", `${label} is no index of ${steps.length} steps`);
    }
    const right = label < 0 ? steps.length : label;
    const judged = steps.map((text, i) =>
      judgedStep(text, i < right ? 1 : i === right ? -1 : null),
    );
    return [{ ...judgedSolution(problem, judged), id, generator, correct: final_answer_correct }];
  },
  write({ steps, problem, correct, id, ...solution }, { neutral, line, solution: of, ...context }) {
    const generator = solution.generator ?? context.generator;
    if (generator === null) throw new RowError("generator", "is not said, and has to be");
    if (correct === null) {
      throw new RowError("final_answer_correct", "whether the answer is right is not known");
    }
    const labels = binaryLabels(steps, neutral);
    const label = labels.indexOf(0);
    if (label < 0 && labels.length < steps.length) {
      throw new RowError(
        "label",
        `step ${labels.length} is not labelled, and none before is wrong`,
      );
    }
    return {
      ...{ id: id ?? `line-${line}-${of}`, generator, problem },
      steps: steps.map(({ text }) => text),
      final_answer_correct: correct,
      label,
    };
  },
};
