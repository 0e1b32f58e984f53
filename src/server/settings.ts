import path from "node:path";
import { z } from "zod";
import type { RunLimits } from "../runs/live-runs.ts";
import type { TrainingSettings } from "./training/training-process.ts";
import { isLoopback } from "./trust.ts";

/** What one server allows. */
export interface Limits extends RunLimits {
  /** Connections that follow a run. */
  readonly readers: number;
  /** How long a reader's connection may take nothing, ms. */
  readonly stallMs: number;
  /** Events that may be stored while a reader takes nothing. */
  readonly behind: number;
  /** Between signs of life on a connection without events, ms. */
  readonly heartbeatMs: number;
}

export const DEFAULT_LIMITS: Limits = {
  running: 8,
  waiting: 64,
  nodes: 100_000,
  readers: 1_000,
  stallMs: 30_000,
  behind: 10_000,
  heartbeatMs: 15_000,
};

export interface Settings {
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
  /** Host names, with or without port, that are this server besides those of the loopback interface. */
  readonly allowHosts: readonly string[];
  /** Origins whose pages may show `embed.html` in a frame, besides this server's own. */
  readonly embedOrigins: readonly string[];
  /** Folder that runs are stored in. */
  readonly data: string;
  /** Folder of the built app. */
  readonly dist: string;
  /** Folder of the embedded models' cards and weights; what is trained is put there too. */
  readonly models: string;
  readonly training: TrainingSettings;
  readonly limits: Limits;
}

/** Something about how the server was started makes it impossible; the message says what in one sentence. */
export class StartError extends Error {
  override readonly name = "StartError";
}

const PROJECT = path.join(import.meta.dirname, "../..");

/**
 * The settings in environment variables: PORT, HOST, SENTEI_ALLOW_HOSTS (names
 * separated by commas), SENTEI_EMBED_ORIGINS (such as https://example.org,
 * separated by commas), SENTEI_DATA, SENTEI_DIST, SENTEI_MODELS and
 * SENTEI_TRAINING (folders), SENTEI_RECIPE (a file). Throws a `StartError` that names the variable.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const port = z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .safeParse(env["PORT"] || 7360);
  if (!port.success) {
    throw new StartError(`PORT must be a number from 0 to 65535, and is "${env["PORT"]}".`);
  }
  const host = env["HOST"] || "127.0.0.1";
  const allowHosts = listOf(env["SENTEI_ALLOW_HOSTS"]);
  const wrong = allowHosts.find((name) => !/^([\w.-]+|\[[\da-f:]+\])(:\d+)?$/i.test(name));
  if (wrong !== undefined) {
    throw new StartError(`SENTEI_ALLOW_HOSTS must list host names, and "${wrong}" is none.`);
  }
  const embedOrigins = listOf(env["SENTEI_EMBED_ORIGINS"]);
  const noOrigin = embedOrigins.find(
    (text) => !/^https?:/.test(text) || !URL.canParse(text) || new URL(text).origin !== text,
  );
  if (noOrigin !== undefined) {
    throw new StartError(
      `SENTEI_EMBED_ORIGINS must list origins such as https://example.org, and "${noOrigin}" is none.`,
    );
  }
  if (!isLoopback(host) && allowHosts.length === 0) {
    throw new StartError(
      `HOST is ${host}, which others can reach, and Sentei asks nobody for a password: ` +
        "name the hosts that you trust it to be called by in SENTEI_ALLOW_HOSTS, or leave HOST out.",
    );
  }
  const models = path.resolve(env["SENTEI_MODELS"] || path.join(PROJECT, "public/models"));
  return {
    ...{ port: port.data, host, allowHosts, embedOrigins, models },
    data: path.resolve(env["SENTEI_DATA"] || path.join(PROJECT, ".sentei")),
    dist: path.resolve(env["SENTEI_DIST"] || path.join(PROJECT, "dist")),
    training: {
      command: path.join(PROJECT, "src/training/train-command.ts"),
      recipe: path.resolve(env["SENTEI_RECIPE"] || path.join(PROJECT, "src/training/recipe.json")),
      work: path.resolve(env["SENTEI_TRAINING"] || path.join(PROJECT, ".train")),
      out: models,
    },
    limits: DEFAULT_LIMITS,
  };
}

function listOf(names: string | undefined): string[] {
  return (names ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
