import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import type { RunSpecInput, RunSummary } from "../protocol/runs.ts";
import { DEFAULT_LIMITS, type Limits, type Settings } from "./settings.ts";
import { type RunningServer, startServer } from "./start-server.ts";

/** A folder for one test, with a built app of two files; `remove` takes it away. */
export function testFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), "sentei-server-"));
  const dist = path.join(folder, "dist");
  mkdirSync(path.join(dist, "assets"), { recursive: true });
  writeFileSync(path.join(dist, "index.html"), "<!doctype html><title>Sentei</title>");
  writeFileSync(path.join(dist, "assets/app-12345678.js"), "");
  return {
    ...{ dist, data: path.join(folder, "data"), models: path.join(folder, "models") },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

export type TestFolder = ReturnType<typeof testFolder>;

/** A real server with scripted models on a port of its own. */
export async function startTestServer(
  { dist, data, models }: TestFolder,
  limits: Partial<Limits> = {},
): Promise<RunningServer> {
  const settings: Settings = {
    ...{ port: 0, host: "127.0.0.1", allowHosts: [], embedOrigins: [], dist, data, models },
    training: {
      command: path.join(import.meta.dirname, "../training/train-command.ts"),
      recipe: path.join(import.meta.dirname, "training/toy-recipe.json"),
      work: path.join(data, "training"),
      out: path.join(data, "trained"),
    },
    limits: { ...DEFAULT_LIMITS, ...limits },
  };
  return startServer(settings);
}

/** A run of scripted models; the answer is right, wrong and everything between. */
export function specOf(change: Partial<RunSpecInput> = {}): RunSpecInput {
  return {
    ...{ problem: "(7+5)*9-14*3", strategy: { name: "beam" }, policy: "scripted" },
    ...{ verifier: "scripted", seed: 3 },
    ...change,
  };
}

export function postJson(url: string, body: unknown): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

export async function startRun(url: string, spec: Partial<RunSpecInput> = {}): Promise<RunSummary> {
  const response = await postJson(`${url}/api/runs`, specOf(spec));
  if (response.status !== 201) throw new Error(await response.text());
  return (await response.json()) as RunSummary;
}

export async function getRun(url: string, id: string): Promise<RunSummary> {
  return (await (await fetch(`${url}/api/runs/${id}`)).json()) as RunSummary;
}

export interface Message {
  readonly event: string;
  readonly id: string | null;
  readonly data: string;
}

export interface FollowOptions {
  /** Sent as `Last-Event-ID`. */
  readonly lastEventId?: number;
  readonly query?: string;
  readonly signal?: AbortSignal;
}

/** The messages of a run's stream. Throws what `fetch` throws when the connection is lost. */
export async function* follow(
  url: string,
  id: string,
  { lastEventId, query = "", signal }: FollowOptions = {},
): AsyncGenerator<Message, void, void> {
  const response = await fetch(`${url}/api/runs/${id}/events${query}`, {
    headers: {
      accept: "text/event-stream",
      ...(lastEventId !== undefined && { "last-event-id": String(lastEventId) }),
    },
    ...(signal && { signal }),
  });
  if (response.status !== 200 || response.body === null) throw new Error(await response.text());
  let text = "";
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split("\n\n");
    text = blocks.pop()!;
    for (const block of blocks) {
      const fields = new Map(block.split("\n").map((line) => cut(line)));
      const data = fields.get("data");
      if (data === undefined) continue;
      yield { event: fields.get("event") ?? "message", id: fields.get("id") ?? null, data };
    }
  }
}

/** An event as a reader sees it. */
export interface SeenEvent {
  readonly seq: number;
  readonly type: string;
}

/** All events that a stream gives until it ends; the last message has to be `end`. */
export async function readAll(
  url: string,
  id: string,
  options: FollowOptions = {},
): Promise<{ events: SeenEvent[]; ending: string }> {
  const events: SeenEvent[] = [];
  for await (const { event, data } of follow(url, id, options)) {
    if (event === "end") return { events, ending: (JSON.parse(data) as { status: string }).status };
    events.push(...(JSON.parse(data) as SeenEvent[]));
  }
  throw new Error("the stream stopped without an end");
}

/** The log of a run as a file. */
export async function readLog(url: string, id: string): Promise<SeenEvent[]> {
  const response = await fetch(`${url}/api/runs/${id}/events`, {
    headers: { accept: "application/x-ndjson" },
  });
  const text = await response.text();
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as SeenEvent);
}

export interface RawRequest {
  readonly method?: string;
  /** Sent exactly as they are, names and values in turn. */
  readonly headers?: readonly string[];
  readonly body?: string;
  /** In place of the URL's, which was tidied up. */
  readonly path?: string;
}

export interface RawResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request with headers that `fetch` forbids. Of an event stream only the head is read. */
export function rawRequest(
  url: string,
  { method = "GET", headers, body, ...rest }: RawRequest = {},
) {
  const { host, port, hostname, pathname, search } = new URL(url);
  const { path = pathname + search } = rest;
  return new Promise<RawResponse>((resolve, reject) => {
    const request = httpRequest({
      ...{ method, port, hostname, path, setHost: false },
      headers: headers ?? ["host", host],
    });
    request.on("error", reject);
    request.on("response", (response) => {
      const { statusCode: status = 0, headers: got } = response;
      if (got["content-type"] === "text/event-stream") {
        request.destroy();
        resolve({ status, headers: got, body: "" });
        return;
      }
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status, headers: got, body: Buffer.concat(chunks).toString() }),
      );
    });
    request.end(body);
  });
}

function cut(line: string): [string, string] {
  const colon = line.indexOf(": ");
  return [line.slice(0, colon), line.slice(colon + 2)];
}
