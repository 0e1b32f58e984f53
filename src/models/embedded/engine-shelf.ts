import { type Decoder, Engine } from "./engine.ts";
import type { ModelConfig } from "./model-config.ts";

/** Memory above which an engine is not kept, bytes: a large search must not hold it for good. */
const MOST_KEPT_BYTES = 64 * 2 ** 20;

interface Weights {
  readonly config: ModelConfig;
  readonly parameters: Float32Array;
}

/** What computes for one model of one run, for as long as it is lent. */
export interface LentDecoder {
  readonly decoder: Decoder;
  /** To be called when all of its sequences are freed, and nothing asks it any more. */
  readonly release: () => void;
}

/**
 * Lends engines, each to one borrower at a time. To make one and to grow its memory
 * takes a tenth of a small search, and more in the garbage that it leaves, so one of
 * each model is kept for the next borrower. What an engine did before changes no
 * bit of what it does (law M2); one that came back with sequences in it is dropped.
 */
export class EngineShelf {
  readonly #idle = new WeakMap<Weights, Engine>();

  lend(kernel: WebAssembly.Module, weights: Weights): LentDecoder {
    const engine = this.#idle.get(weights) ?? new Engine(kernel, weights);
    this.#idle.delete(weights);
    let isLent = true;
    const release = () => {
      if (isLent && engine.pagesInUse === 0 && engine.memoryBytes <= MOST_KEPT_BYTES) {
        this.#idle.set(weights, engine);
      }
      isLent = false;
    };
    return { decoder: engine, release };
  }
}
