import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";

/** A folder that this process has for itself. */
export interface FolderLock {
  /** Lets another process have it. */
  release(): void;
}

/** Another process has the folder. */
export class FolderTakenError extends Error {
  override readonly name = "FolderTakenError";
  /** `process 1234`, or `another process` while its number is not known. */
  readonly owner: string;

  constructor(folder: string, owner: string) {
    super(`the folder ${folder} is in use by ${owner}`);
    this.owner = owner;
  }
}

const SQLITE_BUSY = 5;

/** A database that nobody refers to is closed by the garbage collector, and its lock is gone. */
const held = new Set<DatabaseSync>();

/**
 * Makes the folder if it is not there and takes it for this process. Throws a
 * `FolderTakenError` if another process has it, and what the system says if it
 * cannot be written.
 *
 * The lock is SQLite's own on the file `lock`: the system drops it with the
 * process, however that ends, so there is no stale lock to take over and no
 * process id to mistake for another's. The file `owner.pid` is for people.
 */
export function lockFolder(folder: string): FolderLock {
  const owner = path.join(folder, "owner.pid");
  mkdirSync(folder, { recursive: true });
  const lock = new DatabaseSync(path.join(folder, "lock"), { timeout: 0 });
  try {
    lock.exec("begin exclusive");
    writeFileSync(owner, `${process.pid}\n`);
  } catch (error) {
    lock.close();
    const isBusy = error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
    throw isBusy ? new FolderTakenError(folder, ownerOf(owner)) : error;
  }
  held.add(lock);
  return {
    release() {
      held.delete(lock);
      rmSync(owner, { force: true });
      lock.close();
    },
  };
}

function ownerOf(file: string): string {
  try {
    return `process ${readFileSync(file, "utf8").trim()}`;
  } catch {
    // It is just starting or just leaving, and has not said its number.
    return "another process";
  }
}
