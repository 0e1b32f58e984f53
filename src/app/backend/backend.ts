import type { Connection, ConnectionInput, ProbeResult } from "../../protocol/connections.ts";
import type {
  EvaluationCommand,
  EvaluationRow,
  EvaluationSpecInput,
  EvaluationState,
} from "../../protocol/evaluations.ts";
import type { Problem, RunEvent, UnknownEvent } from "../../protocol/events.ts";
import type {
  CommandInput,
  ModelList,
  ProblemDetails,
  ProblemList,
  RunList,
  RunQuery,
  RunSpecInput,
  RunSummary,
} from "../../protocol/runs.ts";
import type { TraceSpec } from "../../protocol/traces.ts";
import type { TrainingSpec, TrainingState } from "../../protocol/training.ts";
import type {
  SetPageQuery,
  UploadedSet,
  UploadedSetPage,
  UploadQuery,
} from "../../protocol/uploaded-sets.ts";
import type { Place } from "../state/places.ts";

/** A backend said no, or could not be understood. `message` is a sentence for people. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** As HTTP has them; 0 if the backend could not be reached. */
  readonly status: number;
  readonly details: ProblemDetails;

  constructor(details: ProblemDetails) {
    super(details.detail);
    this.status = details.status;
    this.details = details;
  }
}

/** Which generated problems to list; what is left out is the backend's choice. */
export interface ProblemQuery {
  readonly family?: string;
  readonly level?: number;
  readonly seed?: number;
  readonly count?: number;
}

/** What stops a request. */
export interface RequestOptions {
  readonly signal?: AbortSignal;
}

/** Events of a log in the order of their seq, or that there are no more to come. */
export type LogPiece = readonly (RunEvent | UnknownEvent)[] | "end";

/** From where on to read a log, and what ends the reading. */
export interface LogStart {
  /** Seq of the last event that is known, −1 for none. */
  readonly after: number;
  readonly signal: AbortSignal;
}

/**
 * Where models, problems and runs come from: a server, or a worker of this
 * browser. The rest of the app does not know which. Everything rejects with an
 * `ApiError`, whose details name the field that is wrong where there is one.
 */
export interface Backend {
  /** Pages for which this backend has nothing. */
  readonly lacks: ReadonlySet<Place>;
  /** Whether it can search; a recording cannot. */
  readonly searches: boolean;
  models(options?: RequestOptions): Promise<ModelList>;
  problems(query: ProblemQuery, options?: RequestOptions): Promise<ProblemList>;
  startRun(spec: RunSpecInput, options?: RequestOptions): Promise<RunSummary>;
  /** Starts a run that goes on where the log of another one stopped; `null` where none can. */
  readonly resumeRun: ((id: string, options?: RequestOptions) => Promise<RunSummary>) | null;
  runs(query: Partial<RunQuery>, options?: RequestOptions): Promise<RunList>;
  run(id: string, options?: RequestOptions): Promise<RunSummary>;
  command(id: string, command: CommandInput, options?: RequestOptions): Promise<void>;
  keepTrace(trace: TraceSpec, options?: RequestOptions): Promise<RunSummary>;
  /**
   * What is in the log after a seq and what is added to it. Stops without `"end"`, or
   * throws, when the connection is lost: then it can be opened again where it stopped.
   * The next piece is fetched when it is asked for.
   */
  openLog(id: string, start: LogStart): Promise<AsyncIterable<LogPiece>>;
  /** What the log has so far, as a file: an event a line (NDJSON). */
  logFile(id: string, options?: RequestOptions): Promise<Blob>;
  /** Problem sets that people upload; `null` where none can be kept. */
  readonly sets: SetBackend | null;
  /** `null` where nobody trains. */
  readonly training: TrainingBackend | null;
  /** The user's model servers; `null` where nobody could call them. */
  readonly openConnections: (() => Promise<ConnectionBackend>) | null;
  /** Experiments of many runs; `null` where nobody could run them. */
  readonly openEvaluations: (() => Promise<EvaluationBackend>) | null;
}

/** Where evaluations run and are kept. */
export interface EvaluationBackend {
  /** Newest first. */
  list(options?: RequestOptions): Promise<EvaluationState[]>;
  get(id: string, options?: RequestOptions): Promise<EvaluationState>;
  start(spec: EvaluationSpecInput, options?: RequestOptions): Promise<EvaluationState>;
  command(
    id: string,
    command: EvaluationCommand["command"],
    options?: RequestOptions,
  ): Promise<EvaluationState>;
  remove(id: string, options?: RequestOptions): Promise<void>;
  problems(id: string, options?: RequestOptions): Promise<Problem[]>;
  rows(id: string, options?: RequestOptions): Promise<EvaluationRow[]>;
  /** Addresses of the rows as files. */
  files(id: string): { readonly csv: string; readonly json: string };
}

/** Where connections to model servers are kept. A key is given to it and never got back. */
export interface ConnectionBackend {
  list(options?: RequestOptions): Promise<Connection[]>;
  save(connection: ConnectionInput, options?: RequestOptions): Promise<Connection>;
  remove(id: string, options?: RequestOptions): Promise<void>;
  /** Of a policy. */
  probe(id: string, options?: RequestOptions): Promise<ProbeResult>;
  /** Of a verifier. */
  selfTest(id: string, options?: RequestOptions): Promise<ProbeResult>;
}

/** A file of problems, read as a text. */
export interface SetFile {
  readonly text: string;
  readonly format: "jsonl" | "csv";
}

/** Where problem sets are kept. */
export interface SetBackend {
  /** Keeps the rows that fit, and tells of the others. Rejects with an `ApiError` if none does. */
  upload(file: SetFile, query: UploadQuery, options?: RequestOptions): Promise<UploadedSetPage>;
  /** Newest first. */
  list(options?: RequestOptions): Promise<UploadedSet[]>;
  page(
    id: string,
    query: Partial<SetPageQuery>,
    options?: RequestOptions,
  ): Promise<UploadedSetPage>;
  remove(id: string, options?: RequestOptions): Promise<void>;
}

/** The one training that a backend can have. */
export interface TrainingBackend {
  state(options?: RequestOptions): Promise<TrainingState>;
  start(spec: TrainingSpec, options?: RequestOptions): Promise<TrainingState>;
  /** Pauses at the last checkpoint. */
  pause(options?: RequestOptions): Promise<TrainingState>;
  /** Follows its log from an offset on until the returned function is called. */
  follow(after: number, listener: TrainingListener): () => void;
}

interface TrainingListener {
  /** `end`: the offset after these rows of the log, which are not checked yet. */
  readonly onRows: (rows: readonly unknown[], end: number) => void;
  /** The connection is lost, and tried again. */
  readonly onLost: () => void;
}

let connected: Backend | null = null;

/** Says whom the app talks to; once, before anything is asked. */
export function connectBackend(backend: Backend): void {
  connected = backend;
}

export function backend(): Backend {
  if (connected === null) throw new Error("no backend is connected");
  return connected;
}
