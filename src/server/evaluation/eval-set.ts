import { existsSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { readSet, type SetFormat } from "../../problems/uploads/read-set.ts";
import type { ProblemSet } from "../../protocol/evaluations.ts";
import type { RefusedRow } from "../../protocol/uploaded-sets.ts";
import type { SetReader } from "../../runs/set-store.ts";
import { UsageError } from "../search-flags.ts";
import { readSets } from "../store/sqlite-sets.ts";
import { DATABASE } from "../store/sqlite-store.ts";

const FORMATS: Readonly<Record<string, SetFormat>> = {
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
  ".json": "jsonl",
  ".csv": "csv",
};

/** Whether `--set` names a file and not a set that was uploaded. */
export function isSetFile(set: string): boolean {
  return path.extname(set).toLowerCase() in FORMATS;
}

/** The first problems of a file, all if `count` is not told, and the rows that did not fit. Throws a `UsageError` if none fits. */
export function problemsInFile(
  { file, text }: { readonly file: string; readonly text: string },
  count = Number.POSITIVE_INFINITY,
): { readonly problems: ProblemSet; readonly refused: readonly RefusedRow[] } {
  const format = FORMATS[path.extname(file).toLowerCase()]!;
  const { problems, refused } = readSet(text, format, {});
  const [first] = refused;
  if (problems.length === 0) {
    const why = first ? `; on line ${first.line}: ${first.reason}` : ", it is empty";
    throw new UsageError(`--set ${file}: no row is a problem with an answer${why}`);
  }
  const kept = problems.slice(0, count);
  return {
    problems: {
      kind: "answered",
      problems: kept.map(({ problem, answer, level }) => ({ problem, answer, level })),
    },
    refused,
  };
}

const NO_SETS: SetReader = { list: async () => [], page: async () => null };

/** The sets that were uploaded to the server of this folder, whether it runs or not; `close` when they are read. */
export function setsIn(folder: string): { readonly sets: SetReader; close(): void } {
  const file = path.join(folder, DATABASE);
  if (!existsSync(file)) return { sets: NO_SETS, close() {} };
  const database = new DatabaseSync(file, { readOnly: true });
  return { sets: readSets(database), close: () => database.close() };
}
