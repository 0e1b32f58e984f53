import { grown, roomFor } from "../../protocol/columns.ts";
import { type NodeId, PRUNE_REASONS, ROOT } from "../../protocol/events.ts";
import { STATUSES } from "../../protocol/statuses.ts";
import { factsOf } from "../../protocol/strategy-facts/table.ts";
import type { Tree } from "../../protocol/tree.ts";
import type { Touched } from "./look-keeper.ts";
import { colorOf, HOLLOW, isAnswer, isPruned, KIND, KINDS, kindOf, LOOK_COUNT } from "./looks.ts";

/** What the header of a column says at a moment. */
export interface ColumnSummary {
  /** Round in which its first node was announced; null if there are no rounds, or not one for each column. */
  readonly round: number | null;
  /** Nodes that are there, placeholders included. */
  readonly shown: number;
  /** Nodes whose step is not there yet. */
  readonly sampling: number;
  readonly scored: number;
  readonly kept: number;
  readonly pruned: number;
  /** Score of the last one kept when nodes of this column were pruned last; NaN if none was. */
  readonly cut: number;
}

/** A node as it is counted: the index of its status, and whether it has a score. */
const STATUS_BITS = 7;
const SCORED_BIT = 8;
/** Counts of a column: one for each way in which a node is counted. */
const COUNTS = 16;
/** Looks do not tell the status of an answer in the running. */
const UNTOLD = 255;

const STATUS_INDEX = Object.fromEntries(STATUSES.map((status, i) => [status, i])) as Readonly<
  Record<(typeof STATUSES)[number], number>
>;

const PRUNED = STATUS_INDEX.pruned;

/** By a node's reason: 1 if what is pruned for it fell short of a score. */
const CUTTING = Uint8Array.from([null, ...PRUNE_REASONS], (reason) =>
  reason === "not_top_k" || reason === "below_threshold" ? 1 : 0,
);

const COUNTED = Uint8Array.from({ length: LOOK_COUNT }, (_, look) => {
  const kind = kindOf(look);
  if (kind === KIND.hidden) return STATUS_INDEX.none;
  if (isAnswer(kind) && !isPruned(kind)) return UNTOLD;
  const status = isPruned(kind)
    ? STATUS_INDEX.pruned
    : STATUS_INDEX[KINDS[kind] as "sampling" | "open" | "kept"];
  return status | (colorOf(look) === HOLLOW ? 0 : SCORED_BIT);
});

/** What the counts of columns follow from. */
export interface CountInput {
  readonly tree: Tree;
  readonly at: number;
  /** The node in column 0; what is not below it does not count. */
  readonly top: NodeId;
  /** Looks of the nodes at the moment. */
  readonly looks: Uint16Array;
}

/** Counts what is in the columns of a tree at a moment, folded or not. Follows it by the nodes that were touched. */
export class ColumnCounts {
  #input: CountInput | null = null;
  /** Nodes that were looked at for the shape of the columns. */
  #count = 0;
  #counted = new Uint8Array(0);
  /** 1 for the top and what is below it; empty if that is everything. */
  #inside = new Uint8Array(0);
  #counts = new Int32Array(0);
  /** First node of each column, −1 for none. */
  #first = new Int32Array(0);
  #cutSeq = new Int32Array(0);
  #cutNode = new Int32Array(0);
  #cutsKnown = false;
  #shownColumns = 0;

  /** Columns from the first on in which something is shown. */
  get shownColumns(): number {
    return this.#shownColumns;
  }

  update(input: CountInput, touched: Touched): void {
    const { tree, top } = input;
    const isSameTree = this.#input?.tree === tree && this.#input.top === top;
    this.#input = input;
    if (!isSameTree) this.#clear();
    this.#grow(input);
    if (!isSameTree || touched === "all") this.#countAll(input);
    else for (const node of touched) this.#countOne(input, node);
    this.#countColumns();
  }

