import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import { deserialize, serialize } from "node:v8";

/** Keeps results of jobs as they come, whatever happens to the process. */
export interface Journal<Result> {
  /** Those of former processes, by the index of their job. */
  readonly kept: Iterable<readonly [index: number, result: Result]>;
  keep(index: number, result: Result): void;
  close(): void;
}

const LENGTH_BYTES = 4;

/** A file of results as they came, each with its length before it; what a kill cut off at the end is dropped. */
export class FileJournal<Result> implements Journal<Result> {
  readonly kept: readonly (readonly [index: number, result: Result])[];
  readonly #file: number;

  constructor(file: string) {
    const kept: [number, Result][] = [];
    let end = 0;
    if (existsSync(file)) {
      const bytes = readFileSync(file);
      while (end + LENGTH_BYTES <= bytes.length) {
        const next = end + LENGTH_BYTES + bytes.readUInt32LE(end);
        if (next > bytes.length) break;
        kept.push(deserialize(bytes.subarray(end + LENGTH_BYTES, next)) as [number, Result]);
        end = next;
      }
      truncateSync(file, end);
    }
    this.kept = kept;
    this.#file = openSync(file, "a");
  }

  keep(index: number, result: Result): void {
    const record = serialize([index, result]);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(record.length);
    writeSync(this.#file, Buffer.concat([length, record]));
  }

  close(): void {
    closeSync(this.#file);
  }
}
