import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { acceptEvaluation, sameModels } from "../../evaluation/accept-evaluation.ts";
import type { EvaluationSpec, EvaluationState } from "../../protocol/evaluations.ts";
import type { ModelList } from "../../protocol/runs.ts";
import { HttpProblem } from "../../runs/http-problem.ts";
import { createRunIds } from "../../runs/run-id.ts";
import type { SetReader } from "../../runs/set-store.ts";
import type { EvaluationStore } from "../store/evaluation-store.ts";
import type { Standing } from "../store/evaluation-writes.ts";
import type { EvaluationReport, EvaluationTask } from "./evaluation-process.ts";
import { timeLeft } from "./time-left.ts";

export interface EvaluationsOptions {
  readonly store: EvaluationStore;
  /** Folder of the embedded models and that of the user's connections, and what is in them now. */
  readonly models: {
    readonly folder: string;
    readonly data: string;
    readonly list: () => ModelList;
  };
  readonly limits: { readonly nodes: number };
  readonly sets: SetReader;
}

const PROCESS = new URL("./evaluation-process.ts", import.meta.url);

/** Of what a process says when it fails, characters. */
const LAST_WORDS = 2_000;

/** The evaluation that runs now. */
interface Running {
  readonly id: string;
  readonly child: ChildProcess;
  /** Wall time of former processes, s, and when this one began, ms. */
  readonly secondsBefore: number;
  readonly began: number;
  readonly left: ReturnType<typeof timeLeft>;
  secondsLeft: number | null;
  done: number;
  /** Writes that are on their way. */
  readonly writes: Set<Promise<void>>;
  /** How it ends if it is not by itself. */
  ending: Pick<Standing, "status" | "error"> | null;
  lastWords: string;
}

/**
 * The evaluations of a server, one at a time, each in a process of its own with a
 * low priority, so that they cannot starve runs nor take the server along. What
 * is finished is stored problem by problem; a process that goes away loses no more
 * than the problems that it was about.
 */
export class Evaluations {
  readonly #options: EvaluationsOptions;
  readonly #newId = createRunIds();
  readonly #waiting: string[] = [];
  #running: Running | null = null;
  #isClosing = false;

  constructor(options: EvaluationsOptions) {
    this.#options = options;
  }

  /** Rejects with an `HttpProblem` 422 for what cannot be evaluated. */
  async start(spec: EvaluationSpec): Promise<EvaluationState> {
    const { store, models, limits, sets } = this.#options;
    const accepted = await acceptEvaluation(spec, {
      ...{ models: models.list(), limits, sets, breathe: () => setImmediate() },
    });
    const id = this.#newId();
    await store.create({ id, createdAt: new Date().toISOString(), ...accepted });
    this.#enqueue(id);
    return this.get(id);
  }

  list(): EvaluationState[] {
    return this.#options.store.list().map((state) => this.#shown(state));
  }

  /** Throws an `HttpProblem` 404 if there is none. */
  get(id: string): EvaluationState {
    const state = this.#options.store.get(id);
    if (state === null) throw new HttpProblem(404, `There is no evaluation ${id}.`);
    return this.#shown(state);
  }

  /** Throws an `HttpProblem` 409 if it does not run or wait. */
  async cancel(id: string): Promise<EvaluationState> {
    const { status } = this.get(id);
    const at = this.#waiting.indexOf(id);
    if (at >= 0) {
      this.#waiting.splice(at, 1);
      const { seconds } = this.get(id);
      await this.#options.store.setStanding(id, { status: "cancelled", error: null, seconds });
    } else if (this.#running?.id === id) {
      await this.#stop(this.#running, { status: "cancelled", error: null });
    } else throw new HttpProblem(409, `Evaluation ${id} is ${status}: there is nothing to cancel.`);
    return this.get(id);
  }

