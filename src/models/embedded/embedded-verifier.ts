import type { Verifier } from "../../search/ports.ts";
import { createGenerativeVerifier } from "./generative-verifier.ts";
import type { GgufModel } from "./gguf.ts";
import { type PrmHead, readPrmHead, scoreSteps } from "./prm-head.ts";
import { createReadingVerifier, type ReaderOptions } from "./reading-verifier.ts";

/** How a process reward model judges: with a head on what its body sees, or by writing what it thinks. */
export type Prm =
  | { readonly form: "head"; readonly head: PrmHead }
  | { readonly form: "generative" };

/** A file without it has a head: there are older ones. */
const FORM = "prm.form";

/** Metadata for `writeGguf` of a generative PRM. */
export const GENERATIVE_METADATA = { [FORM]: "generative" } as const;

/** The PRM of a model file. Throws an `Error` that names the key if the file is no verifier's. */
export function readPrm({ metadata, config }: Pick<GgufModel, "metadata" | "config">): Prm {
  const form = metadata.get(FORM) ?? "head";
  if (form === "generative") return { form };
  if (form !== "head") {
    throw new Error(`Not the file of a verifier: ${FORM} is ${JSON.stringify(form)}`);
  }
  return { form, head: readPrmHead(metadata, config) };
}

/** A process reward model on the embedded engine. Every score is P(the step and all before it are right). */
export function createEmbeddedVerifier({
  prm,
  ...options
}: ReaderOptions & { readonly prm: Prm }): Verifier {
  if (prm.form === "generative") return createGenerativeVerifier(options);
  const { engine } = options;
  return createReadingVerifier(options, (steps, ended) =>
    scoreSteps(prm.head, { steps, ended }, engine),
  );
}
