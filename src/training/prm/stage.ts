import { prmHeadMetadata } from "../../models/embedded/prm-head.ts";
import { type Context, stageOf, weightsOf } from "../context.ts";
import { readLabels } from "../labels/stage.ts";
import type { Stage } from "../work/stage.ts";
import { trainHead } from "./train-head.ts";

/** File of the stage that holds the PRM. */
export const PRM = "prm.gguf";

/** The PRM: a head on the body's surprisal and last state, fitted on step labels. */
export function prm(context: Context, body: Stage, labels: Stage, name = "prm"): Promise<Stage> {
  const { recipe, module } = context;
  return stageOf(
    context,
    { name, step: "prm" },
    { head: recipe.head, seed: recipe.seed, body: body.hash, labels: labels.hash },
    {
      result: PRM,
      work: async (stage, log) => {
        const head = await trainHead(
          { module, body: weightsOf(context, "body", body) },
          readLabels(labels),
          recipe,
          {
            journal: stage.file("evidence.journal"),
            onProgress: (done, total) => log.progress(done, total, "problems read"),
          },
        );
        stage.write(PRM, weightsOf(context, "sentei-prm", body, prmHeadMetadata(head)));
      },
    },
  );
}
