import type { RecipeStep } from "../../protocol/training.ts";
import { type Context, stageOf } from "../context.ts";
import type { Recipe } from "../recipe.ts";
import type { Stage } from "../work/stage.ts";
import { tune } from "./tune.ts";

type Schedule = Recipe["policy"];

/** What all tuning of one recipe depends on. */
function shapeOf({ seed, model, corpus, optimizer }: Recipe) {
  return { seed, model, corpus, optimizer };
}

function stepsIn({ optimizer }: Recipe, tokens: number): number {
  return Math.round(tokens / optimizer.batchTokens);
}

/**
 * Tuning at a constant rate from fresh parameters on, as far as somebody needs
 * it. Its snapshots are where policies and bodies leave it, so a recipe that
 * lets them leave elsewhere goes on with the same trunk.
 */
export function trunk(context: Context, untilTokens: number): Promise<Stage> {
  const { recipe, module } = context;
  const untilStep = stepsIn(recipe, untilTokens);
  return stageOf(context, { name: "trunk", step: "policy" }, shapeOf(recipe), {
    result: snapshotAt(untilStep),
    work: async (stage, log) => {
      const limits = { start: null, untilStep, decayFrom: untilStep };
      await tune({
        ...{ recipe, module, stage, log, ...limits },
        onCheckpoint: (step, bytes) => {
          const isKept = step === untilStep || step % SNAPSHOT_STEPS === 0;
          if (isKept) stage.write(snapshotAt(step), bytes);
        },
      });
    },
  });
}

/** Steps from one kept snapshot to the next. */
const SNAPSHOT_STEPS = 2000;

function snapshotAt(step: number): string {
  return `at-${step}.ckpt`;
}

/** The trunk from where `schedule` leaves it on, its rate brought down to zero. */
async function leave(
  context: Context,
  of: { name: string; step: RecipeStep },
  { branchTokens, decayTokens }: Schedule,
): Promise<Stage> {
  const { recipe, module } = context;
  const decayFrom = stepsIn(recipe, branchTokens);
  const untilStep = stepsIn(recipe, branchTokens + decayTokens);
  const from = await trunk(context, branchTokens);
  const inputs = { ...shapeOf(recipe), decayFrom, untilStep };
  return stageOf(context, of, inputs, {
    result: "done",
    work: async (stage, log) => {
      const limits = { start: from.file(snapshotAt(decayFrom)), untilStep, decayFrom };
      await tune({ recipe, module, stage, log, ...limits });
      stage.write("done", "");
    },
  });
}

/** The policy leaves the trunk early. */
export function policy(context: Context): Promise<Stage> {
  return leave(context, { name: "policy", step: "policy" }, context.recipe.policy);
}

/** The PRM's body leaves it late. Throws for a size that has none of its own. */
export function body(context: Context): Promise<Stage> {
  const { size, body: schedule } = context.recipe;
  if (schedule === undefined) throw new Error(`size ${size} has no body of its own`);
  return leave(context, { name: "body", step: "prm" }, schedule);
}
