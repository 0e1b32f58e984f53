import { randomUUID } from "node:crypto";
import { BroadcastChannel } from "node:worker_threads";
import { type ModelPlace, ModelProcesses, type NoModel } from "./model-processes.ts";

/** Between all threads of a process; none of them is kept alive by it. */
const CHANNEL = "sentei models in files";

type Message =
  | { readonly kind: "ask"; readonly id: string; readonly file: string }
  | { readonly kind: "tell"; readonly id: string; readonly told: ModelPlace | NoModel };

/** Runs models in files for every thread of this process that asks for one, until it is disposed of. */
export function serveModelFiles(): AsyncDisposable {
  const processes = new ModelProcesses();
  const channel = new BroadcastChannel(CHANNEL);
  channel.unref();
  let isServing = true;
  channel.onmessage = async (event) => {
    const message = (event as { readonly data: Message }).data;
    if (message.kind !== "ask") return;
    const told = await processes.placeOf(message.file);
    const answer: Message = { kind: "tell", id: message.id, told };
    if (isServing) channel.postMessage(answer);
  };
  return {
    async [Symbol.asyncDispose]() {
      isServing = false;
      channel.close();
      await processes.close();
    },
  };
}

/** Where a model in a file is, from any thread of a process that serves some. Rejects with the signal's reason on abort. */
export async function askForModel(
  file: string,
  signal: AbortSignal,
): Promise<ModelPlace | NoModel> {
  const channel = new BroadcastChannel(CHANNEL);
  channel.ref();
  const { promise, resolve, reject } = Promise.withResolvers<ModelPlace | NoModel>();
  const id = randomUUID();
  const stop = () => reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  channel.onmessage = (event) => {
    const message = (event as { readonly data: Message }).data;
    if (message.kind === "tell" && message.id === id) resolve(message.told);
  };
  channel.postMessage({ kind: "ask", id, file } satisfies Message);
  try {
    signal.throwIfAborted();
    return await promise;
  } finally {
    signal.removeEventListener("abort", stop);
    channel.close();
  }
}
