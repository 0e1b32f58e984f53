import { formatScore } from "../format.ts";
import type { ColumnSummary } from "./column-summary.ts";
import { FONTS } from "./palette.ts";
import { columnLeft, columnPx, type Geometry, type Scene } from "./scene.ts";

/** Height of the strip of column headers, CSS px. */
export const HEADER_HEIGHT = 54;
/** Least distances of two headers of each detail, CSS px. */
const FULL = 82;
const SHORT = 50;
const NUMBER = 24;

/**
 * A strip along the top edge that says for every column what its round did: how
 * many of how many were kept, and at which score the line was drawn.
 */
export function drawHeaders(ctx: CanvasRenderingContext2D, scene: Scene, geometry: Geometry): void {
  const { palette, columns } = scene;
  const { viewport, view } = geometry;
  if (columns.length === 0) return;
  ctx.globalAlpha = 0.94;
  ctx.fillStyle = palette.paper;
  ctx.fillRect(0, 0, viewport.width, HEADER_HEIGHT);
  ctx.globalAlpha = 1;
  ctx.fillStyle = palette.hair;
  ctx.fillRect(0, HEADER_HEIGHT, viewport.width, 1);

  ctx.textBaseline = "alphabetic";
  ctx.textAlign = "left";
  let nextFree = Number.NEGATIVE_INFINITY;
  for (let column = view.firstColumn; column <= view.lastColumn; column++) {
    const summary = columns[column];
    const x = columnLeft(geometry, column) - geometry.radius;
    if (summary === undefined || x < nextFree) continue;
    nextFree = x + NUMBER;
    const lines = headerLines(summary, column, columnPx(geometry, column));
    ctx.font = FONTS.header;
    ctx.fillStyle = palette.ink;
    ctx.fillText(lines[0] ?? "", x, 17);
    ctx.font = FONTS.headerLine;
    ctx.fillStyle = palette.softInk;
    for (let line = 1; line < lines.length; line++) ctx.fillText(lines[line]!, x, 17 + line * 14);
  }
}

function headerLines(summary: ColumnSummary, column: number, width: number): string[] {
  const { round, shown, kept, pruned, sampling, cut } = summary;
  const decided = kept + pruned > 0;
  if (column === 0) return width < SHORT ? [] : ["Problem"];
  if (width < SHORT) return [String(round ?? column)];
  const lines = [round === null ? `Step ${column}` : `Round ${round}`];
  if (width < FULL) return [...lines, decided ? `${kept}/${shown}` : String(shown)];
  if (decided) lines.push(`${kept} of ${shown} kept`);
  else if (sampling > 0) lines.push(`${shown - sampling} of ${shown} sampled`);
  else lines.push(shown === 1 ? "1 step" : `${shown} steps`);
  if (!Number.isNaN(cut)) lines.push(`cut ${formatScore(cut)}`);
  return lines;
}
