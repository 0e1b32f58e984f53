import { prmHeadMetadata } from "../../models/embedded/prm-head.ts";
import { type Context, stageOf, weightsOf } from "../context.ts";
import { readLabels } from "../labels/stage.ts";
import type { Stage } from "../work/stage.ts";
import { readEvidence } from "./evidence.ts";
import { fitPrmHead } from "./train-head.ts";

/** File of the stage that holds the PRM. */
export const PRM = "prm.gguf";
/** And what the body saw of the labelled steps. */
export const EVIDENCE = "evidence.journal";

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
        const evidence = await readEvidence(
          { module, body: weightsOf(context, "body", body) },
          readLabels(labels),
          {
            journal: stage.file(EVIDENCE),
            onProgress: (done, total) => log.progress(done, total, "problems read"),
          },
        );
        const head = fitPrmHead(
          evidence.map(({ rows }) => rows),
          recipe,
        );
        stage.write(PRM, weightsOf(context, "sentei-prm", body, prmHeadMetadata(head)));
      },
    },
  );
}
