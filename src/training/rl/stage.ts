import { type Context, stageOf } from "../context.ts";
import { PRM } from "../prm/stage.ts";
import { CHECKPOINT } from "../tuning/tune.ts";
import { readParameters } from "../work/checkpoint.ts";
import type { Stage } from "../work/stage.ts";
import { reinforce } from "./reinforce.ts";

/** One run of reinforcement: an arm of the recipe with one of its seeds. */
export function reinforced(
  context: Context,
  { arm, seed }: { arm: string; seed: number },
  { policy, prm }: { policy: Stage; prm: Stage },
): Promise<Stage> {
  const { recipe, module } = context;
  const { arms, published: _, seeds: __, ...shared } = recipe.rl;
  const settings = arms[arm];
  if (settings === undefined) throw new Error(`rl.arms has no ${arm}`);
  const { model, corpus, optimizer } = recipe;
  const inputs = {
    ...{ settings, shared, seed, model, corpus, optimizer },
    ...{ policy: policy.hash, prm: prm.hash },
  };
  return stageOf(context, { name: `rl-${arm}-${seed}`, step: "reinforcement" }, inputs, {
    result: "done",
    work: (stage, log) =>
      reinforce({
        ...{ recipe, settings, seed, module, stage, log },
        policy: readParameters(policy.read(CHECKPOINT), model),
        prm: prm.read(PRM),
      }),
  });
}
