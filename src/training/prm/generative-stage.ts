import { GENERATIVE_METADATA } from "../../models/embedded/embedded-verifier.ts";
import { type Context, stageOf, weightsOf } from "../context.ts";
import { manyLabels, readLabels } from "../labels/stage.ts";
import type { Recipe } from "../recipe.ts";
import { startFrom } from "../tuning/start.ts";
import { tune } from "../tuning/tune.ts";
import type { Stage } from "../work/stage.ts";
import { PRM } from "./stage.ts";

/** As it is published. */
export const GENERATIVE_NAME = "sentei-prm-generative";

/**
 * The PRM in its generative form: the body tuned on labelled attempts to write
 * `+` or `-` after each step. Throws for a size whose recipe has none.
 */
export function generative(context: Context, body: Stage, labels: Stage): Promise<Stage> {
  const { size, generative: part } = context.recipe;
  if (part === undefined) throw new Error(`size ${size} has no generative PRM`);
  return judging(context, { name: "generative", start: body, labels, part });
}

/**
 * The policy tuned to judge on labelled attempts and on nothing else: what a PRM
 * reaches from step labels alone. `null` for a size whose recipe does not ask.
 */
export async function fromStepLabels(context: Context, policy: Stage): Promise<Stage | null> {
  const { stepLabels } = context.recipe;
  if (stepLabels === undefined) return null;
  const labels = await manyLabels(context, policy, stepLabels.problems);
  const part = { tokens: stepLabels.tokens, rate: stepLabels.rate, languageWeight: 0 };
  return judging(context, { name: "step-labels", start: policy, labels, part });
}

interface Judging {
  readonly name: string;
  /** Whose weights it starts from. */
  readonly start: Stage;
  readonly labels: Stage;
  readonly part: NonNullable<Recipe["generative"]>;
}

function judging(context: Context, { name, start, labels, part }: Judging): Promise<Stage> {
  const { recipe, module } = context;
  const of = judgingRecipe(recipe, part.rate);
  const { seed, model, optimizer } = of;
  const untilStep = Math.round(part.tokens / optimizer.batchTokens);
  const inputs = { part, seed, model, optimizer, body: start.hash, labels: labels.hash };
  return stageOf(context, { name, step: "prm" }, inputs, {
    result: PRM,
    work: async (stage, log) => {
      await tune({
        ...{ recipe: of, module, stage, log, start: startFrom(stage, start, model) },
        // From its peak on the rate falls all the way.
        ...{ untilStep, decayFrom: 0 },
        subject: {
          kind: "judging",
          attempts: readLabels(labels),
          languageWeight: part.languageWeight,
        },
      });
      const judge = { ...context, recipe: of };
      stage.write(PRM, weightsOf(judge, GENERATIVE_NAME, stage, GENERATIVE_METADATA));
    },
  });
}

/**
 * The recipe as judging needs it: its own rate, and half as much context again,
 * so that whatever a policy can write can be read with a judgement after each
 * step, of two tokens or more.
 */
function judgingRecipe({ model, optimizer, ...recipe }: Recipe, peakRate: number): Recipe {
  return {
    ...recipe,
    model: { ...model, context: Math.ceil(model.context * 1.5) },
    optimizer: { ...optimizer, peakRate },
  };
}
