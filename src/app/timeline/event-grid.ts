import { kindOf } from "../../protocol/event-kinds.ts";
import type { NodeId } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { answerCell, stepCell } from "./event-cells.ts";

/** Most columns and rows: more than a strip has pixels, mostly. Powers of two. */
const COLUMNS = 4096;
const ROWS = 64;

const PROPOSED = kindOf("proposed");
const SCORED = kindOf("scored");
const ANSWERED = kindOf("answered");

/** Columns that are made anew before looking at the clock again. */
const STRIDE = 8;

/**
 * What happened in a run, when and how deep: a pixel tree. Each column stands for
 * so many events and each row for so many depths, and both double once a run does
 * not fit, by laying neighbours over each other. So a cell knows its events, however
 * long the run gets: what comes in touches the cells of its own nodes only, and a
 * change of colours none at all.
 *
 * A step is at its latest score, or where it was proposed until it has one; earlier
 * scores are there too, as out of the running. Answers have a layer of their own, in
 * the score that their node has, or had until it gave another answer.
 */
export class EventGrid {
  /** Column by column, `rowCount` values each, as `event-cells.ts` tells them. */
  readonly steps: Uint16Array;
  readonly answers: Uint16Array;
  /** Of both layers, those not used yet included. */
  readonly columnCount: number;
  readonly rowCount: number;
  eventsPerColumn = 1;
  /** The first row has depth 1; the root is in none. */
  depthsPerRow = 1;
  /** +1 whenever a cell changed. */
  version = 0;
  #tree: Tree | null = null;
  /** Seq of the last event that is taken in. */
  #seq = -1;
  readonly #isDirty: Uint8Array;
  #firstDirty: number;

  constructor(columnCount = COLUMNS, rowCount = ROWS) {
    this.columnCount = columnCount;
    this.rowCount = rowCount;
    this.steps = new Uint16Array(columnCount * rowCount);
    this.answers = new Uint16Array(columnCount * rowCount);
    this.#isDirty = new Uint8Array(columnCount);
    this.#firstDirty = columnCount;
  }

  /** Columns with events. */
  get usedColumns(): number {
    return Math.ceil((this.#seq + 1) / this.eventsPerColumn);
  }

  /** Rows with nodes. */
  get usedRows(): number {
    return this.#tree === null ? 0 : Math.ceil(this.#tree.maxDepth / this.depthsPerRow);
  }

  /** The row of a depth from 1 on. */
  rowOf(depth: number): number {
    return Math.floor((depth - 1) / this.depthsPerRow);
  }

  /**
   * Takes in what happened in `tree` since the last time, or all of it if it is
   * another tree. Stops early once `isOver` and goes on the next time; returns
   * whether it got to the end.
   */
  update(tree: Tree, isOver: () => boolean): boolean {
    if (tree !== this.#tree) this.#begin(tree);
    if (tree.seq > this.#seq) this.#takeIn(tree);
    while (this.#firstDirty < this.columnCount) {
      for (let i = 0; i < STRIDE; i++) this.#makeNextAnew(tree);
      if (isOver()) break;
    }
    return this.#firstDirty >= this.columnCount;
  }

  #begin(tree: Tree): void {
    this.#tree = tree;
    this.#seq = -1;
    this.eventsPerColumn = 1;
    this.depthsPerRow = 1;
    this.steps.fill(0);
    this.answers.fill(0);
    this.#isDirty.fill(0);
    this.#firstDirty = this.columnCount;
    this.version++;
  }

  #takeIn(tree: Tree): void {
    const first = this.#seq + 1;
    this.#seq = tree.seq;
    while (this.usedColumns > this.columnCount) this.#halveColumns();
    while (this.usedRows > this.rowCount) this.#halveRows();
    if (first <= tree.seq - first) this.#touchAll();
    else this.#touchChanged(tree, first);
    this.version++;
  }

  /** Faster than to look at every node if most of the run is new. */
  #touchAll(): void {
    this.#isDirty.fill(1, 0, this.usedColumns);
    this.#firstDirty = 0;
  }

  #touchChanged(tree: Tree, first: number): void {
    const { proposedSeq, scoredSeq, answeredSeq } = tree;
    tree.eachNodeChangedBetween(first, tree.seq, (node) => {
      this.#touch(proposedSeq[node]!);
      this.#touch(scoredSeq[node]!);
      this.#touch(answeredSeq[node]!);
    });
    for (let seq = first; seq <= tree.seq; seq++) {
      this.#touch(seq);
      const kind = tree.eventKindAt(seq);
      if (kind === SCORED) this.#touch(tree.scoredSeqAt(tree.eventNodeAt(seq), seq - 1));
      if (kind === ANSWERED) this.#touch(tree.answeredSeqAt(tree.eventNodeAt(seq), seq - 1));
    }
  }

