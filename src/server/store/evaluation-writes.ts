import type { DatabaseSync } from "node:sqlite";
import type { EvaluationState, EvaluationStatus } from "../../protocol/evaluations.ts";
import type { Problem } from "../../protocol/events.ts";

/** An evaluation as it is made. */
export interface NewEvaluation
  extends Pick<EvaluationState, "id" | "createdAt" | "spec" | "models"> {
  readonly problems: readonly Problem[];
}

/** How an evaluation stands. */
export interface Standing {
  readonly status: EvaluationStatus;
  readonly error: string | null;
  /** Wall time that it took until now, s. */
  readonly seconds: number;
}

export type EvaluationWrite =
  | { readonly kind: "createEvaluation"; readonly evaluation: NewEvaluation }
  | {
      readonly kind: "keepRows";
      readonly evaluation: string;
      readonly problem: number;
      /** JSON of an array of rows. */
      readonly data: string;
      readonly seconds: number;
    }
  | {
      readonly kind: "setStanding";
      readonly evaluation: string;
      readonly standing: Standing;
    }
  | { readonly kind: "interruptEvaluations" }
  | { readonly kind: "removeEvaluation"; readonly evaluation: string };

/** Does such a write, inside of the caller's transaction. */
export function preparedEvaluationWrites(database: DatabaseSync): (write: EvaluationWrite) => void {
  const create = database.prepare(
    `insert into evaluations (id, created_at, status, spec, models, problems, problem_count, seconds)
     values (?, ?, 'queued', ?, ?, ?, ?, 0)`,
  );
  const keep = database.prepare(
    "insert into evaluation_rows (evaluation_id, problem, data) values (?, ?, ?)",
  );
  const setSeconds = database.prepare("update evaluations set seconds = ? where id = ?");
  const setStanding = database.prepare(
    "update evaluations set status = ?, error = ?, seconds = ? where id = ?",
  );
  const interrupt = database.prepare(
    "update evaluations set status = 'interrupted' where status in ('queued', 'running')",
  );
  const remove = database.prepare("delete from evaluations where id = ?");
  const removeRows = database.prepare("delete from evaluation_rows where evaluation_id = ?");
  return (write) => {
    switch (write.kind) {
      case "createEvaluation": {
        const { id, createdAt, spec, models, problems } = write.evaluation;
        const texts = [spec, models, problems].map((part) => JSON.stringify(part));
        create.run(id, createdAt, ...texts, problems.length);
        break;
      }
      case "keepRows":
        keep.run(write.evaluation, write.problem, write.data);
        setSeconds.run(write.seconds, write.evaluation);
        break;
      case "setStanding": {
        const { status, error, seconds } = write.standing;
        setStanding.run(status, error, seconds, write.evaluation);
        break;
      }
      case "interruptEvaluations":
        interrupt.run();
        break;
      case "removeEvaluation":
        remove.run(write.evaluation);
        removeRows.run(write.evaluation);
        break;
    }
  };
}
