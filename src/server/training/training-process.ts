import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { FolderTakenError, lockFolder } from "../../files/folder-lock.ts";
import type { TrainingSpec, TrainingState } from "../../protocol/training.ts";
import { HttpProblem } from "../../runs/http-problem.ts";
import { lastTraining } from "./training-log-file.ts";

export interface TrainingSettings {
  /** Module that trains, see `npm run train`. */
  readonly command: string;
  readonly recipe: string;
  /** Folder of checkpoints and of the log. */
  readonly work: string;
  /** Folder of cards and weights. */
  readonly out: string;
}

/** Until a training that was asked to stop is made to, ms. */
const STOP_MS = 1_000;
/** Of what a training says when it fails, characters. */
const LAST_WORDS = 2_000;

/**
 * The training of a server: a process of its own, so that it cannot slow the
 * server down nor take it along. One at a time in a folder, whoever started it.
 */
export class Training {
  readonly #settings: TrainingSettings;
  #child: ChildProcess | null = null;
  #spec: TrainingSpec | null = null;
  /** What the last process said on its error stream, if it failed before it could write to the log. */
  #lastWords = "";

  constructor(settings: TrainingSettings) {
    this.#settings = settings;
    mkdirSync(settings.work, { recursive: true });
  }

  get log(): string {
    return path.join(this.#settings.work, "training.ndjson");
  }

  state(): TrainingState {
    const { spec, ending } = lastTraining(this.log);
    if (this.#child) return { state: "running", spec: this.#spec, because: "", isOurs: true };
    if (this.#isTaken()) return { state: "running", spec, because: "", isOurs: false };
    if (this.#lastWords !== "") {
      return { state: "failed", spec: this.#spec, because: this.#lastWords, isOurs: true };
    }
    if (spec === null) return { state: "never", spec, because: "", isOurs: false };
    const { how, because } = ending ?? { how: "stopped", because: "" };
    return { state: how, spec, because, isOurs: false };
  }

  /** Throws an `HttpProblem` 409 while something is trained in this folder. */
  start(spec: TrainingSpec): TrainingState {
    if (this.state().state === "running") {
      throw new HttpProblem(409, "A training is running already; pause it first.");
    }
    const { command, recipe, work, out } = this.#settings;
    const folders = ["--recipe", recipe, "--work", work, "--out", out];
    const child = spawn(
      process.execPath,
      [command, ...spec.targets, "--size", spec.size, ...folders],
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    this.#child = child;
    this.#spec = spec;
    this.#lastWords = "";
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-LAST_WORDS);
    });
    child.once("error", (error) => this.#gone(child, error.message));
    child.once("exit", (code) => {
      const failed = code !== 0 && code !== null && lastTraining(this.log).ending === null;
      this.#gone(child, failed ? said.trim() : "");
    });
    return this.state();
  }

  /** Ends when the process is gone; everything up to its last checkpoint is kept. Throws an `HttpProblem` 409 if it is not ours. */
  async pause(): Promise<TrainingState> {
    const child = this.#child;
    if (child === null) {
      throw new HttpProblem(
        409,
        this.#isTaken()
          ? "The training was started elsewhere; pause it where it runs."
          : "No training is running.",
      );
    }
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    const hurry = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await gone;
    clearTimeout(hurry);
    return this.state();
  }

  async close(): Promise<void> {
    if (this.#child) await this.pause();
  }

  #gone(child: ChildProcess, words: string): void {
    if (this.#child !== child) return;
    this.#child = null;
    this.#lastWords = words;
  }

  #isTaken(): boolean {
    try {
      lockFolder(this.#settings.work).release();
      return false;
    } catch (error) {
      if (error instanceof FolderTakenError) return true;
      throw error;
    }
  }
}
