import type { z } from "zod";
import type { SetFormat } from "../problems/uploads/read-set.ts";
import {
  Command,
  type ModelList,
  type ProblemList,
  type RunList,
  RunQuery,
  RunSpec,
  type RunSummary,
} from "../protocol/runs.ts";
import { TraceSpec } from "../protocol/traces.ts";
import {
  SetPageQuery,
  type UploadedSetList,
  type UploadedSetPage,
  UploadQuery,
} from "../protocol/uploaded-sets.ts";
import { acceptRun } from "../runs/accept-run.ts";
import { framesAfter } from "../runs/frames-after.ts";
import { HttpProblem } from "../runs/http-problem.ts";
import { keepTrace } from "../runs/keep-trace.ts";
import { foundSet, keepUpload } from "../runs/keep-upload.ts";
import { LiveRuns, type RunLimits } from "../runs/live-runs.ts";
import type { ModelHost } from "../runs/model-host.ts";
import { listProblems, ProblemQuery } from "../runs/problem-list.ts";
import type { ReadLimits, RunStore } from "../runs/run-store.ts";
import { Searches } from "../runs/searches.ts";
import { memorySets } from "../runs/set-store.ts";

/** One thread searches for all of them in turns. */
const LIMITS: RunLimits = { running: 4, waiting: 64, nodes: 100_000 };

/** What is read from the store at a time. */
const PORTION: ReadLimits = { lines: 2_000, characters: 1 << 20 };

/** A file of problems, read as a text. */
export interface SetFile {
  readonly text: string;
  readonly format: SetFormat;
}

interface LocalRunsOptions {
  readonly store: RunStore;
  readonly host: ModelHost;
  /** Who makes the logs, `name@version`. */
  readonly producer: string;
  /** Lets everything else that waits in this thread run, and resolves then. */
  readonly breathe: () => Promise<void>;
}

/**
 * What the server's API does, in this thread: the same models, problems and runs,
 * by the same code. What it is given is checked as that of a request is; what is
 * wrong rejects with an `HttpProblem`.
 */
export class LocalRuns {
  readonly #options: LocalRunsOptions;
  readonly #runs: LiveRuns;
  /** As long as the page. */
  readonly #sets = memorySets();

  constructor(options: LocalRunsOptions) {
    this.#options = options;
    this.#runs = new LiveRuns({
      store: options.store,
      limits: LIMITS,
      openPlace: (listener) => new Searches({ ...options, ...listener }),
    });
  }

  async models(): Promise<ModelList> {
    return this.#options.host.list();
  }

  async problems(query: unknown): Promise<ProblemList> {
    return { ...listProblems(checked(ProblemQuery, query)), sets: await this.#sets.list() };
  }

  async uploadSet(file: SetFile, query: unknown): Promise<UploadedSetPage> {
    return keepUpload(this.#sets, file, checked(UploadQuery, query));
  }

  async problemSets(): Promise<UploadedSetList> {
    return { sets: await this.#sets.list() };
  }

  async problemSet(id: string, query: unknown): Promise<UploadedSetPage> {
    return foundSet(id, await this.#sets.page(id, checked(SetPageQuery, query)));
  }

  async removeProblemSet(id: string): Promise<void> {
    foundSet(id, await this.#sets.page(id, { after: -1, limit: 1 }));
    await this.#sets.remove(id);
  }

  async startRun(spec: unknown): Promise<RunSummary> {
    const models = this.#options.host.list();
    return this.#runs.start(acceptRun(checked(RunSpec, spec), { models, limits: LIMITS }));
  }

  async runs(query: unknown): Promise<RunList> {
    const page = await this.#options.store.list(checked(RunQuery, query));
    return { ...page, runs: page.runs.map((run) => this.#runs.shown(run)) };
  }

  run(id: string): Promise<RunSummary> {
    return this.#runs.get(id);
  }

  async command(id: string, command: unknown): Promise<void> {
    await this.#runs.command(id, checked(Command, command));
  }

  async keepTrace(trace: unknown): Promise<RunSummary> {
    return keepTrace(this.#runs, checked(TraceSpec, trace), this.#options.producer);
  }

  /** What the log has so far, an event a line. */
  async logFile(id: string): Promise<Blob> {
    const { lastSeq } = await this.#runs.get(id);
    const parts: string[] = [];
    for (let seq = -1; seq < lastSeq; ) {
      const lines = await this.#options.store.readAfter(id, seq, PORTION);
      seq = lines.at(-1)?.seq ?? lastSeq;
      parts.push(...lines.map(({ data }) => `${data}\n`));
    }
    return new Blob(parts, { type: "application/x-ndjson" });
  }

  /**
   * The log after a seq and what is added to it, as JSON arrays of events. Returns
   * when the log is complete; throws when it cannot be continued.
   */
  async *follow(
    id: string,
    { after, signal }: { readonly after: number; readonly signal: AbortSignal },
  ): AsyncGenerator<string, void, void> {
    await this.#runs.get(id);
    const log = this.#runs.logOf(id);
    const stored = (cursor: number) => this.#options.store.readAfter(id, cursor, PORTION);
    const frames = framesAfter({ after, log, stored, signal });
    try {
      for (;;) {
        const { done, value } = await frames.next();
        if (done && !value) throw new HttpProblem(503, `The log of run ${id} cannot be kept.`);
        if (done) return;
        yield value.data;
      }
    } finally {
      await frames.return(false);
    }
  }

  /** Stops all searches where they are; ends when everything that they said is stored. */
  close(): Promise<void> {
    return this.#runs.close();
  }
}

/** Throws an `HttpProblem` 422 that names the fields which are wrong, as the server's answer would. */
function checked<S extends z.ZodType>(schema: S, sent: unknown): z.output<S> {
  const { success, data, error } = schema.safeParse(given(sent));
  if (success) return data;
  const errors = error.issues.map(({ path, message }) => ({
    field: path.join(".") || "body",
    message,
  }));
  const [first] = errors;
  throw new HttpProblem(422, `${first?.field}: ${first?.message}`, errors);
}

/** Filters that are empty are none, as in an address. */
function given(sent: unknown): unknown {
  if (typeof sent !== "object" || sent === null) return sent;
  return Object.fromEntries(
    Object.entries(sent).filter(([, value]) => value !== undefined && value !== ""),
  );
}
