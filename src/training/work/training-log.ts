import { appendFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import type { Interval } from "../../lib/interval.ts";
import type {
  Metric,
  ModelSize,
  RecipeStep,
  Sample,
  TrainingEvent,
  XUnit,
} from "../../protocol/training.ts";

/** An event as it is given, before it has its time. */
type Said<E extends TrainingEvent = TrainingEvent> = E extends unknown ? Omit<E, "at"> : never;

/** Seconds between two progress events, and between two lines where there is no terminal. */
const PROGRESS_SECONDS = 1;
const LINE_SECONDS = 10;

/** The log of a training: every event a line of a file, and a bar for who looks at the terminal. */
export class TrainingLog {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
    mkdirSync(path.dirname(file), { recursive: true });
  }

  started(size: ModelSize, targets: readonly string[]): void {
    this.#say({ type: "started", size, targets: [...targets] });
  }

  ended(how: "done" | "stopped" | "failed", because = ""): void {
    this.#say({ type: "ended", how, because });
  }

  /** The voice of one stage. */
  stage(stage: StageName): StageLog {
    return new StageLog(stage, (event) => this.#say(event));
  }

  #say(event: Said): void {
    const line = JSON.stringify({ ...event, at: new Date().toISOString() });
    appendFileSync(this.#file, `${line}\n`);
  }
}

/** Where a metric stands, and what it says. */
export interface Measured {
  readonly name: string;
  readonly series?: string;
  readonly x: number;
  readonly xUnit: XUnit;
  readonly unit: string;
}

export interface StageName {
  readonly stage: string;
  readonly size: ModelSize;
  readonly step: RecipeStep;
  readonly hash: string;
}

export class StageLog {
  readonly #name: StageName;
  readonly #stage: string;
  readonly #say: (event: Said) => void;
  readonly #began = Date.now();
  #from: number | null = null;
  #said = Number.NEGATIVE_INFINITY;
  #shown = Number.NEGATIVE_INFINITY;

  constructor(name: StageName, say: (event: Said) => void) {
    this.#name = name;
    this.#stage = `${name.size}/${name.stage}`;
    this.#say = say;
  }

  state(state: "running" | "resumed" | "done" | "cached", seconds: number): void {
    const { size, step, hash } = this.#name;
    this.#say({ type: "stage", stage: this.#stage, size, step, hash, state, seconds });
    if (state === "done" || state === "cached") {
      this.#line(`${this.#stage.padEnd(14)} ${state}, ${clock(seconds)}`, true);
    }
  }

  /** `note` holds the figures of the moment. A resumed stage starts at its first `done`. */
  progress(done: number, total: number, note: string): void {
    this.#from ??= done;
    const now = Date.now();
    const isLast = done >= total;
    if (!isLast && now - this.#said < PROGRESS_SECONDS * 1000) return;
    this.#said = now;
    const elapsed = (now - this.#began) / 1000;
    const left = done > this.#from ? (elapsed * (total - done)) / (done - this.#from) : null;
    this.#say({ type: "progress", stage: this.#stage, done, total, left, note });

    if (!process.stderr.isTTY && !isLast && now - this.#shown < LINE_SECONDS * 1000) return;
    this.#shown = now;
    const share = done / total;
    const bar = "█".repeat(Math.round(share * 24)).padEnd(24, "░");
    const rest = left === null ? "" : ` ${clock(left)} left`;
    const percent = `${(share * 100).toFixed(1).padStart(5)} %`;
    this.#line(`${this.#stage.padEnd(14)} ${bar} ${percent}${rest}  ${note}`, false);
  }

  /** One figure, unless it is none; `value` may be an interval of `n` things. */
  metric(where: Measured, value: number | Interval, n: number | null = null): void {
    const [middle, low, high] =
      typeof value === "number" ? [value, null, null] : [value.value, value.low, value.high];
    // A share of nothing is no figure: a toy may have no pair to rank.
    if (!Number.isFinite(middle)) return;
    const figures = { value: middle, low, high, n } satisfies Partial<Metric>;
    this.#say({ type: "metric", stage: this.#stage, series: "", ...where, ...figures });
  }

  sample(sample: Omit<Sample, "type" | "at" | "stage">): void {
    this.#say({ type: "sample", stage: this.#stage, ...sample });
  }

  #line(text: string, stays: boolean): void {
    if (!process.stderr.isTTY) process.stderr.write(`${text}\n`);
    else process.stderr.write(`\r\x1b[2K${text}${stays ? "\n" : ""}`);
  }
}

function clock(seconds: number): string {
  const s = Math.round(seconds);
  return s < 60 ? `${s} s` : `${Math.floor(s / 60)} min ${s % 60} s`;
}
