import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { buildKernel } from "../../../scripts/build-kernel.ts";

test("M8: the committed kernel is what its source compiles to", async () => {
  const committed = readFileSync(path.join(import.meta.dirname, "kernel.wasm"));
  expect(Buffer.compare(Buffer.from(await buildKernel()), committed)).toBe(0);
});
