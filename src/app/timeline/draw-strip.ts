import type { Tree } from "../../protocol/tree.ts";
import { roundStarts } from "../state/rounds.ts";
import { colorOf, HOLLOW, isAnswer, isPruned, KIND, kindOf } from "../tree/looks.ts";
import type { Palette } from "../tree/palette.ts";
import { FONTS } from "../tree/palette.ts";
import { SCORE_COLORS } from "../tree/score-color.ts";
import { eventX, type TimeScale } from "./time-scale.ts";

/** Room for the numbers of the rounds above the cells, CSS px. */
const TICKS = 14;
/** Room below the cells, CSS px. */
const BOTTOM = 5;
/** Highest cell, CSS px. */
const HIGHEST = 9;
/** Least distance of two numbers, CSS px. */
const NUMBER_GAP = 24;

export interface Strip {
  readonly tree: Tree;
  /** Looks of the nodes at the newest event: the strip shows what became of them. */
  readonly looks: Uint16Array;
  readonly scale: TimeScale;
  readonly palette: Palette;
  readonly width: number;
  readonly height: number;
}

/**
 * Paints the whole run: time to the right, depth downwards. Each step is a cell in
 * its score's colour where it was scored, faded if it was pruned later; answers
 * are squares. O(nodes + pixels).
 */
export function drawStrip(ctx: CanvasRenderingContext2D, strip: Strip): void {
  ctx.clearRect(0, 0, strip.width, strip.height);
  if (strip.tree.seq < 0) return;
  drawRounds(ctx, strip);
  drawCells(ctx, strip);
  drawAnswers(ctx, strip);
}

function drawRounds(ctx: CanvasRenderingContext2D, { tree, scale, palette, height }: Strip): void {
  ctx.font = FONTS.note;
  ctx.textBaseline = "alphabetic";
  ctx.textAlign = "left";
  let lastNumber = Number.NEGATIVE_INFINITY;
  let lastTick = Number.NEGATIVE_INFINITY;
  for (const { round, seq } of roundStarts(tree)) {
    const x = Math.round(eventX(scale, seq));
    if (x - lastTick < 3) continue;
    lastTick = x;
    ctx.fillStyle = palette.hair;
    ctx.fillRect(x, 3, 1, height - 3 - BOTTOM);
    if (x - lastNumber < NUMBER_GAP) continue;
    lastNumber = x;
    ctx.fillStyle = palette.softInk;
    ctx.fillText(String(round), x + 3, 11);
  }
}

/** Places on the strip: rows of depth, and columns no finer than pixels or events. */
interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly rowHeight: number;
}

function gridOf({ tree, scale, width, height }: Strip): Grid {
  const room = height - TICKS - BOTTOM;
  const depths = Math.max(tree.maxDepth, 1);
  const rows = Math.min(depths, Math.floor(room));
  const columns = Math.min(scale.events, Math.max(Math.floor(width - 2 * scale.start), 1));
  const cellWidth = (scale.events * scale.eventPx) / columns;
  const rowHeight = Math.min(room / rows, HIGHEST + 1);
  return {
    columns,
    rows,
    cellWidth,
    cellHeight: rowHeight > 3 ? rowHeight - 1 : rowHeight,
    rowHeight,
  };
}

function drawCells(ctx: CanvasRenderingContext2D, strip: Strip): void {
  const { tree, looks, scale, palette } = strip;
  const grid = gridOf(strip);
  const cells = new Uint16Array(grid.columns * grid.rows);
  const { scoredSeq, proposedSeq, depth } = tree;
  for (let node = 1; node < tree.count; node++) {
    const scored = scoredSeq[node]!;
    const seq = scored >= 0 ? scored : proposedSeq[node]!;
    if (seq < 0) continue;
    const column = Math.floor((seq * grid.columns) / scale.events);
    const row = rowOf(grid, tree.maxDepth, depth[node]!);
    const cell = row * grid.columns + column;
    cells[cell] = Math.max(cells[cell]!, looks[node]!);
  }
  for (let cell = 0; cell < cells.length; cell++) {
    const look = cells[cell]!;
    if (look === 0) continue;
    const color = colorOf(look);
    ctx.globalAlpha = isPruned(kindOf(look)) ? 0.4 : 1;
    ctx.fillStyle = color === HOLLOW ? palette.outline : SCORE_COLORS[color]!;
    const x = scale.start + (cell % grid.columns) * grid.cellWidth;
    const y = TICKS + Math.floor(cell / grid.columns) * grid.rowHeight;
    ctx.fillRect(x, y, Math.max(Math.min(grid.cellWidth, 8) - 0.5, 1), grid.cellHeight);
  }
  ctx.globalAlpha = 1;
}

/** The row of a depth; the root has none, its children have the first. */
function rowOf({ rows }: Grid, maxDepth: number, depth: number): number {
  return Math.min(Math.floor(((depth - 1) * rows) / Math.max(maxDepth, 1)), rows - 1);
}

/** Answers are landmarks: drawn over the cells, whatever the scale. */
function drawAnswers(ctx: CanvasRenderingContext2D, strip: Strip): void {
  const { tree, looks, scale, palette } = strip;
  const grid = gridOf(strip);
  const size = Math.max(Math.min(grid.cellHeight, 6), 4);
  ctx.lineWidth = 1.25;
  for (let node = 1; node < tree.count; node++) {
    const look = looks[node]!;
    const kind = kindOf(look);
    if (!isAnswer(kind)) continue;
    const color = colorOf(look);
    const x = eventX(scale, tree.answeredSeq[node]! + 0.5);
    const y = TICKS + (rowOf(grid, tree.maxDepth, tree.depth[node]!) + 0.5) * grid.rowHeight - 0.5;
    ctx.globalAlpha = isPruned(kind) ? 0.5 : 1;
    ctx.fillStyle = color === HOLLOW ? palette.paper : SCORE_COLORS[color]!;
    ctx.strokeStyle = verdictColor(kind, palette);
    ctx.fillRect(x - size / 2, y - size / 2, size, size);
    // Outlines of answers that overlap would be all that is seen of them.
    if (scale.eventPx >= 2 || isRight(kind)) ctx.strokeRect(x - size / 2, y - size / 2, size, size);
  }
  ctx.globalAlpha = 1;
}

function isRight(kind: number): boolean {
  return kind === KIND.rightAnswer || kind === KIND.prunedRight;
}

function verdictColor(kind: number, palette: Palette): string {
  if (isRight(kind)) return palette.right;
  if (kind === KIND.wrongAnswer || kind === KIND.prunedWrong) return palette.wrong;
  return palette.ink;
}
