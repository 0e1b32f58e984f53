import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hash32 } from "../../lib/hash.ts";
import { createRandom } from "../../lib/random.ts";
import { Engine } from "./engine.ts";
import { naiveForward } from "./naive.ts";
import { EngineFullError, PAGE_TOKENS, type SequenceId } from "./sequences.ts";
import { TINY, tinyParameters } from "./tiny-model.ts";

const MODULE = new WebAssembly.Module(readFileSync(path.join(import.meta.dirname, "kernel.wasm")));
const MODEL = { config: TINY, parameters: tinyParameters(1) };

/** f32 against f64 through two layers. */
const TOLERANCE = 5e-6;

function drawTokens(seed: number, length: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length }, () => Math.floor(random() * TINY.vocabulary));
}

/** Lets a sequence read tokens, at most `atOnce` in one call; the logits after each. */
function read(engine: Engine, id: SequenceId, tokens: readonly number[], atOnce = engine.maxRows) {
  const logits: Float32Array[] = [];
  for (let start = 0; start < tokens.length; start += atOnce) {
    const chunk = tokens.slice(start, start + atOnce);
    engine.extend(
      chunk.map(() => id),
      chunk,
      [...chunk.keys()],
    );
    for (const slot of chunk.keys()) logits.push(engine.logits(slot));
  }
  return logits;
}

