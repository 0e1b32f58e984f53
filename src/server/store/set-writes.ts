import type { DatabaseSync } from "node:sqlite";
import type { NewSet } from "../../runs/set-store.ts";

/** What the writer thread is asked to do about uploaded sets. */
export type SetWrite =
  | { readonly kind: "addSet"; readonly added: NewSet }
  | { readonly kind: "removeSet"; readonly id: string };

/** Version of the schema that brings uploaded sets. */
export const SET_TABLES = `
  create table uploaded_sets (
    id text primary key,
    name text not null,
    created_at text not null,
    problems integer not null,
    refused integer not null,
    refused_rows text not null
  );
  create table set_problems (
    set_id text not null,
    problem integer not null,
    data text not null,
    primary key (set_id, problem)
  ) without rowid;
  `;

export function preparedSetWrites(database: DatabaseSync): (write: SetWrite) => void {
  const insertSet = database.prepare(
    "insert into uploaded_sets (id, name, created_at, problems, refused, refused_rows) values (?, ?, ?, ?, ?, ?)",
  );
  const insertProblem = database.prepare(
    "insert into set_problems (set_id, problem, data) values (?, ?, ?)",
  );
  const deleteSet = database.prepare("delete from uploaded_sets where id = ?");
  const deleteProblems = database.prepare("delete from set_problems where set_id = ?");
  return (write) => {
    if (write.kind === "removeSet") {
      deleteSet.run(write.id);
      deleteProblems.run(write.id);
      return;
    }
    const { set, problems, refused } = write.added;
    insertSet.run(
      ...[set.id, set.name, set.createdAt, set.problems, set.refused],
      JSON.stringify(refused),
    );
    for (const problem of problems)
      insertProblem.run(set.id, problem.index, JSON.stringify(problem));
  };
}
