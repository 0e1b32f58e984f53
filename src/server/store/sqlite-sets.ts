import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { RefusedRow, SetProblem, type UploadedSet } from "../../protocol/uploaded-sets.ts";
import { pageOf, type SetReader, type SetStore } from "../../runs/set-store.ts";
import type { Writer } from "./writer-thread.ts";

const Refused = z.array(RefusedRow);

/** Uploaded sets in a database that is read here and written by the writer thread. */
export function sqliteSets(database: DatabaseSync, writer: Writer): SetStore {
  return {
    ...readSets(database),
    add: (added) => writer.write({ kind: "addSet", added }),
    remove: (id) => writer.write({ kind: "removeSet", id }),
  };
}

/** The same where nothing is written. */
export function readSets(database: DatabaseSync): SetReader {
  const columns = "id, name, created_at as createdAt, problems, refused";
  const all = database.prepare(`select ${columns} from uploaded_sets order by id desc`);
  const one = database.prepare(
    `select ${columns}, refused_rows as refusedRows from uploaded_sets where id = ?`,
  );
  const problems = database.prepare(
    "select data from set_problems where set_id = ? and problem > ? order by problem limit ?",
  );
  return {
    // The queries name their columns as the types do.
    list: async () => all.all().map((row) => ({ ...row }) as unknown as UploadedSet),
    async page(id, { after, limit }) {
      const row = one.get(id);
      if (row === undefined) return null;
      const { refusedRows, ...set } = row;
      return pageOf(
        {
          set: set as unknown as UploadedSet,
          refused: Refused.parse(JSON.parse(String(refusedRows))),
        },
        problems
          .all(id, after, limit)
          .map(({ data }) => SetProblem.parse(JSON.parse(String(data)))),
      );
    },
  };
}
