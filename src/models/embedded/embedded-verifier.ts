import type { Verifier } from "../../search/ports.ts";
import { type PrmHead, scoreSteps } from "./prm-head.ts";
import { createReadingVerifier, type ReaderOptions } from "./reading-verifier.ts";

/** A process reward model on the embedded engine: a language model that reads, and a head that judges. */
export function createEmbeddedVerifier({
  head,
  ...options
}: ReaderOptions & { readonly head: PrmHead }): Verifier {
  const { engine } = options;
  return createReadingVerifier(options, (steps, ended) =>
    scoreSteps(head, { steps, ended }, engine),
  );
}
