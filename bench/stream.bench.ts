import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, CDPSession, Page } from "@playwright/test";
import { openChromium } from "../scripts/open-chromium.ts";
import { NO_USE } from "../src/protocol/budget.ts";
import { randomLog } from "../src/protocol/random-log.ts";
import { RunSpec } from "../src/protocol/runs.ts";
import { writeBatch, writeLine } from "../src/protocol/wire.ts";
import { readSettings } from "../src/server/settings.ts";
import { type RunningServer, startServer } from "../src/server/start-server.ts";
import type { LogLine, Progress } from "../src/server/store/run-store.ts";
import { openSqliteStore } from "../src/server/store/sqlite-store.ts";

const RUN = "00000000000000000000000000";
const NODES = 215_000;
const BATCH = 200;
const PACE = 50_000;
/** Frames that took longer than this count as dropped, ms. */
const LONG_FRAME_MS = 50;

declare global {
  interface Window {
    /** Times of all frames since the measuring began, ms. */
    frameTimes: number[];
    /** Events that the peer has taken. */
    taken: number;
  }
}

interface Measured {
  readonly name: string;
  readonly events: number;
  readonly eventsPerSecond: number;
  /** Time of the page's main thread, all its work included, µs an event. */
  readonly cpuMicrosPerEvent: number;
  /** Longest single task of the main thread by its own time, whoever else uses the machine, ms. */
  readonly longestTaskMs: number;
  readonly longestFrameMs: number;
  readonly droppedFrames: number;
}

/**
 * Streams half a million events of a large beam search from a server on the same
 * machine to the page in Chromium: at 50,000 events/s, and stored, as fast as it
 * takes them. The peer is a page that does nothing but `JSON.parse` messages of an
 * `EventSource`, one for each event. The last line is JSON.
 */
export async function run(args: string[]): Promise<void> {
  const lines = await logLines(NODES);
  const data = mkdtempSync(path.join(tmpdir(), "sentei-stream-"));
  await fillStore(data, lines);
  const server = await startServer(readSettings({ ...process.env, PORT: "0", SENTEI_DATA: data }));
  const front = await startFront(server, lines);
  const browser = await openChromium();
  try {
    const results: Measured[] = [];
    for (const name of ["paced", "stored", "peer paced", "peer full"] as const) {
      const measured = await measure(browser, { name, events: lines.length, server, front });
      if (!args.includes("--json")) console.log(wordsOf(measured));
      results.push(measured);
    }
    console.log(JSON.stringify({ bench: "stream", results }));
  } finally {
    await browser.close();
    await front.close();
    await server.close();
    rmSync(data, { recursive: true, force: true });
  }
}

function wordsOf(m: Measured): string {
  return [
    `${m.name}: ${m.events} events, ${Math.round(m.eventsPerSecond)} a second`,
    `${m.cpuMicrosPerEvent.toFixed(2)} µs of the main thread an event`,
    `longest task ${Math.round(m.longestTaskMs)} ms`,
    `longest frame ${Math.round(m.longestFrameMs)} ms, ${m.droppedFrames} over ${LONG_FRAME_MS} ms`,
  ].join("; ");
}

async function logLines(nodes: number): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for (const event of randomLog({ seed: 1, nodes, shape: "beam", width: 1024 })) {
    const data = writeLine({ ...event, run: RUN });
    lines.push({ seq: event.seq, type: event.type, t: event.t, data });
  }
  return lines;
}

async function fillStore(folder: string, lines: readonly LogLine[]): Promise<void> {
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
    ...{ status: "finished", nodes: NODES, answer: null, correct: null },
    ...{ use: NO_USE, error: null },
  };
  for (let from = 0; from < lines.length; from += 5000) {
    await store.append(RUN, lines.slice(from, from + 5000), progress);
  }
  await store.close();
}

interface Front {
  readonly url: string;
  close(): Promise<void>;
}

/** A server before the server: hands everything on, but streams the events itself at the pace of a live run. */
async function startFront(server: RunningServer, lines: readonly LogLine[]): Promise<Front> {
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

interface Case {
  readonly name: "paced" | "stored" | "peer paced" | "peer full";
  readonly events: number;
  readonly server: RunningServer;
  readonly front: Front;
}

async function measure(browser: Browser, { name, events, server, front }: Case): Promise<Measured> {
  const isPeer = name.startsWith("peer");
  const origin = name === "stored" ? server.url : front.url;
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(noteFrames);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  // The page is there before the stream: its own start is another bench.
  await page.goto(isPeer ? `${origin}/peer` : origin, { waitUntil: "load" });
  await sleep(500);
  const tasks = await traceTasks(browser);
  const cpuBefore = await mainThreadMs(devtools);
  const start = performance.now();
  await page.evaluate(() => {
    window.frameTimes = [];
  });
  if (isPeer) await followAsPeer(page, name === "peer paced" ? "/peer-paced" : "/peer-full");
  else await openRun(page, events);
  const seconds = (performance.now() - start) / 1000;
  const cpuMs = (await mainThreadMs(devtools)) - cpuBefore;
  const frames = await page.evaluate(() => window.frameTimes);
  const longestTaskMs = await tasks.longestMs();
  await page.close();
  const gaps = frames.slice(1).map((time, i) => time - frames[i]!);
  return {
    ...{ name, events, eventsPerSecond: events / seconds },
    cpuMicrosPerEvent: (cpuMs * 1000) / events,
    longestTaskMs,
    longestFrameMs: Math.max(...gaps),
    droppedFrames: gaps.filter((gap) => gap > LONG_FRAME_MS).length,
  };
}

/** Runs in the page. */
function noteFrames(): void {
  window.frameTimes = [];
  const note = (time: number) => {
    window.frameTimes.push(time);
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
}

async function mainThreadMs(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")!.value * 1000;
}

interface TraceEvent {
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  /** Time of the thread that it took, µs. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** Watches the tasks of all pages from now on. */
async function traceTasks(browser: Browser): Promise<{ longestMs(): Promise<number> }> {
  const devtools = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  devtools.on("Tracing.dataCollected", ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await devtools.send("Tracing.start", { traceConfig: { includedCategories: ["toplevel"] } });
  return {
    async longestMs() {
      const complete = new Promise((resolve) => devtools.once("Tracing.tracingComplete", resolve));
      await devtools.send("Tracing.end");
      await complete;
      await devtools.detach();
      const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
      const mains = new Set(
        events.filter(({ args }) => args.name === "CrRendererMain").map(threadOf),
      );
      const tasks = events.filter((event) => mains.has(threadOf(event)));
      return tasks.reduce((most, { tdur = 0 }) => Math.max(most, tdur / 1000), 0);
    },
  };
}

/** Opens the run as a press of Back would, and waits until all of it is known. */
async function openRun(page: Page, events: number): Promise<void> {
  await page.evaluate((id) => {
    history.pushState(null, "", `/?run=${id}`);
    dispatchEvent(new PopStateEvent("popstate"));
  }, RUN);
  await page.waitForFunction(
    (last) =>
      document.querySelector('[aria-label="Moment"]')?.getAttribute("aria-valuemax") === last,
    String(events - 1),
    { timeout: 300_000 },
  );
}

async function followAsPeer(page: Page, url: string): Promise<void> {
  await page.evaluate(
    (source) =>
      new Promise<void>((resolve) => {
        window.taken = 0;
        const events = new EventSource(source);
        events.onmessage = ({ data }) => {
          window.taken += JSON.parse(data).seq >= 0 ? 1 : 0;
        };
        events.addEventListener("end", () => {
          events.close();
          resolve();
        });
      }),
    url,
  );
}
