import type { RecipeStep } from "../../protocol/training.ts";
import { type Context, stageOf } from "../context.ts";
import type { Stage } from "../work/stage.ts";
import { CHECKPOINT, tune } from "./tune.ts";

/** One slice of tuning that starts where `after` ended. */
function tuned(
  context: Context,
  { name, step = "policy" }: Named,
  after: Stage | null,
  { untilTokens, decayFromTokens }: { untilTokens: number; decayFromTokens: number },
): Promise<Stage> {
  const { recipe, module } = context;
  const { seed, model, corpus, optimizer } = recipe;
  const untilStep = Math.round(untilTokens / optimizer.batchTokens);
  const decayFrom = Math.round(decayFromTokens / optimizer.batchTokens);
  const shape = { seed, model, corpus, optimizer };
  const inputs = { ...shape, after: after?.hash ?? null, untilStep, decayFrom };
  const start = after === null ? null : after.file(CHECKPOINT);
  return stageOf(context, { name, step }, inputs, {
    result: "done",
    work: (stage, log) => tune({ recipe, module, stage, start, untilStep, decayFrom, log }),
  });
}

interface Named {
  readonly name: string;
  readonly step?: RecipeStep;
}
type Schedule = Context["recipe"]["policy"];

function trunk(context: Context, name: Named, after: Stage | null, until: number) {
  return tuned(context, name, after, { untilTokens: until, decayFromTokens: until });
}

function leave(context: Context, name: Named, after: Stage, schedule: Schedule) {
  const { branchTokens, decayTokens } = schedule;
  return tuned(context, name, after, {
    untilTokens: branchTokens + decayTokens,
    decayFromTokens: branchTokens,
  });
}

/** Tuning at a constant rate, from fresh parameters to where the policy leaves. */
export function trunkEarly(context: Context): Promise<Stage> {
  return trunk(context, { name: "trunk-early" }, null, context.recipe.policy.branchTokens);
}

/** The policy: the early trunk with its rate brought down to zero. */
export async function policy(context: Context): Promise<Stage> {
  return leave(context, { name: "policy" }, await trunkEarly(context), context.recipe.policy);
}

/** Throws for a size that has no body of its own. */
function bodySchedule({ recipe }: Context): Schedule {
  if (recipe.body === undefined) throw new Error(`size ${recipe.size} has no body of its own`);
  return recipe.body;
}

/** The trunk on to where the PRM's body leaves. */
export async function trunkLate(context: Context): Promise<Stage> {
  const { branchTokens } = bodySchedule(context);
  return trunk(
    context,
    { name: "trunk-late", step: "prm" },
    await trunkEarly(context),
    branchTokens,
  );
}

/** The PRM's body: the late trunk with its rate brought down to zero. */
export async function body(context: Context): Promise<Stage> {
  return leave(
    context,
    { name: "body", step: "prm" },
    await trunkLate(context),
    bodySchedule(context),
  );
}
