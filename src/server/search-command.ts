import { once } from "node:events";
import path from "node:path";
import type { ModelList, RunSpec } from "../protocol/runs.ts";
import { acceptRun } from "../runs/accept-run.ts";
import { HttpProblem } from "../runs/http-problem.ts";
import type { ModelHost } from "../runs/model-host.ts";
import { createRunIds } from "../runs/run-id.ts";
import { searchFacts } from "../runs/search-facts.ts";
import { record } from "../search/record.ts";
import { openConnected, withConnected } from "./connections/connected-models.ts";
import { ConnectionStore } from "./connections/connection-store.ts";
import { serveModelFiles } from "./llama-cpp/model-channel.ts";
import { openModels } from "./model-host.ts";
import { producer } from "./producer.ts";
import { flagOf, readSearchFlags, SEARCH_USAGE, UsageError } from "./search-flags.ts";
import { readSettings, StartError } from "./settings.ts";

const PROJECT = path.join(import.meta.dirname, "../..");

/** Exit codes by how the log ends; a log that is cut short by the reader's end is none of them. */
const EXIT = { finished: 0, failed: 1, usage: 2, cancelled: 130, unread: 141 };

/** Obeys one command line; resolves with the exit code. */
async function main(args: readonly string[]): Promise<number> {
  try {
    const order = readSearchFlags(args);
    switch (order.kind) {
      case "help":
        process.stdout.write(SEARCH_USAGE);
        return EXIT.finished;
      case "example": {
        const { family, level, seed } = order;
        const problem = family.generate({ level, seed, split: "held-out" });
        process.stdout.write(`${family.render(problem)}\n`);
        return EXIT.finished;
      }
      case "search": {
        const connections = new ConnectionStore(readSettings(process.env).data, process.env);
        const host = await openModels(path.join(PROJECT, "public/models"), {
          remote: openConnected(connections),
        });
        await using _ = serveModelFiles();
        const models = withConnected(host.list(), connections.list());
        return await printLog(accepted(order.spec, models), host);
      }
    }
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof StartError)) throw error;
    process.stderr.write(`sentei: ${error.message}\n`);
    return EXIT.usage;
  }
}

/** The spec as it can be run. Throws a `UsageError` for what only the models and families know. */
function accepted(spec: RunSpec, models: ModelList): RunSpec {
  try {
    return acceptRun(spec, {
      models,
      limits: { nodes: Number.POSITIVE_INFINITY },
    }).spec;
  } catch (error) {
    const [refused] = error instanceof HttpProblem ? error.errors : [];
    if (refused === undefined) throw error;
    const { field, message, at } = refused;
    const place = at === undefined ? "" : ` (at character ${at + 1})`;
    throw new UsageError(`${flagOf(field.split("."))}: ${message}${place}`);
  }
}

async function printLog(spec: RunSpec, host: ModelHost): Promise<number> {
  const cancel = new AbortController();
  // A second Ctrl-C finds no listener and ends the process at once.
  process.once("SIGINT", () => cancel.abort("Ctrl-C"));
  let isRead = true;
  process.stdout.on("error", () => {
    isRead = false;
    cancel.abort("the reader of the log went away");
  });

  const began = performance.now();
  const clock = () => performance.now() - began;
  const { signal } = cancel;
  const facts = searchFacts(spec, { host, signal, producer: producer(), elapsedMs: clock });
  let code = EXIT.failed;
  for await (const event of record(facts, { run: createRunIds()(), clock, signal })) {
    if (!isRead) return EXIT.unread;
    const isTaken = process.stdout.write(`${JSON.stringify(event)}\n`);
    // If it rejects, the listener above knows why.
    if (!isTaken) await once(process.stdout, "drain").catch(() => {});
    if (event.type === "failed") process.stderr.write(`sentei: ${event.error}\n`);
    if (event.type in EXIT) code = EXIT[event.type as keyof typeof EXIT];
  }
  return code;
}

process.exitCode = await main(process.argv.slice(2));
