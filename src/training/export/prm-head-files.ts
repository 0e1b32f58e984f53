import { z } from "zod";
import type { MetadataValue } from "../../models/embedded/gguf-format.ts";
import type { ModelConfig } from "../../models/embedded/model-config.ts";
import { prmHeadMetadata, readPrmHead } from "../../models/embedded/prm-head.ts";
import { type NamedTensor, readSafetensors, writeSafetensors } from "./safetensors.ts";

export const HEAD_TENSORS = "prm_head.safetensors";
export const HEAD_ABOUT = "prm_head.json";

/** Keys of a head in a GGUF file begin so. */
const PREFIX = "prm.head.";
const EVIDENCE = "prm.head.evidence";

/**
 * A verifier's head beside its body: Hugging Face has no place for one that
 * reads the model's surprisal. Nothing for a model without a head; F32 always,
 * as in the GGUF. Throws if the head is broken.
 */
export function prmHeadFiles(
  metadata: ReadonlyMap<string, MetadataValue>,
  config: ModelConfig,
): { readonly tensors: Uint8Array; readonly about: object } | null {
  if (![...metadata.keys()].some((key) => key.startsWith(PREFIX))) return null;
  const head = readPrmHead(metadata, config);
  const tensors = Object.entries(prmHeadMetadata(head))
    .filter((entry): entry is [string, Float32Array] => entry[1] instanceof Float32Array)
    .map(([key, values]): NamedTensor => {
      return { name: key.slice(PREFIX.length), shape: [values.length], values };
    });
  return {
    tensors: writeSafetensors(tensors, "F32"),
    about: {
      ...{ format: "sentei-prm-head", version: 1, evidence: head.evidence },
      step: "tokens of a line of reasoning and its line feed; of the last one, </reasoning><assistant>ANSWER</assistant>",
      hidden: "of the step's last token, after the model's last norm",
      surprisal: "of each token of the step, -ln p(token | all before it)",
      gap: "of each, ln p of the likeliest token less ln p of this one",
      entropy: "of each, that of the distribution it was drawn from, in nats",
      probability:
        "sigmoid(calibration[0] * (evidence_weight . evidence + hidden_weight . hidden + bias) + calibration[1])",
      score: "of a prefix, the product of the probabilities of its steps",
    },
  };
}

const About = z.looseObject({
  format: z.literal("sentei-prm-head"),
  version: z.literal(1),
  evidence: z.array(z.string()),
});

/** The head as metadata for `writeGguf`. Throws if it is none of a body of this shape. */
export function readPrmHeadFiles(
  bytes: Uint8Array,
  about: unknown,
  config: ModelConfig,
): Record<string, readonly string[] | Float32Array> {
  const { evidence } = About.parse(about);
  const { tensors } = readSafetensors(bytes);
  const metadata = new Map<string, MetadataValue>([[EVIDENCE, evidence]]);
  for (const [name, { values }] of tensors) metadata.set(PREFIX + name, [...values]);
  return prmHeadMetadata(readPrmHead(metadata, config));
}
