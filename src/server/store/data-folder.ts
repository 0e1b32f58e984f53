import { FolderTakenError, lockFolder } from "../../files/folder-lock.ts";
import { StoreError } from "../../runs/run-store.ts";

export interface DataFolder {
  readonly path: string;
  /** Lets another process have it. */
  release(): void;
}

/**
 * Makes the folder if it is not there and takes it for this process. Throws a
 * `StoreError` if another process has it, or if it cannot be written.
 */
export function openDataFolder(folder: string): DataFolder {
  try {
    const { release } = lockFolder(folder);
    return { path: folder, release };
  } catch (error) {
    throw new StoreError(
      error instanceof FolderTakenError
        ? `the data folder ${folder} is in use by ${error.owner}: stop that one, or set SENTEI_DATA to another folder`
        : `the data folder ${folder} cannot be used: ${(error as Error).message}`,
    );
  }
}
