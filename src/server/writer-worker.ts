import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import { createGroupCommit, type Outcome, type Write } from "./store/group-commit.ts";
import { migrate } from "./store/migrations.ts";

/** What the thread is told: writes, each with a number of the asker's choice, and to end. */
export type WriterRequest = { readonly ticket: number; readonly write: Write } | "close";

/** What it tells: that it may be written to, or why not; and what became of each write. */
export type WriterReport =
  | { readonly opened: true }
  | { readonly opened: false; readonly why: string }
  | { readonly outcomes: readonly (readonly [ticket: number, outcome: Outcome])[] };

const port = parentPort!;
const report = (message: WriterReport) => port.postMessage(message);

/** Opens the database and commits in groups: whatever arrived while the last commit was running. */
function serve(file: string): void {
  const database = new DatabaseSync(file);
  database.exec("pragma journal_mode = wal; pragma synchronous = full;");
  migrate(database);
  const commit = createGroupCommit(database);

  let waiting: Exclude<WriterRequest, "close">[] = [];
  const commitWaiting = () => {
    const group = waiting;
    waiting = [];
    const outcomes = commit(group.map(({ write }) => write));
    report({ outcomes: group.map(({ ticket }, i) => [ticket, outcomes[i]!] as const) });
  };
  port.on("message", (request: WriterRequest) => {
    if (request === "close") {
      if (waiting.length > 0) commitWaiting();
      database.close();
      port.close();
      return;
    }
    if (waiting.push(request) === 1) setImmediate(() => waiting.length > 0 && commitWaiting());
  });
  report({ opened: true });
}

try {
  serve((workerData as { file: string }).file);
} catch (error) {
  // The main thread says it to the person who started the server.
  report({ opened: false, why: error instanceof Error ? error.message : String(error) });
  port.close();
}
