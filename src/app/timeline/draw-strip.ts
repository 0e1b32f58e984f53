import type { NodeId } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { roundStarts } from "../state/rounds.ts";
import { FONTS, type Palette } from "../tree/palette.ts";
import {
  EMPTY,
  isInRunning,
  scoreOfAnswer,
  scoreOfStep,
  type Verdict,
  verdictOfAnswer,
} from "./event-cells.ts";
import type { EventGrid } from "./event-grid.ts";
import { type CellColors, FADED, stepColor } from "./paint-cells.ts";
import { BOTTOM, placeOf, rowTop, type StripPlaces } from "./strip-places.ts";
import { eventX } from "./time-scale.ts";

/** Least distance of two numbers, CSS px. */
const NUMBER_GAP = 24;
/** Least distance of two ticks, CSS px. */
const TICK_GAP = 3;
/** Widest step, CSS px. */
const WIDEST = 8;
/** Answers nearer to each other than this are drawn as one, the right one if there is one, CSS px. */
const ANSWER_GAP = 4;
/** Events that are narrower than this, CSS px, are painted pixel by pixel. */
const NARROW_PX = 2;

export interface Strip {
  readonly tree: Tree;
  readonly grid: EventGrid;
  readonly places: StripPlaces;
  readonly palette: Palette;
  readonly domain: readonly [low: number, high: number];
  /** The steps as `paintCells` painted them, of the size of the strip; `null` unless it is dense. */
  readonly picture: CanvasImageSource | null;
}

/** Whether steps have to be painted pixel by pixel. */
export function isDense({ eventsPerColumn }: EventGrid, { scale }: StripPlaces): boolean {
  return eventsPerColumn > 1 || scale.eventPx < NARROW_PX;
}

/**
 * Paints the whole run as a pixel tree: time to the right, depth downwards. Each
 * step is a cell in its score's colour where it was scored, faded if it was pruned
 * later; a line goes along the chosen path, and answers are squares. It shows what
 * became of everything, whatever the moment. O(cells + rounds + pixels).
 */
export function drawStrip(ctx: CanvasRenderingContext2D, strip: Strip): void {
  const { width, height } = strip.places;
  ctx.clearRect(0, 0, width, height);
  if (strip.tree.seq < 0) return;
  drawRounds(ctx, strip);
  if (strip.picture === null) drawSteps(ctx, strip);
  else ctx.drawImage(strip.picture, 0, 0, width, height);
  drawChosenPath(ctx, strip);
  drawAnswers(ctx, strip);
}

function drawRounds(
  ctx: CanvasRenderingContext2D,
  { tree, places: { scale, width, height }, palette }: Strip,
): void {
  ctx.font = FONTS.note;
  ctx.textBaseline = "alphabetic";
  ctx.textAlign = "left";
  let lastNumber = Number.NEGATIVE_INFINITY;
  let lastTick = Number.NEGATIVE_INFINITY;
  for (const { round, seq } of roundStarts(tree)) {
    const x = Math.round(eventX(scale, seq));
    if (x - lastTick < TICK_GAP) continue;
    lastTick = x;
    ctx.fillStyle = palette.hair;
    ctx.fillRect(x, 3, 1, height - 3 - BOTTOM);
    if (x - lastNumber < NUMBER_GAP || x + NUMBER_GAP > width) continue;
    lastNumber = x;
    ctx.fillStyle = palette.softInk;
    ctx.fillText(String(round), x + 3, 11);
  }
}

function drawSteps(ctx: CanvasRenderingContext2D, strip: Strip): void {
  const { grid, places } = strip;
  const { steps, rowCount, usedRows, usedColumns } = grid;
  const colors = colorsOf(strip);
  const width = Math.max(Math.min(places.scale.eventPx, WIDEST) - 0.5, 1);
  for (let column = 0; column < usedColumns; column++) {
    for (let row = 0; row < usedRows; row++) {
      const cell = steps[column * rowCount + row]!;
      if (cell === EMPTY) continue;
      ctx.globalAlpha = isInRunning(cell) ? 1 : FADED;
      ctx.fillStyle = stepColor(scoreOfStep(cell), colors);
      const x = eventX(places.scale, column);
      ctx.fillRect(x, rowTop(places, row), width, places.cellHeight);
    }
  }
  ctx.globalAlpha = 1;
}

