import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { closeSync, openSync, readSync, statSync } from "node:fs";
import type { ModelReport, ModelTask } from "./model-process.ts";

/** Where a model in a file is asked. */
export interface ModelPlace {
  readonly url: string;
  readonly key: string;
}

/** Why there is no such place. */
export interface NoModel {
  readonly message: string;
}

/** Whether it begins as one does (ggml-org/ggml, docs/gguf.md): readers of what does not can be busy for minutes. */
function isGguf(file: string): boolean {
  const head = Buffer.alloc(8);
  const descriptor = openSync(file, "r");
  try {
    if (readSync(descriptor, head) < head.length) return false;
  } finally {
    closeSync(descriptor);
  }
  return head.toString("latin1", 0, 4) === "GGUF" && [2, 3].includes(head.readUInt32LE(4));
}

const PROCESS = new URL("./model-process.ts", import.meta.url);

/**
 * Models in GGUF files, each in a process of its own: a file that brings
 * llama.cpp down brings nothing else down, and what asks for it next starts it
 * anew. One for all threads of this process.
 */
export class ModelProcesses {
  readonly #places = new Map<string, Promise<ModelPlace | NoModel>>();
  readonly #children = new Set<ChildProcess>();

  /** Of an absolute path. Loads the file if it is not loaded, or has been changed. */
  async placeOf(file: string): Promise<ModelPlace | NoModel> {
    const size = statSync(file, { throwIfNoEntry: false });
    if (!size?.isFile()) return { message: `there is no file ${file}` };
    if (!isGguf(file)) return { message: `${file} is no GGUF file of version 2 or 3` };
    const as = `${file} ${size.size} ${size.mtimeMs}`;
    if (!this.#places.has(as)) {
      // What could not be loaded ends its process, and may be there the next time.
      this.#places.set(
        as,
        this.#start(file, () => this.#places.delete(as)),
      );
    }
    return this.#places.get(as)!;
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    await Promise.all(
      [...this.#children].map(async (child) => {
        child.ref();
        child.kill("SIGKILL");
        if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      }),
    );
  }

  async #start(file: string, onGone: () => void): Promise<ModelPlace | NoModel> {
    const key = randomUUID();
    const child = fork(PROCESS, { stdio: ["ignore", "ignore", "ignore", "ipc"] });
    this.#children.add(child);
    const { promise, resolve } = Promise.withResolvers<ModelReport>();
    child.once("message", (message: ModelReport) => resolve(message));
    child.once("exit", (code, signal) => {
      this.#children.delete(child);
      onGone();
      const how = signal ?? `code ${code}`;
      const message = `llama.cpp ended while it loaded ${file} (${how})`;
      resolve({ kind: "failed", message });
    });
    child.send({ file, key } satisfies ModelTask);
    const told = await promise;
    // Whoever asks it something waits for the reply; a model that is idle keeps nobody alive.
    child.unref();
    child.channel?.unref();
    if (told.kind === "listens") return { url: `http://127.0.0.1:${told.port}`, key };
    child.kill();
    return { message: told.message };
  }
}
