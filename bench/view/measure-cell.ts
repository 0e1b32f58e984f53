import { BenchBrowser, Useless } from "./bench-browser.ts";
import { inkOf } from "./ink.ts";
import { type OwnFigures, ownFigures } from "./own-figures.ts";
import type { Shape } from "./pages/shapes.ts";
import { percentile } from "./percentile.ts";
import { styleOfTree } from "./style-of-tree.ts";
import type { Spent } from "./thread-clock.ts";

export interface Cell {
  readonly peer: string;
  readonly shape: Shape;
  readonly nodes: number;
}

/** One duration by all clocks, ms. */
export interface Duration {
  /** CPU time of the browser's busiest thread; wall time where that cannot be known. */
  readonly thread: number;
  /** CPU time of all its threads together. */
  readonly cpu: number;
  readonly wall: number;
  /** CPU time of the busiest threads, the busiest first: for tuning ours. */
  readonly threads: Spent["threads"];
}

export interface Frames extends Duration {
  /** Mean of so many. */
  readonly count: number;
  /** 95th percentile of the time from one frame to the next, and of the main thread's work in it. */
  readonly p95: number;
  readonly workP95: number;
}

/** What one fresh browser tells about one cell. What it did not get to is missing. */
export interface Sample {
  readonly chromium: string;
  readonly foldMs?: number;
  readonly paint?: Duration;
  /** Share of the pixels of the view that are not paper. */
  readonly ink?: number;
  readonly adds: readonly Duration[];
  readonly pan?: Frames;
  readonly zoom?: Frames;
  readonly own?: OwnFigures;
  /** Why it ended before its time. */
  readonly failed?: string;
}

export interface Limits {
  /** Wall time of a paint, an addition or the sequences of frames, ms. */
  readonly giveUpMs: number;
  readonly batches: number;
  readonly frames: number;
  /** A sequence of frames ends after that, ms. */
  readonly framesMs: number;
  /** Whether our own view is asked what only it is asked. */
  readonly own: boolean;
}

/** A picture with less ink than this is blank: the longest chain, as we draw it, has ten times as much. */
const BLANK_INK = 0.0005;
/** After a paint that took longer, ms, one addition is enough. */
const SLOW_PAINT_MS = 10_000;
/** Room for making and folding the tree, which is not measured, ms. */
const PREPARE_MS = 120_000;
/** Longest wait for a browser to be idle, ms. Some peers never are. */
const OUR_IDLE_MS = 20_000;
const PEER_IDLE_MS = 400;
/** Where headers of ours are, which no peer has, CSS px. */
const HEADER_PX = 66;
const VIEW = { x: 0, y: HEADER_PX, width: 1280, height: 720 - HEADER_PX };

/** Measures a cell once, in a browser of its own. Throws only if there is no browser. */
export async function measureCell(
  cell: Cell,
  { url, limits, shot }: { url: string; limits: Limits; shot: string | null },
): Promise<Sample> {
  await using browser = await BenchBrowser.open(url);
  const run = new CellRun(browser, cell, limits);
  let failed: string | undefined;
  try {
    await run.all(shot);
  } catch (error) {
    failed = error instanceof Useless ? error.message : `broke: ${firstLine(error)}`;
  }
  return { ...run.sample, ...(failed !== undefined && { failed }) };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

class CellRun {
  readonly sample: Mutable<Sample> & { adds: Duration[] };
  readonly #browser: BenchBrowser;
  readonly #cell: Cell;
  readonly #limits: Limits;

  constructor(browser: BenchBrowser, cell: Cell, limits: Limits) {
    this.#browser = browser;
    this.#cell = cell;
    this.#limits = limits;
    this.sample = { chromium: browser.version, adds: [] };
  }

  async all(shot: string | null): Promise<void> {
    const { page } = this.#browser;
    const { foldMs } = await this.#browser.within(
      PREPARE_MS,
      "tree",
      page.evaluate((wanted) => window.bench.prepare(wanted), {
        ...this.#cell,
        style: styleOfTree(this.#cell),
      }),
    );
    if (foldMs !== undefined) this.sample.foldMs = foldMs;
    await this.#idle();
    this.sample.paint = await this.#duration("paint", () =>
      page.evaluate(() => window.bench.paint()),
    );
    await this.#takeInk(shot);
    await this.#adds();
    this.sample.pan = await this.#frames("pan");
    this.sample.zoom = await this.#frames("zoom");
    if (!this.#limits.own) return;
    this.sample.own = await ownFigures(page, this.#cell.nodes, (what, work) =>
      this.#duration(what, work),
    );
  }

  async #takeInk(shot: string | null): Promise<void> {
    const { page } = this.#browser;
    const png = await this.#browser.within(
      this.#limits.giveUpMs,
      "screenshot",
      page.screenshot({ ...(shot !== null && { path: shot }), timeout: 0, clip: VIEW }),
    );
    this.sample.ink = inkOf(png);
    if (this.sample.ink < BLANK_INK) throw new Useless("blank");
  }

  async #adds(): Promise<void> {
    const { page } = this.#browser;
    const isSlow = this.sample.paint!.wall > SLOW_PAINT_MS;
    const batches = isSlow ? 1 : this.#limits.batches;
    for (let batch = 0; batch < batches; batch++) {
      await page.evaluate(() => window.bench.grow());
      this.sample.adds.push(
        await this.#duration("addition", () => page.evaluate(() => window.bench.add())),
      );
    }
  }

  async #frames(gesture: "pan" | "zoom"): Promise<Frames> {
    const { page, clock } = this.#browser;
    const limits = { steps: this.#limits.frames, ms: this.#limits.framesMs };
    await this.#idle();
    clock.start();
    const { frames, work } = await this.#browser.within(
      this.#limits.giveUpMs,
      gesture,
      page.evaluate(([asked, most]) => window.bench.play(asked, most), [gesture, limits] as const),
    );
    if (this.#isOurs) await this.#idle();
    const spent = clock.spent();
    const wall = frames.reduce((sum, ms) => sum + ms, 0) / frames.length;
    return {
      ...perUnit(spent, wall, frames.length),
      count: frames.length,
      p95: percentile(frames, 0.95),
      workP95: percentile(work, 0.95),
    };
  }

  /**
   * Until the second frame after the library is done. Ours may be sharp only later:
   * then its wall time is that until its last change, and all that its threads do
   * until the browser is idle counts.
   */
  async #duration(what: string, work: () => Promise<number>): Promise<Duration> {
    const { page, clock } = this.#browser;
    await this.#idle();
    clock.start();
    const wall = await this.#browser.within(this.#limits.giveUpMs, what, work());
    const spent = clock.spent();
    if (!this.#isOurs) return perUnit(spent, wall, 1);
    await this.#idle();
    const allSpent = clock.spent();
    const last = await page.evaluate(() => window.bench.lastChangeMs());
    return last <= wall ? perUnit(spent, wall, 1) : perUnit(allSpent, last, 1);
  }

  #idle(): Promise<void> {
    return this.#browser.clock.idle(this.#isOurs ? OUR_IDLE_MS : PEER_IDLE_MS);
  }

  get #isOurs(): boolean {
    return this.#cell.peer === "sentei";
  }
}

function perUnit(spent: Spent | null, wall: number, units: number): Duration {
  if (spent === null) return { thread: wall, cpu: wall, wall, threads: [] };
  const threads = spent.threads.map(({ name, ms }) => ({ name, ms: ms / units }));
  return { thread: spent.busiest / units, cpu: spent.all / units, wall, threads };
}

function firstLine(error: unknown): string {
  return String(error).split("\n")[0]!.slice(0, 160);
}
