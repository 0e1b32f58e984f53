import { z } from "zod";
import { GENERATIVE_METADATA, readPrm } from "../../models/embedded/embedded-verifier.ts";
import type { GgufModel } from "../../models/embedded/gguf.ts";
import { JUDGEMENTS } from "../../models/embedded/judgements.ts";

export const GENERATIVE_ABOUT = "prm_generative.json";

const FORMAT = "sentei-prm-generative";

/** What a generative PRM needs to be told beside its weights: how it is asked. `null` for any other model. */
export function generativeFile(model: Pick<GgufModel, "metadata" | "config">): object | null {
  if (!model.metadata.has("prm.form") || readPrm(model).form !== "generative") return null;
  return {
    ...{ format: FORMAT, version: 1, judgements: JUDGEMENTS },
    step: "tokens of a line of reasoning and its line feed; of the last one, </reasoning><assistant>ANSWER</assistant>",
    reading: `every step but the last is followed by the token ${JUDGEMENTS.right}`,
    probability:
      "of the token after the step's last: p(judgements.right) / (p(judgements.right) + p(judgements.wrong))",
    score: "of a prefix, the product of the probabilities of its steps",
  };
}

const About = z.looseObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  judgements: z.strictObject({
    right: z.literal(JUDGEMENTS.right),
    wrong: z.literal(JUDGEMENTS.wrong),
  }),
});

/** The same as metadata for `writeGguf`. Throws a `ZodError` if it judges in another way. */
export function readGenerativeFile(about: unknown): typeof GENERATIVE_METADATA {
  About.parse(about);
  return GENERATIVE_METADATA;
}
