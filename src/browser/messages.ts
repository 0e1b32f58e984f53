import type { ProblemDetails } from "../protocol/runs.ts";
import type { LocalRuns } from "./local-runs.ts";

/** What a page can ask for and be answered once. */
export type Method =
  | "models"
  | "problems"
  | "startRun"
  | "runs"
  | "run"
  | "command"
  | "keepTrace"
  | "uploadSet"
  | "problemSets"
  | "problemSet"
  | "removeProblemSet"
  | "logFile";

export type Answer<M extends Method> = Awaited<ReturnType<LocalRuns[M]>>;

/** What a page tells its worker. Ids are the page's; answers name them. */
export type PageMessage =
  /** The first: where the files of the app are, an address that ends in a slash. */
  | { readonly kind: "open"; readonly base: string }
  | {
      readonly kind: "call";
      readonly id: number;
      readonly method: Method;
      readonly args: readonly unknown[];
    }
  | { readonly kind: "follow"; readonly id: number; readonly run: string; readonly after: number }
  /** There is room for the next piece of what is followed. */
  | { readonly kind: "more"; readonly id: number }
  | { readonly kind: "leave"; readonly id: number };

/** What a worker tells its page. */
export type WorkerMessage =
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  | { readonly kind: "refused"; readonly id: number; readonly details: ProblemDetails }
  /** A JSON array of events; `null`: the log is complete. */
  | { readonly kind: "piece"; readonly id: number; readonly data: string | null };
