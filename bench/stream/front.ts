import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { NO_USE } from "../../src/protocol/budget.ts";
import { randomLog } from "../../src/protocol/random-log.ts";
import { RunSpec } from "../../src/protocol/runs.ts";
import { writeBatch, writeLine } from "../../src/protocol/wire.ts";
import type { LogLine, Progress } from "../../src/runs/run-store.ts";
import type { RunningServer } from "../../src/server/start-server.ts";
import { openSqliteStore } from "../../src/server/store/sqlite-store.ts";

/** The run that is streamed. */
export const RUN = "00000000000000000000000000";
const BATCH = 200;
/** Events a second of a live run. */
const PACE = 50_000;

/** The lines of a large beam search's log. */
export async function logLines(nodes: number): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for (const event of randomLog({ seed: 1, nodes, shape: "beam", width: 1024 })) {
    const data = writeLine({ ...event, run: RUN });
    lines.push({ seq: event.seq, type: event.type, t: event.t, data });
  }
  return lines;
}

/** Makes a store in that folder with a finished run of those lines. */
export async function fillStore(folder: string, lines: readonly LogLine[]): Promise<void> {
  const store = await openSqliteStore(folder);
  const spec = RunSpec.parse({
    ...{ problem: "1+1", strategy: { name: "beam" }, seed: 1 },
    ...{ policy: "scripted", verifier: "scripted" },
  });
  await store.create({
    ...{ id: RUN, createdAt: new Date(0).toISOString(), spec },
    ...{ problem: { family: null, text: "1+1", level: null }, verifier: null },
    policy: { name: "random", revision: "1" },
  });
  const progress: Progress = {
    ...{ status: "finished", nodes: lines.length, answer: null, correct: null },
    ...{ use: NO_USE, error: null },
  };
  for (let from = 0; from < lines.length; from += 5000) {
    await store.append(RUN, lines.slice(from, from + 5000), progress);
  }
  await store.close();
}

export interface Front {
  readonly url: string;
  close(): Promise<void>;
}

/** A server before the server: hands everything on, but streams the events itself at the pace of a live run. */
export async function startFront(server: RunningServer, lines: readonly LogLine[]): Promise<Front> {
  const http = createServer(async ({ url = "/", headers }, response) => {
    if (url.endsWith("/events")) await stream(response, pacedBatches(lines, PACE));
    else if (url === "/peer-paced") await stream(response, pacedEvents(lines, PACE));
    else if (url === "/peer-full") await stream(response, allEvents(lines));
    else if (url === "/peer") response.end("<!doctype html><title>peer</title>");
    else await handOn(`${server.url}${url}`, String(headers.accept), response);
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    async close() {
      http.closeAllConnections();
      http.close();
      await once(http, "close");
    },
  };
}

async function handOn(url: string, accept: string, response: ServerResponse): Promise<void> {
  const answer = await fetch(url, { headers: { accept } });
  const type = answer.headers.get("content-type");
  response.writeHead(answer.status, {
    ...(type !== null && { "content-type": type }),
    "content-security-policy": answer.headers.get("content-security-policy") ?? "",
  });
  response.end(Buffer.from(await answer.arrayBuffer()));
}

async function stream(response: ServerResponse, chunks: AsyncIterable<string>): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  for await (const chunk of chunks) {
    if (response.destroyed) return;
    if (!response.write(chunk)) await once(response, "drain");
  }
  response.end("event: end\ndata: {}\n\n");
}

/** As the server sends what has just been stored: as much as came within 16 ms, 200 events a message at most. */
async function* pacedBatches(lines: readonly LogLine[], pace: number): AsyncGenerator<string> {
  for await (const portion of paced(lines, pace)) {
    let text = "";
    for (let from = 0; from < portion.length; from += BATCH) {
      const batch = portion.slice(from, from + BATCH);
      text += `id: ${batch.at(-1)!.seq}\ndata: ${writeBatch(batch.map(({ data }) => data))}\n\n`;
    }
    yield text;
  }
}

async function* pacedEvents(lines: readonly LogLine[], pace: number): AsyncGenerator<string> {
  for await (const portion of paced(lines, pace)) yield portion.map(messageOf).join("");
}

async function* allEvents(lines: readonly LogLine[]): AsyncGenerator<string> {
  for (let from = 0; from < lines.length; from += BATCH) {
    yield lines
      .slice(from, from + BATCH)
      .map(messageOf)
      .join("");
  }
}

function messageOf({ seq, data }: LogLine): string {
  return `id: ${seq}\ndata: ${data}\n\n`;
}

async function* paced(lines: readonly LogLine[], pace: number): AsyncGenerator<readonly LogLine[]> {
  const start = performance.now();
  for (let from = 0; from < lines.length; ) {
    await sleep(16);
    const due = Math.floor(((performance.now() - start) * pace) / 1000);
    yield lines.slice(from, due);
    from = Math.min(due, lines.length);
  }
}
