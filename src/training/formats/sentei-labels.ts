import { z } from "zod";
import { createRandom } from "../../lib/random.ts";
import { familyOf, parseProblem } from "../../problems/families.ts";
import { type Family, ProblemError } from "../../problems/family.ts";
import type { Labelled } from "../labels/labels.ts";
import type { Format } from "./format.ts";
import { binaryLabels, judgedStep } from "./judged.ts";
import { RowError } from "./row-error.ts";
import { splitAnswer } from "./stated-answer.ts";

const Row = z.looseObject({
  family: z.string(),
  level: z.int(),
  problem: z.string(),
  steps: z.array(z.string()).min(1),
  answer: z.string().nullable(),
  labels: z.array(z.literal([0, 1])),
  values: z.array(z.number().min(0).max(1).nullable()),
}) satisfies z.ZodType<Labelled>;

/** The label file of the recipe: a `Labelled` a line. Only problems of our families can be in it. */
export const senteiLabels: Format<z.infer<typeof Row>> = {
  name: "sentei",
  about: "the recipe's own label file: exact or rolled-out labels, up to the first 0",
  row: Row,
  isPerProblem: false,
  read({ family: name, problem: text, steps, answer, labels, values }) {
    if (labels.length > steps.length) {
      throw new RowError("labels", `${labels.length} for ${steps.length} steps`);
    }
    if (labels.slice(0, -1).includes(0)) throw new RowError("labels", "go on after a 0");
    if (values.length !== labels.length) {
      throw new RowError("values", `${values.length} for ${labels.length} labels`);
    }
    const { family, problem } = problemOf(text, () => {
      const named = familyOf(name);
      return { family: named, problem: named.parse(text) };
    });
    const ratings = [1, -1] as const;
    const judged = steps.map((step, i) => {
      const label = labels[i];
      return judgedStep(step, label === undefined ? null : ratings[1 - label]!);
    });
    return [
      {
        ...{ id: null, generator: null, problem: text, steps: judged, answer },
        truth: truthOf(family, problem),
        correct: answer !== null && family.grade(problem, steps, answer).correct,
      },
    ];
  },
  write({ problem: text, steps, answer }, { neutral }) {
    const { family, problem } = poseProblem(text);
    const all = binaryLabels(steps, neutral);
    const labels = all.includes(0) ? all.slice(0, all.indexOf(0) + 1) : all;
    if (labels.length === 0) throw new RowError("labels", "no step is labelled from the first on");
    return {
      family: family.name,
      level: family.levelOf(problem),
      problem: text,
      steps: steps.map((step, i) =>
        i === steps.length - 1 ? splitAnswer(step.text).step : step.text,
      ),
      answer,
      labels,
      values: labels.map(() => null),
    };
  },
};

interface Posed {
  readonly family: Family;
  readonly problem: unknown;
}

/** The problem that a text asks, whatever its family. Throws a `RowError` if it is of none. */
export function poseProblem(text: string): Posed {
  return problemOf(text, () => parseProblem(text));
}

function problemOf(text: string, parse: () => Posed): Posed {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ProblemError || error instanceof RangeError)) throw error;
    throw new RowError("problem", `"${text.slice(0, 40)}" is of no family: ${error.message}`);
  }
}

/** What every right solution states. */
function truthOf(family: Family, problem: unknown): string {
  return family.writeSolution(problem, createRandom(0), "solved").answer;
}
