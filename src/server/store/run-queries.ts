import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { Kysely, type Selectable, SqliteDialect, sql } from "kysely";
import { Use } from "../../protocol/budget.ts";
import {
  type RunList,
  type RunQuery,
  RunSpec,
  RunStatus,
  type RunSummary,
} from "../../protocol/runs.ts";

/** Text, integers and JSON kept as text only, so that the same queries run on Postgres. */
interface RunsTable {
  id: string;
  status: string;
  created_at: string;
  /** JSON of the `RunSpec`. */
  spec: string;
  family: string | null;
  problem_text: string;
  level: number | null;
  strategy: string;
  policy_name: string;
  policy_revision: string;
  verifier_name: string | null;
  verifier_revision: string | null;
  seed: number;
  last_seq: number;
  nodes: number;
  answer: string | null;
  /** 1, 0, or null where nobody can tell. */
  correct: number | null;
  /** JSON of the `Use`. */
  use: string;
  error: string | null;
}

export interface Schema {
  runs: RunsTable;
}

/** Queries over a connection that the caller owns and closes. */
export function kyselyOver(database: DatabaseSync): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: new SqliteDialect({
      database: {
        close: () => {},
        prepare(sql) {
          const statement = database.prepare(sql);
          const bound = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
          return {
            reader: statement.columns().length > 0,
            all: (parameters) => statement.all(...bound(parameters)),
            run: (parameters) => statement.run(...bound(parameters)),
            iterate: (parameters) => statement.iterate(...bound(parameters)),
          };
        },
      },
    }),
  });
}

export async function findRun(db: Kysely<Schema>, id: string): Promise<RunSummary | null> {
  const row = await db.selectFrom("runs").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : summaryOf(row);
}

/** A page of runs, newest first, from the cursor `before` on (keyset: ids sort by time). */
export async function listRuns(
  db: Kysely<Schema>,
  { status, strategy, family, text, before, limit }: RunQuery,
): Promise<RunList> {
  let matching = db.selectFrom("runs");
  if (status !== undefined) matching = matching.where("status", "=", status);
  if (strategy !== undefined) matching = matching.where("strategy", "=", strategy);
  if (family !== undefined) matching = matching.where("family", "=", family);
  if (text !== undefined) {
    matching = matching.where(
      sql<boolean>`lower(problem_text) like ${anywhere(text)} escape ${sql.lit("\\")}`,
    );
  }
  const { total } = await matching
    .select(({ fn }) => fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();

  const page = before === undefined ? matching : matching.where("id", "<", before);
  const rows = await page
    .selectAll()
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  const runs = rows.slice(0, limit).map(summaryOf);
  const next = rows.length > limit ? (runs.at(-1)?.id ?? null) : null;
  return { runs, total: Number(total), next };
}

function anywhere(text: string): string {
  return `%${text.toLowerCase().replaceAll(/[\\%_]/g, "\\$&")}%`;
}

function summaryOf(row: Selectable<RunsTable>): RunSummary {
  const { strategy, reference } = RunSpec.parse(JSON.parse(row.spec));
  const { verifier_name: verifier, verifier_revision: revision } = row;
  return {
    id: row.id,
    status: RunStatus.parse(row.status),
    createdAt: row.created_at,
    problem: {
      ...{ family: row.family, text: row.problem_text, level: row.level },
      ...(reference !== undefined && { reference }),
    },
    strategy,
    policy: { name: row.policy_name, revision: row.policy_revision },
    verifier: verifier === null || revision === null ? null : { name: verifier, revision },
    seed: row.seed,
    lastSeq: row.last_seq,
    nodes: row.nodes,
    answer: row.answer,
    correct: row.correct === null ? null : row.correct === 1,
    use: Use.parse(JSON.parse(row.use)),
    error: row.error,
  };
}