  #touch(seq: number): void {
    if (seq < 0) return;
    const column = Math.floor(seq / this.eventsPerColumn);
    this.#isDirty[column] = 1;
    if (column < this.#firstDirty) this.#firstDirty = column;
  }

  #makeNextAnew(tree: Tree): void {
    const column = this.#firstDirty;
    if (column >= this.columnCount) return;
    this.#isDirty[column] = 0;
    const next = this.#isDirty.indexOf(1, column + 1);
    this.#firstDirty = next < 0 ? this.columnCount : next;
    this.steps.fill(0, column * this.rowCount, (column + 1) * this.rowCount);
    this.answers.fill(0, column * this.rowCount, (column + 1) * this.rowCount);
    const first = column * this.eventsPerColumn;
    const end = Math.min(first + this.eventsPerColumn, this.#seq + 1);
    for (let seq = first; seq < end; seq++) this.#addEvent(tree, column, seq);
    this.version++;
  }

  #addEvent(tree: Tree, column: number, seq: number): void {
    const kind = tree.eventKindAt(seq);
    if (kind !== PROPOSED && kind !== SCORED && kind !== ANSWERED) return;
    const node = tree.eventNodeAt(seq);
    const depth = tree.depth[node]!;
    // The problem itself is no step.
    if (depth === 0) return;
    const cell = column * this.rowCount + this.rowOf(depth);
    if (kind === ANSWERED) {
      const correct = tree.answer(node, seq)?.correct ?? null;
      const isLatest = tree.answeredSeq[node] === seq;
      const score = isLatest ? tree.score[node]! : tree.scoreAt(node, seq);
      raise(this.answers, cell, answerCell(correct, score));
    } else if (kind === SCORED) {
      const inRunning = tree.scoredSeq[node] === seq && isInRunning(tree, node);
      raise(this.steps, cell, stepCell(tree.scoreAt(node, seq), inRunning));
    } else if (tree.scoredSeq[node]! < 0) {
      raise(this.steps, cell, stepCell(Number.NaN, isInRunning(tree, node)));
    }
  }

  #halveColumns(): void {
    const { columnCount, rowCount } = this;
    for (const layer of [this.steps, this.answers]) {
      for (let column = 0; column < columnCount; column++) {
        const from = column * rowCount;
        const to = (column >> 1) * rowCount;
        for (let row = 0; row < rowCount; row++) {
          const value = layer[from + row]!;
          layer[to + row] = column % 2 === 0 ? value : Math.max(layer[to + row]!, value);
        }
      }
      layer.fill(0, (columnCount >> 1) * rowCount);
    }
    for (let column = 0; column < columnCount; column += 2) {
      this.#isDirty[column >> 1] = this.#isDirty[column]! | this.#isDirty[column + 1]!;
    }
    this.#isDirty.fill(0, columnCount >> 1);
    this.#firstDirty >>= 1;
    if (this.#isDirty[this.#firstDirty] !== 1) this.#firstDirty = columnCount;
    this.eventsPerColumn *= 2;
  }

  #halveRows(): void {
    const { rowCount } = this;
    for (const layer of [this.steps, this.answers]) {
      for (let top = 0; top < layer.length; top += rowCount) {
        for (let row = 0; row < rowCount; row += 2) {
          layer[top + (row >> 1)] = Math.max(layer[top + row]!, layer[top + row + 1]!);
        }
        layer.fill(0, top + (rowCount >> 1), top + rowCount);
      }
    }
    this.depthsPerRow *= 2;
  }
}

function isInRunning(tree: Tree, node: NodeId): boolean {
  return tree.prunedSeq[node]! < 0;
}

function raise(layer: Uint16Array, cell: number, value: number): void {
  if (value > layer[cell]!) layer[cell] = value;
}
