import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, CDPSession, Page } from "@playwright/test";
import { openChromium } from "../scripts/open-chromium.ts";
import { readSettings } from "../src/server/settings.ts";
import { type RunningServer, startServer } from "../src/server/start-server.ts";
import { type Front, fillStore, logLines, RUN, startFront } from "./stream/front.ts";

const NODES = 215_000;
/** Time for a page to load what it does not need at first, ms: its own start is another bench. */
const SETTLE_MS = 3_000;
/** How often it is looked whether all has come, ms. */
const LOOK_MS = 50;
/** How long the machine is watched before each measurement, ms. */
const WATCH_MS = 1_000;
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
  /** When they began, ms after the run was opened. */
  readonly droppedAt: readonly number[];
  /** Share of the processors' time that others used just before, [0, 1]. */
  readonly load: number;
}

/**
 * Streams half a million events of a large beam search from a server on the same
 * machine to the page in Chromium: at 50,000 events/s, and stored, as fast as it
 * takes them. The page is the whole application, its tree, timeline and panels drawn;
 * frames are the times between its animation frames from the moment on at which the run
 * is opened. The peer is a page that does nothing but `JSON.parse` messages of an
 * `EventSource`, one for each event. Chromium, the server and this process share the
 * machine's processors with whatever else runs there, so each line says how busy they
 * were. The last line is JSON.
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
    `longest frame ${Math.round(m.longestFrameMs)} ms, ${m.droppedFrames} over ${LONG_FRAME_MS} ms${whenOf(m.droppedAt)}`,
    `others used ${Math.round(m.load * 100)}% of the processors`,
  ].join("; ");
}

/** Where they are few, it says more when they were than how many. */
function whenOf(times: readonly number[]): string {
  return times.length === 0 || times.length > 12 ? "" : ` (after ${times.join(", ")} ms)`;
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
  await page.goto(isPeer ? `${origin}/peer` : origin, { waitUntil: "load" });
  await sleep(SETTLE_MS);
  const load = await loadOfMachine();
  const tasks = await traceTasks(browser);
  const cpuBefore = await mainThreadMs(devtools);
  const start = performance.now();
  const openedAt = await page.evaluate(() => {
    window.frameTimes = [];
    return performance.now();
  });
  if (isPeer) await followAsPeer(page, name === "peer paced" ? "/peer-paced" : "/peer-full");
  else await openRun(page, events);
  const seconds = (performance.now() - start) / 1000;
  const cpuMs = (await mainThreadMs(devtools)) - cpuBefore;
  const frames = await page.evaluate(() => window.frameTimes);
  const longestTaskMs = await tasks.longestMs();
  await page.close();
  const gaps = frames.slice(1).map((time, i) => time - frames[i]!);
  const droppedAt = gaps.flatMap((gap, i) =>
    gap > LONG_FRAME_MS ? [Math.round(frames[i]! - openedAt)] : [],
  );
  return {
    ...{ name, events, eventsPerSecond: events / seconds },
    cpuMicrosPerEvent: (cpuMs * 1000) / events,
    longestTaskMs,
    longestFrameMs: Math.max(...gaps),
    droppedFrames: droppedAt.length,
    droppedAt,
    load,
  };
}

/** Share of all processors' time that is used while this process waits. */
async function loadOfMachine(): Promise<number> {
  const before = processorTimes();
  await sleep(WATCH_MS);
  const after = processorTimes();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}

/** Sums over all processors since the machine's start, ms. */
function processorTimes(): { idle: number; all: number } {
  let idle = 0;
  let all = 0;
  for (const { times } of cpus()) {
    idle += times.idle;
    all += times.idle + times.user + times.sys + times.nice + times.irq;
  }
  return { idle, all };
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
    // Looking at every frame would itself cost a part of it.
    { timeout: 300_000, polling: LOOK_MS },
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
