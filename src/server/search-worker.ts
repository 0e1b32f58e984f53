import { setImmediate } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import type { Command, RunSpec } from "../protocol/runs.ts";
import type { Batch } from "../runs/outbox.ts";
import type { Recorded } from "../runs/resume-run.ts";
import { Searches } from "../runs/searches.ts";
import { openConnected } from "./connections/connected-models.ts";
import { ConnectionStore } from "./connections/connection-store.ts";
import { openModels } from "./model-host.ts";

/** What a search thread is started with. */
export interface SearchThreadData {
  /** Folder of the embedded models. */
  readonly models: string;
  /** Folder of the user's connections. */
  readonly data: string;
  /** Who makes the logs, `name@version`. */
  readonly producer: string;
}

/** What a search thread is told. */
export type SearchRequest =
  | {
      readonly kind: "start";
      readonly run: string;
      readonly spec: RunSpec;
      /** In one message, so that nothing is searched before the cancel is heard. */
      readonly isCancelled: boolean;
      readonly recorded: Recorded | undefined;
    }
  | { readonly kind: "command"; readonly run: string; readonly command: Command }
  | { readonly kind: "stored"; readonly run: string; readonly seq: number }
  | { readonly kind: "stop" };

/** What it tells: that it listens, events, and that no more will come. */
export type SearchReport =
  | { readonly kind: "ready" }
  | ({ readonly kind: "events" } & Batch)
  | { readonly kind: "stopped" };

const port = parentPort!;
const { models, data, producer } = workerData as SearchThreadData;
const host = await openModels(models, {
  remote: openConnected(new ConnectionStore(data, process.env)),
});
const report = (message: SearchReport) => port.postMessage(message);

const searches = new Searches({
  ...{ host, producer, breathe: () => setImmediate() },
  onEvents: (batch) => report({ kind: "events", ...batch }),
  // The server ends the logs of a thread that is gone, and of no other.
  onCrash: (_runs, why) => {
    throw new Error(why);
  },
});

port.on("message", (request: SearchRequest) => {
  switch (request.kind) {
    case "start":
      return searches.start(request.run, request.spec, request);
    case "command":
      return searches.command(request.run, request.command);
    case "stored":
      return searches.stored(request.run, request.seq);
    case "stop":
      return void searches.stop().then(() => report({ kind: "stopped" }));
  }
});
report({ kind: "ready" });
host.preload();
