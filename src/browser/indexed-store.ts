import { type LogLine, type RunStore, StoreError } from "../runs/run-store.ts";
import {
  appended,
  interrupted,
  newStoredRun,
  pageOf,
  type StoredRun,
  summaryOf,
  within,
} from "../runs/stored-run.ts";

/** Runs that a browser keeps; older ones make room. */
const MOST_RUNS = 200;

const NAME = "sentei";
const VERSION = 1;

/** Lines that were appended together, found by the last of them. */
interface StoredLines {
  readonly run: string;
  readonly last: number;
  readonly lines: readonly LogLine[];
}

/** The runs that this browser keeps for this origin. Rejects with a `StoreError` where it keeps nothing. */
export async function openIndexedStore(): Promise<RunStore> {
  const opening = indexedDB.open(NAME, VERSION);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("runs", { keyPath: "id" });
    opening.result.createObjectStore("lines", { keyPath: ["run", "last"] });
  };
  const db = await result(opening);
  await forgetOldest(db);
  return {
    create: (run) =>
      write(db, async ({ runs }) => {
        await result(runs.add(newStoredRun(run)));
      }),
    append: (id, lines, progress) =>
      write(db, async ({ runs, logs }) => {
        const before: StoredRun | undefined = await result(runs.get(id));
        const run = appended(before, { id, lines, progress });
        const stored: StoredLines = { run: id, last: run.lastSeq, lines };
        await Promise.all([result(runs.put(run)), result(logs.add(stored))]);
      }),
    async readAfter(id, after, limits) {
      const logs = db.transaction("lines").objectStore("lines");
      // An append holds a line at least.
      const found: StoredLines[] = await result(logs.getAll(logOf(id, after + 1), limits.lines));
      const lines = found.flatMap((stored) => stored.lines).filter(({ seq }) => seq > after);
      return within(lines, limits);
    },
    async get(id) {
      const run: StoredRun | undefined = await result(
        db.transaction("runs").objectStore("runs").get(id),
      );
      return run === undefined ? null : summaryOf(run);
    },
    async list(query) {
      return pageOf(await allRuns(db.transaction("runs").objectStore("runs")), query);
    },
    interruptOpenRuns: () =>
      write(db, async ({ runs }) => {
        for (const run of await allRuns(runs)) await result(runs.put(interrupted(run)));
      }),
    close: async () => db.close(),
  };
}

async function forgetOldest(db: IDBDatabase): Promise<void> {
  await write(db, async ({ runs, logs }) => {
    const ids = await result(runs.getAllKeys());
    for (const id of ids.slice(0, -MOST_RUNS)) {
      await Promise.all([result(runs.delete(id)), result(logs.delete(logOf(String(id), 0)))]);
    }
  });
}

/** The appends of a log that end at a seq or after it. */
function logOf(run: string, from: number): IDBKeyRange {
  return IDBKeyRange.bound([run, from], [run, Number.POSITIVE_INFINITY]);
}

function allRuns(runs: IDBObjectStore): Promise<StoredRun[]> {
  return result(runs.getAll());
}

interface Writing {
  readonly runs: IDBObjectStore;
  readonly logs: IDBObjectStore;
}

/** All that is done in it, or nothing; ends when it is kept. Rejects with a `StoreError`. */
async function write(db: IDBDatabase, act: (stores: Writing) => Promise<void>): Promise<void> {
  const transaction = db.transaction(["runs", "lines"], "readwrite", { durability: "relaxed" });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  transaction.oncomplete = () => resolve();
  transaction.onabort = () => reject(storeError(transaction.error));
  try {
    const acting = act({
      runs: transaction.objectStore("runs"),
      logs: transaction.objectStore("lines"),
    });
    await Promise.all([acting, promise]);
  } catch (error) {
    // Whatever failed first is why; that what is undone is undone already is no news.
    promise.catch(() => {});
    abort(transaction);
    throw error;
  }
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It is over.
  }
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(storeError(request.error));
  return promise;
}

function storeError(cause: DOMException | null): StoreError {
  const why = cause?.name === "QuotaExceededError" ? "there is no room left" : cause?.message;
  return new StoreError(`the browser does not keep it: ${why ?? "it gave up"}`, { cause });
}
