import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import asc from "assemblyscript/asc";

const SOURCE = path.join(import.meta.dirname, "../src/models/embedded/kernel");
const FILES = ["gemm.ts", "rows.ts", "attention.ts", "loss.ts", "sampling.ts"];

/** Compiles the numeric kernel. The same compiler gives the same bytes, so a test holds the committed file to its source. */
export async function buildKernel(): Promise<Uint8Array> {
  let wasm: Uint8Array | undefined;
  const flags =
    "-o kernel.wasm -O3 --enable simd --runtime stub --noAssert --use abort= --initialMemory 1";
  const { error, stderr } = await asc.main([...FILES, ...flags.split(" ")], {
    readFile: (name) =>
      FILES.includes(name) || name === "exp.ts"
        ? readFileSync(path.join(SOURCE, name), "utf8")
        : null,
    writeFile: (_name, contents) => {
      wasm = typeof contents === "string" ? undefined : contents;
    },
  });
  if (error !== null) throw new Error(stderr.toString(), { cause: error });
  if (wasm === undefined) throw new Error("The compiler wrote no wasm");
  return wasm;
}

if (import.meta.main) {
  const wasm = await buildKernel();
  const file = path.join(SOURCE, "../kernel.wasm");
  writeFileSync(file, wasm);
  console.log(`${path.relative(process.cwd(), file)}: ${wasm.length} bytes`);
}
