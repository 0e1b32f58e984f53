import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { LogLine, RunStore } from "../../runs/run-store.ts";
import type { SetStore } from "../../runs/set-store.ts";
import { type EvaluationStore, evaluationStore } from "./evaluation-store.ts";
import { findRun, kyselyOver, listRuns } from "./run-queries.ts";
import { sqliteSets } from "./sqlite-sets.ts";
import { startWriter } from "./writer-thread.ts";

/** The one file of the folder. */
export const DATABASE = "runs.sqlite";

/** The runs, and beside them the evaluations and the problem sets. */
export interface SqliteStore extends RunStore {
  readonly sets: SetStore;
  readonly evaluations: EvaluationStore;
}

/**
 * A store in one SQLite file of the folder, which this process must own.
 * Writing happens in a thread of its own, so that a slow disk delays nobody
 * who reads. Rejects with a `StoreError` if the file cannot be used.
 */
export async function openSqliteStore(folder: string): Promise<SqliteStore> {
  const file = path.join(folder, DATABASE);
  const writer = await startWriter(file);
  const database = new DatabaseSync(file, { readOnly: true });
  const db = kyselyOver(database);
  const lines = database.prepare(
    "select seq, type, t_ms as t, data from events where run_id = ? and seq > ? order by seq limit ?",
  );
  return {
    sets: sqliteSets(database, writer),
    evaluations: evaluationStore(database, writer),
    create: (run) => writer.write({ kind: "create", run }),
    append: (run, newLines, progress) =>
      writer.write({ kind: "append", run, lines: newLines, progress }),
    interruptOpenRuns: () => writer.write({ kind: "interrupt" }),
    async readAfter(run, after, limits) {
      const read: LogLine[] = [];
      let characters = 0;
      for (const row of lines.iterate(run, after, limits.lines)) {
        // The query names its columns as `LogLine` does.
        const line = row as unknown as LogLine;
        read.push(line);
        characters += line.data.length;
        if (characters >= limits.characters) break;
      }
      return read;
    },
    get: (run) => findRun(db, run),
    list: (query) => listRuns(db, query),
    async close() {
      // The last connection to go tidies the file up, and that one must be able to write.
      database.close();
      await writer.close();
    },
  };
}
