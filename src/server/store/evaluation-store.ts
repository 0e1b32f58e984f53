import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { rowCount } from "../../protocol/evaluation-runs.ts";
import {
  EvaluationProblems,
  EvaluationSpec,
  EvaluationState,
  EvaluationStatus,
} from "../../protocol/evaluations.ts";
import type { Problem } from "../../protocol/events.ts";
import type { NewEvaluation, Standing } from "./evaluation-writes.ts";
import type { Writer } from "./writer-thread.ts";

/** Evaluations and the rows of the problems that are done. A promise of a write is fulfilled when it survives a crash. */
export interface EvaluationStore {
  /** Adds one without rows, `queued`. Rejects with a `StoreError` if the id exists. */
  create(evaluation: NewEvaluation): Promise<void>;
  /** Adds all rows of a problem, as JSON of an array. Rejects with a `StoreError` if they are there. */
  keepRows(id: string, kept: { problem: number; data: string; seconds: number }): Promise<void>;
  setStanding(id: string, standing: Standing): Promise<void>;
  /** Marks those that a former process left queued or running. */
  interruptOpen(): Promise<void>;
  /** With its rows. */
  remove(id: string): Promise<void>;
  /** Without a time left. */
  get(id: string): EvaluationState | null;
  /** Newest first. */
  list(): EvaluationState[];
  problems(id: string): Problem[];
  /** Problems whose rows are there, ascending. */
  done(id: string): number[];
  /** The JSON of the rows of each problem that is done, in the order of the problems. */
  rows(id: string): Iterable<string>;
}

/** Problems that are read at a time. */
const PORTION = 50;

/** Reads from a connection that the caller owns, and writes by the thread. */
export function evaluationStore(database: DatabaseSync, writer: Writer): EvaluationStore {
  const select = `
    select id, created_at, status, spec, models, problem_count, error, seconds,
      (select count(*) from evaluation_rows where evaluation_id = id) as done
    from evaluations`;
  const one = database.prepare(`${select} where id = ?`);
  const all = database.prepare(`${select} order by id desc`);
  const problems = database.prepare("select problems from evaluations where id = ?");
  const rows = database.prepare(
    `select problem, data from evaluation_rows where evaluation_id = ? and problem > ?
     order by problem limit ${PORTION}`,
  );
  const done = database.prepare(
    "select problem from evaluation_rows where evaluation_id = ? order by problem",
  );
  return {
    create: (evaluation) => writer.write({ kind: "createEvaluation", evaluation }),
    keepRows: (evaluation, kept) => writer.write({ kind: "keepRows", evaluation, ...kept }),
    setStanding: (evaluation, standing) =>
      writer.write({ kind: "setStanding", evaluation, standing }),
    interruptOpen: () => writer.write({ kind: "interruptEvaluations" }),
    remove: (evaluation) => writer.write({ kind: "removeEvaluation", evaluation }),
    get(id) {
      const row = one.get(id);
      return row === undefined ? null : stateOf(row);
    },
    list: () => all.all().map(stateOf),
    problems(id) {
      const text = String(problems.get(id)!["problems"]);
      return EvaluationProblems.shape.problems.parse(JSON.parse(text));
    },
    done: (id) => done.all(id).map(({ problem }) => Number(problem)),
    *rows(id) {
      for (let last = -1; ; ) {
        const portion = rows.all(id, last);
        for (const { data } of portion) yield String(data);
        if (portion.length < PORTION) return;
        last = Number(portion.at(-1)!["problem"]);
      }
    },
  };
}

const Row = z.object({
  ...{ id: z.string(), created_at: z.string(), status: EvaluationStatus },
  ...{ spec: z.string(), models: z.string(), error: z.string().nullable() },
  ...{ seconds: z.number(), problem_count: z.int(), done: z.int() },
});

function stateOf(value: unknown): EvaluationState {
  const row = Row.parse(value);
  const spec = EvaluationSpec.parse(JSON.parse(row.spec));
  return {
    ...{ id: row.id, spec, status: row.status, error: row.error, createdAt: row.created_at },
    models: EvaluationState.shape.models.parse(JSON.parse(row.models)),
    ...{ done: row.done, problems: row.problem_count },
    ...{ rows: rowCount(spec, row.done), allRows: rowCount(spec, row.problem_count) },
    ...{ seconds: row.seconds, left: null },
  };
}
