import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Between two notes of the time spent, ms. */
const NOTE_MS = 5_000;

/**
 * A stage's folder is named by the hash of all that its result depends on, so a
 * finished stage is found again and a changed recipe makes a new folder.
 */
export class Stage {
  readonly name: string;
  readonly hash: string;
  readonly folder: string;

  /** `inputs`: the part of the recipe it reads, and the hashes of the stages it builds on. */
  constructor(root: string, name: string, inputs: unknown) {
    this.name = name;
    this.hash = createHash("sha256")
      .update(JSON.stringify([name, inputs]))
      .digest("hex")
      .slice(0, 12);
    this.folder = path.join(root, `${name}-${this.hash}`);
    mkdirSync(this.folder, { recursive: true });
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }

  has(name: string): boolean {
    return existsSync(this.file(name));
  }

  read(name: string): Uint8Array<ArrayBuffer> {
    return new Uint8Array(readFileSync(this.file(name)));
  }

  readJson(name: string): unknown {
    return JSON.parse(readFileSync(this.file(name), "utf8"));
  }

  /** Does the stage's work and adds the wall time that it took to what earlier attempts took. */
  async clocked<T>(work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const before = this.seconds();
    const note = () => this.write("seconds", String(before + (performance.now() - began) / 1000));
    note();
    const noting = setInterval(note, NOTE_MS);
    try {
      return await work();
    } finally {
      clearInterval(noting);
      note();
    }
  }

  /** Whether an earlier process has begun its work. */
  get isBegun(): boolean {
    return this.has("seconds");
  }

  /** Wall time spent so far; of a killed attempt the last seconds are not in it. */
  seconds(): number {
    return this.has("seconds") ? Number(readFileSync(this.file("seconds"), "utf8")) : 0;
  }

  /** All or nothing: a kill in mid-write leaves the old file. */
  write(name: string, content: Uint8Array | string): void {
    const next = this.file(`${name}.next`);
    writeFileSync(next, content);
    renameSync(next, this.file(name));
  }
}
