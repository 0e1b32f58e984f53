import type { DatabaseSync } from "node:sqlite";
import { NO_USE } from "../../protocol/budget.ts";
import { type LogLine, type NewRun, type Progress, StoreError } from "../../runs/run-store.ts";
import { type EvaluationWrite, preparedEvaluationWrites } from "./evaluation-writes.ts";
import { preparedSetWrites, type SetWrite } from "./set-writes.ts";

/** What the main thread asks the writer thread to store. */
export type Write =
  | { readonly kind: "create"; readonly run: NewRun }
  | {
      readonly kind: "append";
      readonly run: string;
      readonly lines: readonly LogLine[];
      readonly progress: Progress;
    }
  | { readonly kind: "interrupt" }
  | EvaluationWrite
  | SetWrite;

/** `null`: stored. */
export type Outcome = string | null;

/**
 * A function that stores writes, in order, in one transaction: one sync of the
 * disk however many they are. If one of them cannot be stored the others still
 * are, and the outcome of that one says why.
 */
export function createGroupCommit(database: DatabaseSync): (writes: readonly Write[]) => Outcome[] {
  const perform = preparedWrites(database);
  const transaction = (writes: readonly Write[]): Outcome[] => {
    try {
      database.exec("begin immediate");
      for (const write of writes) perform(write);
      database.exec("commit");
      return writes.map(() => null);
    } catch (error) {
      if (database.isTransaction) database.exec("rollback");
      // Alone, each of them fails or succeeds for its own reasons.
      if (writes.length > 1) return writes.flatMap((write) => transaction([write]));
      return [error instanceof Error ? error.message : String(error)];
    }
  };
  return transaction;
}

function preparedWrites(database: DatabaseSync): (write: Write) => void {
  const insertRun = database.prepare(
    `insert into runs (id, status, created_at, spec, family, problem_text, level, strategy,
       policy_name, policy_revision, verifier_name, verifier_revision, seed, last_seq, nodes, use)
     values (?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, -1, 0, ?)`,
  );
  const insertEvent = database.prepare(
    "insert into events (run_id, seq, type, t_ms, data) values (?, ?, ?, ?, ?)",
  );
  const updateRun = database.prepare(
    `update runs set status = ?, last_seq = ?, nodes = ?, answer = ?, correct = ?, use = ?, error = ?
     where id = ? and last_seq = ?`,
  );

  const interrupt = database.prepare(
    "update runs set status = 'interrupted' where status in ('queued', 'running', 'paused')",
  );

  const create = ({ id, createdAt, spec, problem, policy, verifier }: NewRun) =>
    insertRun.run(
      id,
      createdAt,
      JSON.stringify(spec),
      problem.family,
      problem.text,
      problem.level,
      spec.strategy.name,
      policy.name,
      policy.revision,
      verifier?.name ?? null,
      verifier?.revision ?? null,
      spec.seed,
      JSON.stringify(NO_USE),
    );

  const append = (run: string, lines: readonly LogLine[], progress: Progress) => {
    const first = lines[0]?.seq ?? 0;
    for (const [index, { seq, type, t, data }] of lines.entries()) {
      if (seq !== first + index) throw new StoreError(`run ${run}: seq ${seq} after a gap`);
      insertEvent.run(run, seq, type, t, data);
    }
    const { status, nodes, answer, correct, use, error } = progress;
    const last = first + lines.length - 1;
    const mark = correct === null ? null : Number(correct);
    const { changes } = updateRun.run(
      ...[status, last, nodes, answer, mark, JSON.stringify(use), error],
      ...[run, first - 1],
    );
    if (changes === 0) throw new StoreError(`run ${run}: its log does not end before seq ${first}`);
  };

  const writeSet = preparedSetWrites(database);
  const writeEvaluation = preparedEvaluationWrites(database);
  return (write) => {
    if (write.kind === "create") create(write.run);
    else if (write.kind === "append") append(write.run, write.lines, write.progress);
    else if (write.kind === "interrupt") interrupt.run();
    else if (write.kind === "addSet" || write.kind === "removeSet") writeSet(write);
    else writeEvaluation(write);
  };
}
