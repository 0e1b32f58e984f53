import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Decoder, Engine } from "./engine.ts";
import { SharedDecoder } from "./shared-decoder.ts";
import { SharedTokens } from "./shared-tokens.ts";
import { TINY, tinyParameters } from "./tiny-model.ts";

const MODULE = new WebAssembly.Module(readFileSync(path.join(import.meta.dirname, "kernel.wasm")));
const MODEL = { config: TINY, parameters: tinyParameters(1) };

const anyRow = fc.record({
  which: fc.nat(9),
  // Few different tokens, so that runs often say the same.
  token: fc.oneof({ weight: 9, arbitrary: fc.nat(2) }, fc.nat(TINY.vocabulary + 3)),
});
const anyOperation = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ extend: fc.array(anyRow, { minLength: 1, maxLength: 24 }) }),
  },
  fc.record({ fork: fc.nat(9) }),
  fc.record({ forkAt: fc.nat(9), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ free: fc.nat(9) }),
  fc.record({ create: fc.constant(true) }),
);
type Operation = typeof anyOperation extends fc.Arbitrary<infer T> ? T : never;

/** All that a run can see of its decoder. */
function play(decoder: Decoder, operations: readonly Operation[]): unknown[] {
  const live = [decoder.create()];
  const at = (which: number) => live[which % live.length]!;
  return operations.map((operation) => {
    try {
      if ("create" in operation) live.push(decoder.create());
      else if ("fork" in operation) live.push(decoder.fork(at(operation.fork)));
      else if ("forkAt" in operation) {
        const id = at(operation.forkAt);
        live.push(decoder.fork(id, Math.floor(operation.share * decoder.length(id))));
      } else if ("free" in operation) {
        if (live.length > 1) decoder.free(live.splice(operation.free % live.length, 1)[0]!);
      } else {
        const sequences = operation.extend.map(({ which }) => at(which));
        const tokens = operation.extend.map(({ token }) => token);
        const wanted = [...tokens.keys()].filter((row) => row % 3 !== 1);
        decoder.extend(sequences, tokens, wanted);
        return {
          logits: wanted.map((_, slot) => decoder.logits(slot)),
          hidden: tokens.map((_, row) => decoder.hidden(row)),
          lengths: live.map((id) => decoder.length(id)),
          pages: decoder.pagesInUse,
        };
      }
      return decoder.pagesInUse;
    } catch (error) {
      return { said: String(error), pages: decoder.pagesInUse };
    }
  });
}

test("M13: who shares tokens sees what an engine of its own would show, whatever is forgotten meanwhile", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(anyOperation, { maxLength: 25 }), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(0, 3, 1000),
      (runs, keptPages) => {
        const engine = new Engine(MODULE, MODEL, { maxRows: 24, maxPages: 512 });
        const shared = new SharedTokens(engine, { clock: () => 0, keptPages });
        for (const operations of runs) {
          const alone = new Engine(MODULE, MODEL, { maxRows: 24, maxPages: 2048 });
          expect(play(new SharedDecoder(shared), operations)).toEqual(play(alone, operations));
        }
        // A second time there is nothing to compute.
        const { computed } = shared;
        for (const operations of runs) play(new SharedDecoder(shared), operations);
        expect(shared.computed).toBe(computed);
        shared.clear();
        expect(engine.pagesInUse).toBe(0);
      },
    ),
    { numRuns: 60 },
  );
});

test("M13: what an engine of its own would take is estimated from batches that were measured", () => {
  let now = 0;
  const engine = new Engine(MODULE, MODEL);
  const extend = engine.extend.bind(engine);
  engine.extend = (sequences, tokens, wanted) => {
    now += 2 + 3 * sequences.length;
    extend(sequences, tokens, wanted);
  };
  const shared = new SharedTokens(engine, { clock: () => now });
  const run = () => {
    const decoder = new SharedDecoder(shared);
    const ids = Array.from({ length: 8 }, () => decoder.create());
    for (const rows of [8, 1, 4, 8, 2]) {
      decoder.extend(ids.slice(0, rows), ids.slice(0, rows), []);
    }
    return decoder.aloneMs;
  };
  run();
  const spent = shared.computedMs;
  expect(run()).toBeCloseTo(5 * 2 + 3 * 23, 9);
  expect(shared.computedMs).toBe(spent);
});

test("no run takes less than no time, however a busy machine measured", () => {
  let now = 0;
  const engine = new Engine(MODULE, MODEL);
  const extend = engine.extend.bind(engine);
  engine.extend = (sequences, tokens, wanted) => {
    // The more rows, the quicker: the line through such points falls below nothing.
    now += sequences.length === 1 ? 100 : 1;
    extend(sequences, tokens, wanted);
  };
  const shared = new SharedTokens(engine, { clock: () => now });
  const run = new SharedDecoder(shared);
  const [a, b] = [run.create(), run.create()];
  run.extend([a], [1], []);
  run.extend([a, b], [2, 2], []);
  expect(shared.computedMs).toBe(101);
  for (let rows = 0; rows < 20; rows++) expect(shared.estimateMs(rows)).toBeGreaterThanOrEqual(0);
});