  /** `null` for a column in which nothing is shown. */
  summary(column: number): ColumnSummary | null {
    const input = this.#input;
    if (input === null || column >= this.#shownColumns) return null;
    if (!this.#cutsKnown) this.#readCuts(input);
    const { tree, at } = input;
    const pruned = this.#cutSeq[column]! < 0 ? -1 : this.#cutNode[column]!;
    const count = (status: keyof typeof STATUS_INDEX) => this.#of(column, STATUS_INDEX[status]);
    const announced = tree.announcedSeq[this.#first[column]!]!;
    return {
      round: hasRoundPerColumn(tree) ? (tree.rounds[tree.roundAt(announced)]?.round ?? null) : null,
      shown: this.#shown(column),
      sampling: count("sampling"),
      scored: this.#scored(column),
      kept: count("kept"),
      pruned: count("pruned"),
      cut: (pruned < 0 ? null : tree.pruningAt(pruned, at)?.cut) ?? Number.NaN,
    };
  }

  #clear(): void {
    this.#count = 0;
    this.#counted = new Uint8Array(0);
    this.#inside = new Uint8Array(0);
    this.#counts = new Int32Array(0);
    this.#first = new Int32Array(0);
  }

  /** Makes room for nodes and columns that are new, and finds out which nodes count. */
  #grow({ tree, top }: CountInput): void {
    const { count, maxDepth, depth, parent } = tree;
    if (count > this.#counted.length) {
      const room = roomFor(count, this.#counted.length);
      this.#counted = grown(Uint8Array, this.#counted, room);
      if (top !== ROOT) this.#inside = grown(Uint8Array, this.#inside, room);
    }
    if (maxDepth + 1 > this.#first.length) {
      const room = roomFor(maxDepth + 1, this.#first.length);
      this.#first = grown(Int32Array, this.#first, room, -1);
      this.#counts = grown(Int32Array, this.#counts, room * COUNTS);
      this.#cutSeq = new Int32Array(room);
      this.#cutNode = new Int32Array(room);
      this.#cutsKnown = false;
    }
    for (let node = this.#count; node < count; node++) {
      if (top !== ROOT) {
        if (node !== top && this.#inside[parent[node]!] !== 1) continue;
        this.#inside[node] = 1;
      }
      const column = depth[node]! - depth[top]!;
      if (this.#first[column] === -1) this.#first[column] = node;
    }
    this.#count = count;
  }

  #countAll(input: CountInput): void {
    const { tree, top, looks } = input;
    const { depth } = tree;
    const counts = this.#counts;
    const counted = this.#counted;
    const topDepth = depth[top]!;
    const inside = top === ROOT ? null : this.#inside;
    const count = this.#count;
    counts.fill(0);
    for (let node = 0; node < count; node++) {
      if (inside !== null && inside[node] !== 1) continue;
      const told = COUNTED[looks[node]!]!;
      const now = told === UNTOLD ? countedAnswer(input, node) : told;
      counted[node] = now;
      counts[(depth[node]! - topDepth) * COUNTS + now]!++;
    }
    this.#cutsKnown = false;
  }

  #countOne(input: CountInput, node: NodeId): void {
    const { tree, top, looks } = input;
    if (top !== ROOT && this.#inside[node] !== 1) return;
    const column = tree.depth[node]! - tree.depth[top]!;
    const base = column * COUNTS;
    const told = COUNTED[looks[node]!]!;
    const now = told === UNTOLD ? countedAnswer(input, node) : told;
    const before = this.#counted[node]!;
    this.#counted[node] = now;
    this.#counts[base + before]!--;
    this.#counts[base + now]!++;
    if ((now & STATUS_BITS) === PRUNED) this.#readCut(tree, node, column);
    else if ((before & STATUS_BITS) === PRUNED) this.#cutsKnown = false;
  }

  #readCuts({ tree, top }: CountInput): void {
    const { depth, prunedSeq, reason } = tree;
    const topDepth = depth[top]!;
    const counted = this.#counted;
    const cutSeq = this.#cutSeq;
    cutSeq.fill(-1);
    for (let node = 0; node < this.#count; node++) {
      if ((counted[node]! & STATUS_BITS) !== PRUNED || CUTTING[reason[node]!] !== 1) continue;
      const column = depth[node]! - topDepth;
      if (prunedSeq[node]! < cutSeq[column]!) continue;
      cutSeq[column] = prunedSeq[node]!;
      this.#cutNode[column] = node;
    }
    this.#cutsKnown = true;
  }

  #readCut({ prunedSeq, reason }: Tree, node: NodeId, column: number): void {
    if (CUTTING[reason[node]!] !== 1 || prunedSeq[node]! < this.#cutSeq[column]!) return;
    this.#cutSeq[column] = prunedSeq[node]!;
    this.#cutNode[column] = node;
  }

  /** Nodes of a status, with a score or without. */
  #of(column: number, status: number): number {
    const counts = this.#counts;
    return counts[column * COUNTS + status]! + counts[column * COUNTS + (status | SCORED_BIT)]!;
  }

  #shown(column: number): number {
    let shown = 0;
    for (let status = 1; status < STATUSES.length; status++) shown += this.#of(column, status);
    return shown;
  }

  #scored(column: number): number {
    let scored = 0;
    for (let status = 1; status < STATUSES.length; status++) {
      scored += this.#counts[column * COUNTS + (status | SCORED_BIT)]!;
    }
    return scored;
  }

  #countColumns(): void {
    let columns = Math.min(this.#shownColumns, this.#first.length);
    while (columns > 0 && this.#shown(columns - 1) === 0) columns--;
    while (columns < this.#first.length && this.#shown(columns) > 0) columns++;
    this.#shownColumns = columns;
  }
}

function hasRoundPerColumn({ started }: Tree): boolean {
  return started === null || factsOf(started.strategy).mixesDepths !== true;
}

/** An answer in the running as it counts: kept, or not decided yet. */
function countedAnswer({ tree, at, looks }: CountInput, node: NodeId): number {
  const scored = colorOf(looks[node]!) === HOLLOW ? 0 : SCORED_BIT;
  return STATUS_INDEX[tree.statusAt(node, at)] | scored;
}
