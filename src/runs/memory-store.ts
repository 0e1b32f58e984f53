import { type LogLine, type RunStore, StoreError } from "./run-store.ts";
import {
  appended,
  interrupted,
  newStoredRun,
  pageOf,
  type StoredRun,
  summaryOf,
  within,
} from "./stored-run.ts";

/** Runs that are gone with the process: where nothing may be kept, and for tests. */
export function memoryStore(): RunStore {
  const runs = new Map<string, StoredRun>();
  const logs = new Map<string, LogLine[]>();
  return {
    async create(run) {
      if (runs.has(run.id)) throw new StoreError(`there is a run ${run.id} already`);
      runs.set(run.id, newStoredRun(run));
      logs.set(run.id, []);
    },
    async append(id, lines, progress) {
      runs.set(id, appended(runs.get(id), { id, lines, progress }));
      logs.get(id)!.push(...lines);
    },
    async readAfter(id, after, limits) {
      const log = logs.get(id) ?? [];
      return within(log.slice(after + 1, after + 1 + limits.lines), limits);
    },
    async get(id) {
      const run = runs.get(id);
      return run === undefined ? null : summaryOf(run);
    },
    list: async (query) => pageOf(runs.values(), query),
    async interruptOpenRuns() {
      for (const [id, run] of runs) runs.set(id, interrupted(run));
    },
    async close() {},
  };
}
