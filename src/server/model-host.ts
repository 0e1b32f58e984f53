import { readFileSync } from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { readGguf } from "../models/embedded/gguf.ts";
import { type ModelHost, type ModelHostOptions, modelHost } from "../runs/model-host.ts";
import { followCards } from "./model-cards.ts";

const KERNEL = new URL("../models/embedded/kernel.wasm", import.meta.url);

/** The models of a folder, in this thread. Weights are read when they are first asked for, once. */
export async function openModels(
  folder: string,
  elsewhere: Pick<ModelHostOptions, "openDecoder" | "remote"> = {},
): Promise<ModelHost> {
  return modelHost({
    cards: followCards(folder),
    kernel: await WebAssembly.compile(readFileSync(KERNEL)),
    load: (name) => readGguf(readFileSync(path.join(folder, `${name}.gguf`))),
    breathe: () => setImmediate(),
    ...elsewhere,
  });
}
