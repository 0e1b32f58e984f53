import type { CDPSession, Page } from "@playwright/test";
import { createRandom } from "../../src/lib/random.ts";
import type { Duration } from "./measure-cell.ts";
import { percentile } from "./percentile.ts";

/** What only our own view is asked, for tuning it. Times in ms. */
export interface OwnFigures {
  /** From a moment to another one until the picture is sharp: median and 95th percentile of the wall times, and of the thread times. */
  readonly scrub: number;
  readonly scrubP95: number;
  readonly scrubThread: number;
  readonly scrubThreadP95: number;
  readonly lastScrub: Duration;
  /** Longest time that the main thread did not answer while nodes were added. */
  readonly addGap: number;
  /** What the folded tree says that its columns take, a node. */
  readonly columnBytes: number;
  /** All array buffers and the rest of the heaps of page and worker, a node; without what the bench itself keeps. */
  readonly bufferBytes: number;
  /** The same once the run has ended. */
  readonly endedBytes: number;
  readonly heapBytes: number;
}

/** Measures durations of a page: a name, and work in the page that resolves with its wall time. */
export type Measure = (what: string, work: () => Promise<number>) => Promise<Duration>;

const MOMENTS = 20;
const BATCHES = 3;
/** What happens so long after an addition belongs to it. */
const REST_MS = 400;
/** Bytes a node that the bench's own tree and log take. */
const BENCH_BYTES = 13;

export async function ownFigures(page: Page, nodes: number, measure: Measure): Promise<OwnFigures> {
  const memory = await memoryOf(page);
  const columnBytes = await page.evaluate(() => window.bench.columnBytes());
  const scrubs = await scrub(page, measure);
  const addGap = await longestGap(page);
  await page.evaluate(() => window.bench.finish());
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  const ended = await memoryOf(page);
  const walls = scrubs.map(({ wall }) => wall);
  const threads = scrubs.map(({ thread }) => thread);
  return {
    scrub: percentile(walls, 0.5),
    scrubP95: percentile(walls, 0.95),
    scrubThread: percentile(threads, 0.5),
    scrubThreadP95: percentile(threads, 0.95),
    lastScrub: scrubs.at(-1)!,
    addGap,
    columnBytes: columnBytes / nodes,
    bufferBytes: memory.buffers / nodes - BENCH_BYTES,
    endedBytes: ended.buffers / nodes - BENCH_BYTES,
    heapBytes: memory.heap / nodes,
  };
}

async function scrub(page: Page, measure: Measure): Promise<Duration[]> {
  const random = createRandom(1);
  const durations: Duration[] = [];
  for (let i = 0; i < MOMENTS; i++) {
    const share = random();
    durations.push(
      await measure("moment", () => page.evaluate((at) => window.bench.scrub(at), share)),
    );
  }
  await measure("moment", () => page.evaluate(() => window.bench.scrub(1)));
  return durations;
}

async function longestGap(page: Page): Promise<number> {
  const gaps: number[] = [];
  for (let i = 0; i < BATCHES; i++) {
    await page.evaluate(() => window.bench.grow());
    gaps.push(await page.evaluate((restMs) => window.bench.addGap(restMs), REST_MS));
  }
  return percentile(gaps, 0.5);
}

interface Memory {
  readonly heap: number;
  readonly buffers: number;
}

/** What the page and its workers hold after a collection, bytes. */
async function memoryOf(page: Page): Promise<Memory> {
  const session = await page.context().newCDPSession(page);
  const isolates = [await heapUsage((method) => session.send(method))];
  const workers: string[] = [];
  session.on("Target.attachedToTarget", ({ sessionId }) => workers.push(sessionId));
  await session.send("Target.setAutoAttach", {
    ...{ autoAttach: true, waitForDebuggerOnStart: false, flatten: false },
  });
  for (const worker of workers) {
    isolates.push(await heapUsage((method) => askWorker(session, worker, method)));
  }
  await session.detach();
  return {
    heap: isolates.reduce((sum, { heap }) => sum + heap, 0),
    buffers: isolates.reduce((sum, { buffers }) => sum + buffers, 0),
  };
}

type Ask = (method: "HeapProfiler.collectGarbage" | "Runtime.getHeapUsage") => Promise<unknown>;

async function heapUsage(ask: Ask): Promise<Memory> {
  await ask("HeapProfiler.collectGarbage");
  const usage = (await ask("Runtime.getHeapUsage")) as {
    usedSize: number;
    backingStorageSize: number;
  };
  return { heap: usage.usedSize, buffers: usage.backingStorageSize };
}

let lastId = 0;

/** Sends a message through the page's session and waits for the reply to it. */
function askWorker(session: CDPSession, sessionId: string, method: string): Promise<unknown> {
  const id = ++lastId;
  const reply = new Promise((resolve) => {
    const listen = (event: { sessionId: string; message: string }) => {
      const message = JSON.parse(event.message) as { id?: number; result?: unknown };
      if (event.sessionId !== sessionId || message.id !== id) return;
      session.off("Target.receivedMessageFromTarget", listen);
      resolve(message.result);
    };
    session.on("Target.receivedMessageFromTarget", listen);
  });
  const message = JSON.stringify({ id, method });
  return session.send("Target.sendMessageToTarget", { message, sessionId }).then(() => reply);
}
