import { ModelError } from "../../search/ports.ts";
import { EngineFullError } from "./sequences.ts";
import { VocabularyError } from "./vocabulary.ts";

/** A `ModelError` that names the model, if the error says what it cannot do; every other error as it is. */
export function asModelError(name: string, error: unknown): unknown {
  const known =
    error instanceof VocabularyError ||
    error instanceof EngineFullError ||
    error instanceof RangeError;
  return known ? new ModelError(`${name}: ${error.message}`, { cause: error }) : error;
}
