import type { Decoder } from "../../src/models/embedded/engine.ts";

/** What a model has computed. */
export interface Computed {
  /** Wall time inside it, ms. */
  ms: number;
  /** Tokens that it read. */
  rows: number;
}

const TIMED = [
  ...(["extend", "logits", "hidden", "sample", "evidence"] as const),
  ...(["fork", "free", "sigmoid"] as const),
] as const;

/** The same decoder, with the time inside it added up. */
export function timedDecoder(decoder: Decoder, computed: Computed): Decoder {
  const timed = Object.fromEntries(
    TIMED.map((name) => {
      const call = decoder[name].bind(decoder) as (...args: unknown[]) => unknown;
      const timedCall = (...args: unknown[]) => {
        const began = performance.now();
        const result = call(...args);
        computed.ms += performance.now() - began;
        return result;
      };
      return [name, timedCall];
    }),
  ) as unknown as Pick<Decoder, (typeof TIMED)[number]>;
  return {
    ...timed,
    extend(sequences, tokens, wanted) {
      timed.extend(sequences, tokens, wanted);
      computed.rows += sequences.length;
    },
    config: decoder.config,
    maxRows: decoder.maxRows,
    flopsPerRow: decoder.flopsPerRow,
    get pagesInUse() {
      return decoder.pagesInUse;
    },
    create: () => decoder.create(),
    length: (id) => decoder.length(id),
    likeliest: (logits, count) => decoder.likeliest(logits, count),
    exp: (x) => decoder.exp(x),
  };
}
