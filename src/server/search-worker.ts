import { setImmediate } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import type { Command, RunSpec } from "../protocol/runs.ts";
import { Gate } from "../search/gate.ts";
import { record } from "../search/record.ts";
import { Stopwatch } from "../search/stopwatch.ts";
import { openModels } from "./model-host.ts";
import { type Batch, Outbox } from "./outbox.ts";
import { searchFacts } from "./search-facts.ts";

/** What a search thread is started with. */
export interface SearchThreadData {
  /** Folder of the embedded models. */
  readonly models: string;
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
    }
  | { readonly kind: "command"; readonly run: string; readonly command: Command }
  | { readonly kind: "stored"; readonly run: string; readonly seq: number }
  | { readonly kind: "stop" };

/** What it tells: that it listens, events, and that no more will come. */
export type SearchReport =
  | { readonly kind: "ready" }
  | ({ readonly kind: "events" } & Batch)
  | { readonly kind: "stopped" };

/** How long a run may keep its thread from hearing anything, ms. */
const BREATH_MS = 8;

const PERSON = "a person";

const port = parentPort!;
const { models, producer } = workerData as SearchThreadData;
const host = await openModels(models);
const report = (message: SearchReport) => port.postMessage(message);

interface Serving {
  readonly gate: Gate;
  readonly cancel: AbortController;
  readonly outbox: Outbox;
}
const serving = new Map<string, Serving>();

let lastBreath = performance.now();
let isStopped = false;

/** Runs one search to the end of its log. Several do so in turns. */
async function serve(
  run: string,
  spec: RunSpec,
  { isCancelled }: { isCancelled: boolean },
): Promise<void> {
  const began = performance.now();
  const clock = () => performance.now() - began;
  const stopwatch = new Stopwatch(clock);
  const gate = new Gate({ paused: spec.paused, stopwatch });
  const cancel = new AbortController();
  if (isCancelled) cancel.abort(PERSON);
  const outbox = new Outbox(run, (batch) => {
    if (!isStopped) report({ kind: "events", ...batch });
  });
  serving.set(run, { gate, cancel, outbox });

  const { signal } = cancel;
  const elapsedMs = () => stopwatch.elapsedMs();
  const facts = searchFacts(spec, { host, signal, producer, elapsedMs });
  for await (const event of record(facts, { run, clock, signal, gate })) {
    outbox.push(event);
    await outbox.room();
    if (performance.now() - lastBreath >= BREATH_MS) {
      await setImmediate();
      lastBreath = performance.now();
    }
  }
  outbox.flush();
  serving.delete(run);
}

function obey({ gate, cancel }: Serving, command: Command): void {
  switch (command.command) {
    case "pause":
      gate.pause();
      break;
    case "resume":
      gate.resume();
      break;
    case "step":
      gate.step({ to: command.to, by: PERSON });
      break;
    case "cancel":
      cancel.abort(PERSON);
  }
}

port.on("message", (request: SearchRequest) => {
  if (request.kind === "start") {
    void serve(request.run, request.spec, request);
    return;
  }
  if (request.kind === "stop") {
    for (const { outbox } of serving.values()) outbox.flush();
    isStopped = true;
    report({ kind: "stopped" });
    return;
  }
  // A run that has just ended hears nothing more.
  const run = serving.get(request.run);
  if (run === undefined) return;
  if (request.kind === "stored") run.outbox.stored(request.seq);
  else obey(run, request.command);
});
report({ kind: "ready" });
host.preload();
