import { appendFileSync, mkdirSync } from "node:fs";
import path from "node:path";

/** One line that says how far a stage is: rewritten in a terminal, once in 10 s elsewhere; all of it goes to a log file. */
export class Progress {
  readonly #stage: string;
  readonly #log: string;
  readonly #began = Date.now();
  #from: number | null = null;
  #shown = 0;

  constructor(stage: string, logFile: string) {
    this.#stage = stage;
    this.#log = logFile;
    mkdirSync(path.dirname(logFile), { recursive: true });
  }

  /** `note` holds the figures of the moment. A resumed stage starts at its first `done`. */
  report(done: number, total: number, note: string): void {
    this.#from ??= done;
    const now = Date.now();
    const elapsed = (now - this.#began) / 1000;
    const share = done / total;
    const left = done > this.#from ? (elapsed * (total - done)) / (done - this.#from) : null;
    const eta = left === null ? "" : ` ${clock(left)} left`;
    const bar = "█".repeat(Math.round(share * 24)).padEnd(24, "░");
    const line = `${this.#stage.padEnd(10)} ${bar} ${(share * 100).toFixed(1).padStart(5)} %${eta}  ${note}`;
    appendFileSync(
      this.#log,
      `${new Date(now).toISOString()} ${this.#stage} ${done}/${total} ${note}\n`,
    );
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${line}`);
    else if (now - this.#shown > 10_000 || done >= total) {
      this.#shown = now;
      process.stderr.write(`${line}\n`);
    }
  }

  end(note: string): void {
    const seconds = (Date.now() - this.#began) / 1000;
    const line = `${this.#stage.padEnd(10)} done in ${clock(seconds)}  ${note}`;
    appendFileSync(this.#log, `${new Date().toISOString()} ${line}\n`);
    process.stderr.write(`${process.stderr.isTTY ? "\r\x1b[2K" : ""}${line}\n`);
  }
}

function clock(seconds: number): string {
  const s = Math.round(seconds);
  return s < 60 ? `${s} s` : `${Math.floor(s / 60)} min ${s % 60} s`;
}