  /** Throws an `HttpProblem` 409 if it runs, is finished, or was begun with other models. */
  async resume(id: string): Promise<EvaluationState> {
    const state = this.get(id);
    const { status, seconds } = state;
    if (["queued", "running", "finished"].includes(status)) {
      throw new HttpProblem(409, `Evaluation ${id} is ${status}: there is nothing to resume.`);
    }
    if (!sameModels(state, this.#options.models.list())) {
      throw new HttpProblem(
        409,
        `Evaluation ${id} was begun with models that are not here any more: start it anew.`,
      );
    }
    await this.#options.store.setStanding(id, { status: "queued", error: null, seconds });
    this.#enqueue(id);
    return this.get(id);
  }

  /** Throws an `HttpProblem` 409 if it runs or waits. */
  async remove(id: string): Promise<void> {
    const { status } = this.get(id);
    if (status === "queued" || status === "running") {
      throw new HttpProblem(409, `Evaluation ${id} is ${status}: cancel it first.`);
    }
    await this.#options.store.remove(id);
  }

  /** Ends when what was found is stored; what was not is interrupted. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#running) await this.#stop(this.#running, { status: "interrupted", error: null });
    await this.#options.store.interruptOpen();
  }

  #shown(state: EvaluationState): EvaluationState {
    const running = this.#running;
    if (running?.id !== state.id || running.ending !== null) return state;
    return {
      ...state,
      ...{ status: "running", seconds: secondsOf(running), left: running.secondsLeft },
    };
  }

  #enqueue(id: string): void {
    this.#waiting.push(id);
    this.#next();
  }

  #next(): void {
    if (this.#running || this.#isClosing) return;
    const id = this.#waiting.shift();
    if (id !== undefined) this.#run(id);
  }

  #run(id: string): void {
    const { store, models } = this.#options;
    const { spec, models: stamps, seconds, problems } = store.get(id)!;
    const done = store.done(id);
    const child = fork(PROCESS, {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      serialization: "advanced",
    });
    const running: Running = {
      ...{ id, child, secondsBefore: seconds, began: performance.now(), done: done.length },
      ...{ left: timeLeft(problems), secondsLeft: null, writes: new Set() },
      ...{ ending: null, lastWords: "" },
    };
    this.#running = running;
    running.left(done.length, performance.now() / 1000);
    child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      running.lastWords = (running.lastWords + text).slice(-LAST_WORDS);
    });
    child.on("message", (report: EvaluationReport) => this.#hear(running, report));
    child.once("error", (error) => {
      running.ending ??= { status: "failed", error: error.message };
    });
    child.once("close", () => void this.#ended(running));
    const task: EvaluationTask = {
      accepted: { spec, models: stamps, problems: store.problems(id) },
      ...{ models: models.folder, data: models.data, done },
    };
    child.send(task);
    this.#write(running, store.setStanding(id, { status: "running", error: null, seconds }));
  }

  #hear(running: Running, report: EvaluationReport): void {
    const { id } = running;
    if (running.ending !== null) return;
    if (report.kind === "end") {
      running.ending = { status: "finished", error: null };
      return;
    }
    running.done++;
    running.secondsLeft = running.left(running.done, performance.now() / 1000);
    const kept = { problem: report.problem, data: JSON.stringify(report.rows) };
    const seconds = secondsOf(running);
    this.#write(running, this.#options.store.keepRows(id, { ...kept, seconds }));
  }

  /** What cannot be stored ends the evaluation. */
  #write(running: Running, writing: Promise<void>): void {
    const watched = writing
      .catch((error: Error) => {
        running.ending = { status: "failed", error: error.message };
        running.child.kill("SIGKILL");
      })
      .finally(() => running.writes.delete(watched));
    running.writes.add(watched);
  }

  async #stop(running: Running, ending: Pick<Standing, "status" | "error">): Promise<void> {
    const gone = once(running.child, "stored");
    running.ending ??= ending;
    running.child.kill("SIGKILL");
    await gone;
  }

  async #ended(running: Running): Promise<void> {
    const { id, child, lastWords } = running;
    await Promise.all(running.writes);
    const { status, error } = running.ending ?? {
      ...{ status: "failed", error: lastWords.trim() || "its process went away" },
    };
    const seconds = secondsOf(running);
    await this.#options.store
      .setStanding(id, { status, error, seconds })
      .catch((reason: unknown) => console.error(reason));
    this.#running = null;
    child.emit("stored");
    this.#next();
  }
}

function secondsOf({ secondsBefore, began }: Running): number {
  return secondsBefore + (performance.now() - began) / 1000;
}
