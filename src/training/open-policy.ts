import { createEmbeddedPolicy } from "../models/embedded/embedded-policy.ts";
import type { Engine } from "../models/embedded/engine.ts";
import { VOCABULARY } from "../models/embedded/vocabulary.ts";
import type { Policy } from "../search/ports.ts";

/** The model in the engine as a policy for one problem; a thread of a training waits for nobody else. */
export function openPolicy(engine: Engine, problem: string): Policy {
  return createEmbeddedPolicy({
    ...{ name: "policy", revision: "training", engine, vocabulary: VOCABULARY, problem },
    breathe: () => Promise.resolve(),
  });
}