function readAfresh(tokens: readonly number[]): Float32Array[] {
  const engine = new Engine(MODULE, MODEL);
  return read(engine, engine.create(), tokens, 1);
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

test("M1: logits, states and evidence are those of the twin, up to the end of the context", () => {
  const engine = new Engine(MODULE, MODEL, { maxRows: TINY.context });
  const tokens = drawTokens(1, TINY.context);
  const twin = naiveForward(TINY, MODEL.parameters, tokens);
  const logits = read(engine, engine.create(), tokens);
  for (const [t, row] of twin.logits.entries()) {
    expect(largestDifference(logits[t]!, row)).toBeLessThan(TOLERANCE);
    expect(largestDifference(engine.hidden(t), twin.hidden[t]!)).toBeLessThan(TOLERANCE);

    const p = row.map((value) => Math.exp(value));
    const mass = p.reduce((a, b) => a + b, 0);
    const token = tokens[(t + 1) % tokens.length]!;
    const { surprisal, gap, entropy } = engine.evidence(logits[t]!, token);
    expect(surprisal).toBeCloseTo(Math.log(mass) - row[token]!, 4);
    expect(gap).toBeCloseTo(Math.max(...row) - row[token]!, 4);
    expect(entropy).toBeCloseTo(-p.reduce((sum, x) => sum + (x / mass) * Math.log(x / mass), 0), 4);
  }
});

test.each([1, 2, 7, 16, 61])(
  "in a batch of %i every sequence has the bits it has alone",
  (batch) => {
    const engine = new Engine(MODULE, MODEL);
    const sequences = Array.from({ length: batch }, (_, i) => drawTokens(100 + i, 20));
    const ids = sequences.map(() => engine.create());
    const rows = [...ids.keys()];
    let last: Float32Array[] = [];
    for (let t = 0; t < 20; t++) {
      engine.extend(
        ids,
        sequences.map((tokens) => tokens[t]!),
        rows,
      );
      last = rows.map((row) => engine.logits(row));
    }
    for (const [i, tokens] of sequences.entries()) {
      if (i % 5 === 0) expect(last[i]).toEqual(readAfresh(tokens)[19]);
    }
  },
);

test("M2: reading at once and token by token give the same bits", () => {
  const tokens = drawTokens(2, 70);
  const oneByOne = readAfresh(tokens);
  for (const atOnce of [2, 3, 13, 16, 33, 64]) {
    const engine = new Engine(MODULE, MODEL);
    expect(read(engine, engine.create(), tokens, atOnce)).toEqual(oneByOne);
  }
});

test("M10: the bits are those of every other machine", () => {
  const engine = new Engine(MODULE, MODEL);
  const logits = read(engine, engine.create(), drawTokens(9, 80));
  const words = new Uint32Array(Float32Array.from(logits.flatMap((row) => [...row])).buffer);
  // Recorded once: a change here changes every recorded run.
  expect(hash32(words.join())).toMatchInlineSnapshot(`3077736234`);
});

test("only the wanted rows have logits, in the order wanted", () => {
  const engine = new Engine(MODULE, MODEL);
  const tokens = drawTokens(3, 9);
  const all = readAfresh(tokens);
  const id = engine.create();
  engine.extend(
    tokens.map(() => id),
    tokens,
    [8, 2],
  );
  expect([engine.logits(0), engine.logits(1)]).toEqual([all[8], all[2]]);
});

/** Random programs over a few sequences: what each has read is kept beside it. */
const Operation = fc.oneof(
  fc.record({ do: fc.constant("create" as const) }),
  fc.record({ do: fc.constant("fork" as const), which: fc.nat(20) }),
  fc.record({ do: fc.constant("free" as const), which: fc.nat(20) }),
  fc.record({
    do: fc.constant("extend" as const),
    rows: fc.array(fc.record({ which: fc.nat(20), token: fc.nat(TINY.vocabulary - 1) }), {
      minLength: 1,
      maxLength: 40,
    }),
  }),
);

test("M3: whatever is forked, extended and freed, a sequence has the bits of a fresh one, and no page leaks", () => {
  fc.assert(
    fc.property(fc.array(Operation, { minLength: 5, maxLength: 40 }), (operations) => {
      const engine = new Engine(MODULE, MODEL);
      const live: { id: SequenceId; tokens: number[]; logits: Float32Array | null }[] = [
        { id: engine.create(), tokens: [], logits: null },
      ];
      for (const operation of operations) {
        if (operation.do === "create") live.push({ id: engine.create(), tokens: [], logits: null });
        else if (operation.do === "extend") {
          const rows = operation.rows
            .map(({ which, token }) => ({ sequence: live[which % live.length]!, token }))
            .filter(({ sequence }) => sequence.tokens.length + 40 < TINY.context);
          if (rows.length === 0) continue;
          engine.extend(
            rows.map(({ sequence }) => sequence.id),
            rows.map(({ token }) => token),
            [...rows.keys()],
          );
          for (const [slot, { sequence, token }] of rows.entries()) {
            sequence.tokens.push(token);
            sequence.logits = engine.logits(slot);
          }
        } else {
          const at = operation.which % live.length;
          const chosen = live[at]!;
          if (operation.do === "fork") {
            live.push({ ...chosen, id: engine.fork(chosen.id), tokens: [...chosen.tokens] });
          } else if (live.length > 1) {
            engine.free(chosen.id);
            live.splice(at, 1);
          }
        }
        const most = live.reduce(
          (sum, { tokens }) => sum + Math.ceil(tokens.length / PAGE_TOKENS),
          0,
        );
        expect(engine.pagesInUse).toBeLessThanOrEqual(most);
      }
      for (const { id, tokens, logits } of live) {
        expect(engine.length(id)).toBe(tokens.length);
        if (logits !== null) expect(logits).toEqual(readAfresh(tokens).at(-1));
      }
      for (const { id } of live) engine.free(id);
      expect(engine.pagesInUse).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test("a fork shares all pages but the last, and that too if it is full", () => {
  const engine = new Engine(MODULE, MODEL);
  const id = engine.create();
  read(engine, id, drawTokens(4, 2 * PAGE_TOKENS));
  expect(engine.pagesInUse).toBe(2);
  engine.fork(id);
  expect(engine.pagesInUse).toBe(2);
  read(engine, id, [1]);
  engine.fork(id);
  expect(engine.pagesInUse).toBe(4);
});

test("when its pages are used up the engine says so, and nothing has changed", () => {
  const engine = new Engine(MODULE, MODEL, { maxPages: 3 });
  const [a, b] = [engine.create(), engine.create()];
  const tokens = drawTokens(5, 20);
  read(engine, a, tokens);
  expect(() => engine.extend([b, a], [1, 1], [])).not.toThrow();
  expect(() => engine.fork(a)).toThrow(EngineFullError);
  expect(() => read(engine, b, drawTokens(6, 16))).toThrow(EngineFullError);
  expect([engine.length(a), engine.length(b), engine.pagesInUse]).toEqual([21, 1, 3]);
  engine.free(b);
  // One page is left, and two would be needed.
  const c = engine.create();
  expect(() => read(engine, c, drawTokens(6, 20))).toThrow(EngineFullError);
  expect([engine.length(c), engine.pagesInUse]).toEqual([0, 2]);
  read(engine, a, drawTokens(7, 20));
  expect(engine.pagesInUse).toBe(3);
});

test("what an engine cannot do is refused before anything has changed", () => {
  const engine = new Engine(MODULE, MODEL);
  const id = engine.create();
  expect(() => engine.extend([id], [TINY.vocabulary], [])).toThrow("outside the vocabulary");
  expect(() => engine.extend([], [], [])).toThrow(RangeError);
  expect(() => engine.extend([id], [1, 2], [])).toThrow(RangeError);
  expect(() => engine.extend([id + 1], [1], [])).toThrow("no sequence");
  read(engine, id, drawTokens(8, TINY.context - 1));
  expect(() => engine.extend([id, id], [1, 1], [])).toThrow(`context is ${TINY.context}`);
  expect(engine.length(id)).toBe(TINY.context - 1);
  engine.free(id);
  expect(() => engine.length(id)).toThrow("no sequence");
  expect(engine.pagesInUse).toBe(0);
});

test("exp and sigmoid are right to f32", () => {
  const engine = new Engine(MODULE, MODEL);
  fc.assert(
    fc.property(fc.double({ min: -80, max: 80, noNaN: true }), (value) => {
      const x = Math.fround(value);
      expect(Math.abs(engine.exp(x) / Math.exp(x) - 1)).toBeLessThan(3e-7);
      expect(Math.abs(engine.sigmoid(x) * (1 + Math.exp(-x)) - 1)).toBeLessThan(6e-7);
    }),
  );
  expect(engine.sigmoid(-1e6)).toBeGreaterThanOrEqual(0);
  expect(engine.sigmoid(1e6)).toBe(1);
});
