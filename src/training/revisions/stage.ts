import { type Context, stageOf } from "../context.ts";
import { readLabels, revisionAttempts } from "../labels/stage.ts";
import { startFrom } from "../tuning/start.ts";
import { tune } from "../tuning/tune.ts";
import type { Stage } from "../work/stage.ts";

/**
 * The policy tuned to revise: on its own wrong attempts, each chain of them followed
 * by a right one of its own, with some of the corpus so that it does not forget
 * the first attempt. Throws for a size whose recipe has none.
 */
export async function revisions(context: Context, policy: Stage): Promise<Stage> {
  const { recipe, module } = context;
  const { size, revisions: part, seed, model, corpus, optimizer } = recipe;
  if (part === undefined) throw new Error(`size ${size} is not tuned to revise`);
  const attempts = await revisionAttempts(context, policy, part);
  const untilStep = Math.round(part.tokens / optimizer.batchTokens);
  const inputs = { part, seed, model, corpus, optimizer, attempts: attempts.hash };
  return stageOf(context, { name: "revisions", step: "policy" }, inputs, {
    result: "done",
    work: async (stage, log) => {
      await tune({
        recipe: { ...recipe, optimizer: { ...optimizer, peakRate: part.rate } },
        ...{ module, stage, log, start: startFrom(stage, policy, model) },
        // From its peak on the rate falls all the way.
        ...{ untilStep, decayFrom: 0 },
        subject: { kind: "revising", attempts: readLabels(attempts), ...part },
      });
      stage.write("done", "");
    },
  });
}
