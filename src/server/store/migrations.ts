import type { DatabaseSync } from "node:sqlite";
import { StoreError } from "../../runs/run-store.ts";
import { SET_TABLES } from "./set-writes.ts";

/** Each entry brings the schema one version on. Entries are never changed, only added. */
const MIGRATIONS: readonly string[] = [
  `
  create table runs (
    id text primary key,
    status text not null,
    created_at text not null,
    spec text not null,
    family text,
    problem_text text not null,
    level integer,
    strategy text not null,
    policy_name text not null,
    policy_revision text not null,
    verifier_name text,
    verifier_revision text,
    seed bigint not null,
    last_seq integer not null,
    nodes integer not null,
    answer text,
    correct integer,
    use text not null,
    error text
  );
  create index runs_by_status on runs (status);
  create table events (
    run_id text not null,
    seq integer not null,
    type text not null,
    t_ms double precision not null,
    data text not null,
    primary key (run_id, seq)
  ) without rowid;
  `,
  `
  create table evaluations (
    id text primary key,
    created_at text not null,
    status text not null,
    spec text not null,
    models text not null,
    problems text not null,
    problem_count integer not null,
    error text,
    seconds double precision not null
  );
  create table evaluation_rows (
    evaluation_id text not null,
    problem integer not null,
    data text not null,
    primary key (evaluation_id, problem)
  ) without rowid;
  `,
  SET_TABLES,
];

/**
 * Brings a database to the newest schema, all of it or nothing. Throws a
 * `StoreError` if a newer Sentei wrote it.
 */
export function migrate(database: DatabaseSync): void {
  database.exec("begin immediate");
  try {
    database.exec("create table if not exists schema_version (version integer not null)");
    const row = database.prepare("select max(version) as version from schema_version").get();
    const version = Number(row?.["version"] ?? 0);
    if (version > MIGRATIONS.length) {
      throw new StoreError(
        `the data folder has schema version ${version} and this Sentei knows ${MIGRATIONS.length}: ` +
          "a newer Sentei wrote it; update this one, or set SENTEI_DATA to another folder",
      );
    }
    const record = database.prepare("insert into schema_version (version) values (?)");
    for (const [index, sql] of MIGRATIONS.entries()) {
      if (index < version) continue;
      database.exec(sql);
      record.run(index + 1);
    }
    database.exec("commit");
  } catch (error) {
    database.exec("rollback");
    throw error;
  }
}
