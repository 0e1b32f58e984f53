import { Engine } from "../models/embedded/engine.ts";
import type { GgufModel } from "../models/embedded/gguf.ts";
import { SharedDecoder } from "../models/embedded/shared-decoder.ts";
import { SharedTokens } from "../models/embedded/shared-tokens.ts";
import type { ModelHost, OpenDecoder } from "../runs/model-host.ts";

/** Pages of keys and values that are kept of one model, and how many it may need on top. */
const KEPT_PAGES = 2048;
const MAX_PAGES = 3 * KEPT_PAGES;

/** Models for runs of one problem after another, which share all that they compute of one. */
export interface SharedHost extends ModelHost {
  /** Tokens that were computed since the last `forget`, by all models. */
  readonly computed: number;
  /** A clock of one run, ms: that of the host, but of the models what they would have taken without the others. */
  timer(): () => number;
  /** To be called between two problems. */
  forget(): void;
}

/** `open` opens models whose decoders are given by what it is handed; `clock` in ms. */
export async function sharedHost(
  open: (openDecoder: OpenDecoder) => Promise<ModelHost>,
  clock: () => number,
): Promise<SharedHost> {
  const pools = new Map<GgufModel, SharedTokens>();
  let decoders: SharedDecoder[] = [];
  const sum = (of: (pool: SharedTokens) => number) =>
    pools.values().reduce((total, pool) => total + of(pool), 0);
  const host = await open((kernel, weights) => {
    const pool =
      pools.get(weights) ??
      new SharedTokens(new Engine(kernel, weights, { maxPages: MAX_PAGES }), {
        ...{ clock, keptPages: KEPT_PAGES },
      });
    pools.set(weights, pool);
    const decoder = new SharedDecoder(pool);
    decoders.push(decoder);
    return { decoder, release() {} };
  });
  return {
    ...host,
    get computed() {
      return sum(({ computed }) => computed);
    },
    timer() {
      decoders = [];
      const spentMs = () => clock() - sum(({ computedMs }) => computedMs);
      const began = spentMs();
      return () => {
        const aloneMs = decoders.reduce((total, decoder) => total + decoder.aloneMs, 0);
        return Math.max(0, spentMs() - began) + aloneMs;
      };
    },
    forget() {
      for (const pool of pools.values()) pool.clear();
    },
  };
}
