import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { Engine } from "./engine.ts";
import { PrefixCache } from "./prefix-cache.ts";
import { TINY, tinyParameters } from "./tiny-model.ts";

const MODULE = new WebAssembly.Module(readFileSync(path.join(import.meta.dirname, "kernel.wasm")));

/** A cache with room for `maxPages`, and a way to put a sequence of one page into it. */
function createCache(maxPages: number) {
  const engine = new Engine(MODULE, { config: TINY, parameters: tinyParameters(1) });
  const cache = new PrefixCache<string>(engine, maxPages);
  const put = (steps: readonly string[], known = steps.join()) => {
    const sequence = engine.create();
    engine.extend([sequence], [1], []);
    cache.put(steps, { sequence, known });
  };
  return { engine, cache, put };
}

test("the prefix that was not used for longest is forgotten first", () => {
  const { cache, put, engine } = createCache(2);
  for (const step of ["a", "b", "c"]) put([step]);
  cache.get(["a"]);
  cache.trim();
  expect(engine.pagesInUse).toBe(2);
  expect(["a", "b", "c"].map((step) => cache.get([step])?.known)).toEqual(["a", undefined, "c"]);
});

test("the longest prefix is found up to the limit, and steps are not confused with their parts", () => {
  const { cache, put } = createCache(9);
  put([]);
  put(["a", "b"]);
  put(["a", "b", "c"]);
  expect(cache.longest(["a", "b", "c"], 3)?.count).toBe(3);
  expect(cache.longest(["a", "b", "c"], 2)?.count).toBe(2);
  expect(cache.longest(["a", "x"], 2)?.count).toBe(0);
  expect(cache.get(["a\nb"])).toBeUndefined();
  expect(cache.get(["a,b"])).toBeUndefined();
  expect(cache.get([""])).toBeUndefined();
});

test("a sequence has one owner: put frees the one it replaces, take gives it away", () => {
  const { cache, put, engine } = createCache(9);
  put(["a"], "old");
  put(["a"], "new");
  expect(engine.pagesInUse).toBe(1);
  expect(cache.take(["a"])?.known).toBe("new");
  expect(cache.take(["a"])).toBeUndefined();
  cache.clear();
  expect(engine.pagesInUse).toBe(1);
});
