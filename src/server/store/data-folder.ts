import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StoreError } from "./run-store.ts";

export interface DataFolder {
  readonly path: string;
  /** Lets another process have it. */
  release(): void;
}

/**
 * Makes the folder if it is not there and takes it for this process. Throws a
 * `StoreError` if another process has it, or if it cannot be written.
 *
 * The lock is SQLite's own on the file `lock`: the system drops it with the
 * process, however that ends, so there is no stale lock to take over and no
 * process id to mistake for another's. The file `owner.pid` is for people.
 */
export function openDataFolder(folder: string): DataFolder {
  const owner = path.join(folder, "owner.pid");
  let lock: DatabaseSync;
  try {
    mkdirSync(folder, { recursive: true });
    lock = new DatabaseSync(path.join(folder, "lock"), { timeout: 0 });
  } catch (error) {
    throw new StoreError(`the data folder ${folder} cannot be used: ${(error as Error).message}`);
  }
  try {
    lock.exec("begin exclusive");
    writeFileSync(owner, `${process.pid}\n`);
  } catch (error) {
    lock.close();
    throw new StoreError(
      isLocked(error)
        ? `the data folder ${folder} is in use by ${ownerOf(owner)}: stop that one, or set SENTEI_DATA to another folder`
        : `the data folder ${folder} cannot be used: ${(error as Error).message}`,
    );
  }
  return {
    path: folder,
    release() {
      rmSync(owner, { force: true });
      lock.close();
    },
  };
}

const SQLITE_BUSY = 5;

function isLocked(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
}

function ownerOf(file: string): string {
  try {
    return `process ${readFileSync(file, "utf8").trim()}`;
  } catch {
    // It is just starting or just leaving, and has not said its number.
    return "another process";
  }
}
