import { availableParallelism } from "node:os";
import { FileWriter } from "./file-writer.ts";
import { openLibrary } from "./library.ts";
import { serveModel } from "./wire-server.ts";

/** What the process is told, once. */
export interface ModelTask {
  readonly file: string;
  readonly key: string;
}

/** What it tells, once: where it listens, or why it does not. */
export type ModelReport =
  | { readonly kind: "listens"; readonly port: number }
  | { readonly kind: "failed"; readonly message: string };

/** A model that nobody asks for so long gives its memory back, ms; it is looked at so often. */
const REST_MS = 15 * 60_000;
const LOOK_MS = 30_000;

// When whoever started it is gone, nobody asks any more.
process.once("disconnect", () => process.exit());
if (!process.connected) process.exit();

const report = (message: ModelReport) => process.send!(message);

process.once("message", async ({ file, key }: ModelTask) => {
  try {
    const { llama, render } = await openLibrary(process.env, {
      gpu: process.env["SENTEI_LLAMA_GPU"] === "off" ? false : "auto",
    });
    // Its threads wait for each other by spinning: more than half of the cores would wait for the rest of the machine.
    const threads = Math.ceil(availableParallelism() / 2);
    const writer = await FileWriter.open(llama, file, threads);
    report({ kind: "listens", ...(await serveModel({ file, key, writer, render })) });
    setInterval(() => writer.idleMs > REST_MS && process.exit(), LOOK_MS).unref();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    report({ kind: "failed", message });
  }
});
