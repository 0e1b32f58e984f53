import { GENERATIVE_METADATA } from "../../models/embedded/embedded-verifier.ts";
import { type Context, stageOf, weightsOf } from "../context.ts";
import { readLabels } from "../labels/stage.ts";
import type { Recipe } from "../recipe.ts";
import { CHECKPOINT, tune } from "../tuning/tune.ts";
import { readParameters, writeCheckpoint } from "../work/checkpoint.ts";
import type { Stage } from "../work/stage.ts";
import { PRM } from "./stage.ts";

/** As it is published. */
export const GENERATIVE_NAME = "sentei-prm-generative";

/** Where its tuning starts: the body's weights, and an optimizer that remembers nothing. */
const START = "start.ckpt";

/**
 * The PRM in its generative form: the body tuned on labelled attempts to write
 * `+` or `-` after each step. Throws for a size whose recipe has none.
 */
export function generative(context: Context, body: Stage, labels: Stage): Promise<Stage> {
  const { recipe, module } = context;
  const { size, seed, generative: part } = recipe;
  if (part === undefined) throw new Error(`size ${size} has no generative PRM`);
  const judging = judgingRecipe(recipe, part.rate);
  const { model, optimizer } = judging;
  const untilStep = Math.round(part.tokens / optimizer.batchTokens);
  const inputs = { part, seed, model, optimizer, body: body.hash, labels: labels.hash };
  return stageOf(context, { name: "generative", step: "prm" }, inputs, {
    result: PRM,
    work: async (stage, log) => {
      const parameters = readParameters(body.read(CHECKPOINT), model);
      const [mean, square] = [
        new Float32Array(parameters.length),
        new Float32Array(parameters.length),
      ];
      stage.write(START, writeCheckpoint(0, { parameters, mean, square }));
      await tune({
        ...{ recipe: judging, module, stage, log, start: stage.file(START) },
        // From its peak on the rate falls all the way.
        ...{ untilStep, decayFrom: 0 },
        subject: {
          kind: "judging",
          attempts: readLabels(labels),
          languageWeight: part.languageWeight,
        },
      });
      const of = { ...context, recipe: judging };
      stage.write(PRM, weightsOf(of, GENERATIVE_NAME, stage, GENERATIVE_METADATA));
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
