import { printComparison } from "./comparison-table.ts";
import { type Cell, type Limits, measureCell, type Sample } from "./measure-cell.ts";
import { type Options, sizesOf } from "./options.ts";
import type { Shape } from "./pages/shapes.ts";
import { ResultsFile } from "./results-file.ts";
import { type Row, summarize } from "./summary.ts";

const OURS = "sentei";
/** From here on peers are tried once. */
const HUGE = 1_000_000;
/** From here on peers add fewer batches. */
const LARGE = 100_000;
const BATCHES = { normal: 5, large: 2 };
/** A peer that takes longer for a paint or for a whole sample, ms of wall time, is measured so often at most. */
const SLOW = [
  { paintMs: 30_000, sampleMs: 90_000, repetitions: 1 },
  { paintMs: 15_000, sampleMs: 45_000, repetitions: 2 },
] as const;
/** So is one whose first paint takes so many times as long as that of the best peer, in trees from that size on. */
const BEHIND = [
  { times: 4, nodes: 100_000, repetitions: 2 },
  { times: 4, nodes: 10_000, repetitions: 3 },
] as const;
/** A peer whose first paint took this share of the time that it may take does not manage ten times as many nodes. */
const NEAR_LIMIT = 0.2;
/** Sequences of frames end after that, ms. */
const FRAMES_MS = 2500;

/** All cells of one shape and size: what is compared with each other is measured in turns. */
interface Group {
  readonly shape: Shape;
  readonly nodes: number;
}

/** Measures what is asked for and not known yet, keeps it, and prints all that is known. */
export async function compare(options: Options, url: string): Promise<void> {
  const results = new ResultsFile();
  for (const shape of options.shapes) {
    for (const nodes of sizesOf(shape, options)) {
      const cells = options.peers
        .map((peer): Cell => ({ peer, shape, nodes }))
        .filter((cell) => options.fresh || !results.isFresh(cell));
      if (cells.length > 0) await new GroupRun({ shape, nodes }, options, results, url).all(cells);
    }
  }
  printComparison(results.rows());
}

class GroupRun {
  readonly #group: Group;
  readonly #options: Options;
  readonly #results: ResultsFile;
  readonly #url: string;
  readonly #samples = new Map<string, Sample[]>();
  /** Wall time of the longest sample of each, ms. */
  readonly #longest = new Map<string, number>();
  constructor(group: Group, options: Options, results: ResultsFile, url: string) {
    this.#group = group;
    this.#options = options;
    this.#results = results;
    this.#url = url;
  }

  async all(cells: readonly Cell[]): Promise<void> {
    const hopeless = new Map<string, string>();
    for (const cell of cells) {
      const reason = this.#reasonNotToTry(cell);
      if (reason === null) this.#samples.set(cell.peer, []);
      else hopeless.set(cell.peer, reason);
    }
    const tried = cells.filter(({ peer }) => !hopeless.has(peer));
    for (let round = 0; round < this.#options.repetitions; round++) {
      for (const cell of tried) if (this.#isWanted(cell.peer, round)) await this.#measure(cell);
    }
    const ourInk = this.#ourInk();
    const { commit } = this.#results;
    const rows = cells.map((cell) => {
      const reason = hopeless.get(cell.peer);
      if (reason !== undefined) return failedRow(cell, reason, commit);
      return summarize(cell, this.#samples.get(cell.peer)!, { ourInk, commit });
    });
    const chromium = [...this.#samples.values()].flat()[0]?.chromium;
    this.#results.write(rows, chromium ?? "none was opened");
  }

  async #measure(cell: Cell): Promise<void> {
    const { peer, shape, nodes } = cell;
    const samples = this.#samples.get(peer)!;
    const { shots } = this.#options;
    const began = performance.now();
    const sample = await measureCell(cell, {
      url: this.#url,
      limits: this.#limits(peer),
      shot: shots === null ? null : `${shots}/${shape}-${nodes}-${peer}.png`,
    });
    const ms = performance.now() - began;
    samples.push(sample);
    this.#longest.set(peer, Math.max(this.#longest.get(peer) ?? 0, ms));
    const paint = sample.paint === undefined ? "none" : `${Math.round(sample.paint.thread)} ms`;
    console.log(
      `${shape} ${nodes} ${peer} ${samples.length}: first paint ${paint} of its thread, ` +
        `${(ms / 1000).toFixed(1)} s in all${sample.failed === undefined ? "" : `, ${sample.failed}`}`,
    );
  }

  /** Whether a peer is to be measured in this round, from 0. Ours always is, others as long as it is of use. */
  #isWanted(peer: string, round: number): boolean {
    const samples = this.#samples.get(peer)!;
    if (round === 0 || peer === OURS) return true;
    if (samples.some(({ failed }) => failed !== undefined)) return false;
    const { nodes } = this.#group;
    const paint = paintOf(samples, "wall");
    const sample = this.#longest.get(peer)!;
    const others = [...this.#samples].filter(([name]) => name !== OURS);
    const best = Math.min(...others.map(([, theirs]) => paintOf(theirs, "thread")));
    const times = paintOf(samples, "thread") / best;
    const caps = [
      ...SLOW.filter((limit) => paint > limit.paintMs || sample > limit.sampleMs),
      ...BEHIND.filter((limit) => times > limit.times && nodes >= limit.nodes),
    ];
    const most = Math.min(...caps.map(({ repetitions }) => repetitions));
    return nodes < HUGE && round < most;
  }

  #limits(peer: string): Limits {
    const isLarge = peer !== OURS && this.#group.nodes >= LARGE;
    return {
      giveUpMs: this.#options.giveUpMs,
      batches: isLarge ? BATCHES.large : BATCHES.normal,
      frames: 40,
      framesMs: FRAMES_MS,
      own: false,
    };
  }

  /** What a smaller tree of the same shape was too much for, a larger one is not tried. */
  #reasonNotToTry({ peer, shape, nodes }: Cell): string | null {
    const smaller = this.#results
      .rows()
      .filter((row) => row.peer === peer && row.shape === shape && row.nodes < nodes)
      .toSorted((a, b) => b.nodes - a.nodes)[0];
    if (smaller === undefined || peer === OURS) return null;
    const { failed, firstPaintWallMs: paintMs = 0 } = smaller;
    if (failed?.startsWith("not tried") === true) return failed;
    const at = `at ${smaller.nodes.toLocaleString("en")} nodes`;
    if (smaller.firstPaintMs === null) return `not tried: ${failed} ${at}`;
    const isNear = paintMs > NEAR_LIMIT * this.#options.giveUpMs;
    return isNear ? `not tried: first paint took ${Math.round(paintMs / 1000)} s ${at}` : null;
  }

  /** Measured now, or else before. */
  #ourInk(): number | null {
    const { shape, nodes } = this.#group;
    const now = this.#samples.get(OURS)?.find(({ ink }) => ink !== undefined)?.ink;
    return now ?? this.#results.row({ peer: OURS, shape, nodes })?.ink ?? null;
  }
}

/** Infinity if it has not painted. */
function paintOf(samples: readonly Sample[], clock: "wall" | "thread"): number {
  return samples[0]?.paint?.[clock] ?? Number.POSITIVE_INFINITY;
}

function failedRow(cell: Cell, failed: string, commit: string): Row {
  return { ...cell, firstPaintMs: null, frameMs: null, addMs: null, n: 0, failed, commit };
}