function drawChosenPath(ctx: CanvasRenderingContext2D, strip: Strip): void {
  const { tree, grid, places, palette } = strip;
  const path = tree.selectedAt()?.path ?? [];
  const points = path.flatMap((node) => {
    const place = nodePlace(tree, grid, { places, node });
    return place === null ? [] : [place];
  });
  if (points.length < 2) return;
  ctx.beginPath();
  for (const [i, [x, y]] of points.entries()) {
    if (i === 0) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
  }
  ctx.lineJoin = "round";
  // Paper below it, so that it can be told from whatever it crosses.
  ctx.globalAlpha = 0.7;
  ctx.strokeStyle = palette.paper;
  ctx.lineWidth = 3;
  ctx.stroke();
  ctx.globalAlpha = 1;
  ctx.strokeStyle = palette.ink;
  ctx.lineWidth = 1.25;
  ctx.stroke();
}

/** Where a node is on the strip; `null` for the problem and for what is not written yet. */
export function nodePlace(
  tree: Tree,
  grid: EventGrid,
  { places, node }: { places: StripPlaces; node: NodeId },
): readonly [x: number, y: number] | null {
  const scored = tree.scoredSeq[node]!;
  const seq = scored >= 0 ? scored : tree.proposedSeq[node]!;
  const depth = tree.depth[node]!;
  return seq < 0 || depth === 0 ? null : placeOf(places, grid, { seq, depth });
}

interface AnswerMark {
  readonly cell: number;
  readonly x: number;
  readonly y: number;
}

/** Answers are landmarks: drawn over everything else, whatever the scale. */
function drawAnswers(ctx: CanvasRenderingContext2D, strip: Strip): void {
  const { places, palette } = strip;
  const size = Math.max(Math.min(places.cellHeight, 6), 4);
  const colors = { ...colorsOf(strip), outline: palette.paper };
  ctx.lineWidth = 1.25;
  // Right ones last, so that none is covered by others.
  for (const { cell, x, y } of answerMarks(strip).sort((a, b) => a.cell - b.cell)) {
    const verdict = verdictOfAnswer(cell);
    ctx.fillStyle = stepColor(scoreOfAnswer(cell), colors);
    ctx.strokeStyle = verdictColor(verdict, palette);
    ctx.fillRect(x - size / 2, y - size / 2, size, size);
    // Outlines of answers that overlap would be all that is seen of them.
    if (places.scale.eventPx >= 2 || verdict === "right") {
      ctx.strokeRect(x - size / 2, y - size / 2, size, size);
    }
  }
}

/** One for every answer, or for every place that has some if they are many. */
function answerMarks({ grid, places }: Strip): AnswerMark[] {
  const { answers, rowCount, usedRows, usedColumns, eventsPerColumn } = grid;
  const marks = new Map<number, AnswerMark>();
  for (let column = 0; column < usedColumns; column++) {
    for (let row = 0; row < usedRows; row++) {
      const cell = answers[column * rowCount + row]!;
      if (cell === EMPTY) continue;
      const x = eventX(places.scale, (column + 0.5) * eventsPerColumn);
      const y = rowTop(places, row) + places.cellHeight / 2;
      const place = Math.floor(x / ANSWER_GAP) * rowCount + Math.floor(y / ANSWER_GAP);
      const key = places.scale.eventPx >= ANSWER_GAP ? column * rowCount + row : place;
      if (cell > (marks.get(key)?.cell ?? EMPTY)) marks.set(key, { cell, x, y });
    }
  }
  return [...marks.values()];
}

function verdictColor(verdict: Verdict, { right, wrong, ink }: Palette): string {
  return { right, wrong, unknown: ink }[verdict];
}

function colorsOf({ palette, domain }: Strip): CellColors {
  return { outline: palette.outline, domain };
}
