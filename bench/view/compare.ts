import { printComparison } from "./comparison-table.ts";
import { type Cell, type Limits, measureCell, type Sample } from "./measure-cell.ts";
import { type Options, sizesOf } from "./options.ts";
import type { Shape } from "./pages/shapes.ts";
import { ResultsFile } from "./results-file.ts";
import { type Row, summarize } from "./summary.ts";

const OURS = "sentei";
/** From here on peers are slow: they are tried once, and add fewer batches. */
const HUGE = 1_000_000;
const LARGE = 100_000;
const BATCHES = { normal: 5, large: 2 };
/** A peer that takes longer for a paint or for a whole sample, ms of wall time, is measured so often at most. */
const SLOW = [
  { paintMs: 30_000, sampleMs: 90_000, repetitions: 1 },
  { paintMs: 15_000, sampleMs: 45_000, repetitions: 2 },
  { paintMs: 10_000, sampleMs: 20_000, repetitions: 3 },
] as const;
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
  /** Repetitions that are still to come. */
  readonly #left = new Map<string, number>();

  constructor(group: Group, options: Options, results: ResultsFile, url: string) {
    this.#group = group;
    this.#options = options;
    this.#results = results;
    this.#url = url;
  }

  async all(cells: readonly Cell[]): Promise<void> {
    const { nodes } = this.#group;
    const hopeless = new Map<string, string>();
    for (const cell of cells) {
      const reason = this.#failedBefore(cell);
      if (reason !== null) hopeless.set(cell.peer, reason);
      else if (cell.peer !== OURS && nodes >= HUGE) this.#left.set(cell.peer, 1);
      else this.#left.set(cell.peer, this.#options.repetitions);
    }
    while (this.#left.size > 0) {
      for (const cell of cells) if (this.#left.has(cell.peer)) await this.#measure(cell);
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
    const samples = this.#samples.get(peer) ?? [];
    this.#samples.set(peer, samples);
    const { shots } = this.#options;
    const began = performance.now();
    const sample = await measureCell(cell, {
      url: this.#url,
      limits: this.#limits(peer),
      shot: shots === null ? null : `${shots}/${shape}-${nodes}-${peer}.png`,
    });
    samples.push(sample);
    const ms = performance.now() - began;
    const paint = sample.paint === undefined ? "none" : `${Math.round(sample.paint.thread)} ms`;
    console.log(
      `${shape} ${nodes} ${peer} ${samples.length}: first paint ${paint} of its thread, ` +
        `${(ms / 1000).toFixed(1)} s in all${sample.failed === undefined ? "" : `, ${sample.failed}`}`,
    );
    const { repetitions } = this.#options;
    const most = peer === OURS ? repetitions : mostRepetitions(sample, ms, repetitions);
    const left = Math.min(this.#left.get(peer)!, most - samples.length + 1) - 1;
    if (left > 0 && sample.failed === undefined) this.#left.set(peer, left);
    else this.#left.delete(peer);
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
  #failedBefore({ peer, shape, nodes }: Cell): string | null {
    const smaller = this.#results
      .rows()
      .find(
        (row) =>
          row.peer === peer &&
          row.shape === shape &&
          row.nodes < nodes &&
          row.firstPaintMs === null,
      );
    if (smaller === undefined) return null;
    if (smaller.failed?.startsWith("not tried") === true) return smaller.failed;
    return `not tried: ${smaller.failed} at ${smaller.nodes.toLocaleString("en")} nodes`;
  }

  /** Measured now, or else before. */
  #ourInk(): number | null {
    const { shape, nodes } = this.#group;
    const now = this.#samples.get(OURS)?.find(({ ink }) => ink !== undefined)?.ink;
    return now ?? this.#results.row({ peer: OURS, shape, nodes })?.ink ?? null;
  }
}

function mostRepetitions({ paint }: Sample, sampleMs: number, asked: number): number {
  const wall = paint?.wall ?? 0;
  const slow = SLOW.find((limit) => wall > limit.paintMs || sampleMs > limit.sampleMs);
  return slow === undefined ? asked : Math.min(slow.repetitions, asked);
}

function failedRow(cell: Cell, failed: string, commit: string): Row {
  return { ...cell, firstPaintMs: null, frameMs: null, addMs: null, n: 0, failed, commit };
}
