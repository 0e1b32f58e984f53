import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Decoder } from "./engine.ts";
import { EngineShelf } from "./engine-shelf.ts";
import { TINY, tinyParameters } from "./tiny-model.ts";

const MODULE = new WebAssembly.Module(readFileSync(path.join(import.meta.dirname, "kernel.wasm")));
const WEIGHTS = { config: TINY, parameters: tinyParameters(1) };

function logitsOf(decoder: Decoder): Float32Array {
  const sequence = decoder.create();
  decoder.extend([sequence, sequence, sequence], [3, 1, 4], [2]);
  const logits = decoder.logits(0);
  decoder.free(sequence);
  return logits;
}

test("M2: an engine that was used before computes the same bits", () => {
  const shelf = new EngineShelf();
  const first = shelf.lend(MODULE, WEIGHTS);
  const fresh = logitsOf(first.decoder);
  first.release();
  const second = shelf.lend(MODULE, WEIGHTS);
  expect(second.decoder).toBe(first.decoder);
  expect(logitsOf(second.decoder)).toEqual(fresh);
});

test("no two borrowers have one engine, however often one is given back", () => {
  const shelf = new EngineShelf();
  const [a, b] = [shelf.lend(MODULE, WEIGHTS), shelf.lend(MODULE, WEIGHTS)];
  expect(a.decoder).not.toBe(b.decoder);
  a.release();
  const c = shelf.lend(MODULE, WEIGHTS);
  a.release();
  expect(shelf.lend(MODULE, WEIGHTS).decoder).not.toBe(c.decoder);
  c.release();
  const others = { ...WEIGHTS, parameters: tinyParameters(2) };
  expect(shelf.lend(MODULE, others).decoder).not.toBe(c.decoder);
});

test("an engine that comes back with sequences in it is not lent again", () => {
  const shelf = new EngineShelf();
  const { decoder, release } = shelf.lend(MODULE, WEIGHTS);
  decoder.extend([decoder.create()], [1], [0]);
  release();
  expect(shelf.lend(MODULE, WEIGHTS).decoder).not.toBe(decoder);
});
