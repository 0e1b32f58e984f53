import type { Format } from "./format.ts";
import { RowError } from "./row-error.ts";

/**
 * Prompts for reinforcement with verl, as its own examples prepare them. verl
 * reads Parquet and has no rows for step labels: what judges there is a reward
 * function, or a model that is served.
 */
export const verlPrompts: Format = {
  name: "verl-prompts",
  about: "verl's prompts for reinforcement, one a problem, with the right answer (only written)",
  row: null,
  isPerProblem: true,
  read() {
    throw new RowError("", "verl's prompts say nothing about steps");
  },
  write({ problem, truth }, { line }) {
    if (truth === null) throw new RowError("reward_model.ground_truth", "is not known");
    return {
      data_source: "sentei",
      prompt: [{ role: "user", content: problem }],
      ability: "math",
      reward_model: { style: "rule", ground_truth: truth },
      extra_info: { split: "train", index: line },
    };
  },
};
