import { formatScore } from "../format.ts";
import type { ColumnSummary } from "./column-summary.ts";
import { FONTS } from "./palette.ts";
import type { Geometry, Scene } from "./scene.ts";

/** Height of the strip of column headers, CSS px. */
export const HEADER_HEIGHT = 54;
/** Least distances of two headers of each detail, CSS px. */
const FULL = 92;
const SHORT = 44;
const NUMBER = 26;

/**
 * A strip along the top edge that says for every column what its round did: how
 * many of how many were kept, and at which score the line was drawn.
 */
export function drawHeaders(ctx: CanvasRenderingContext2D, scene: Scene, geometry: Geometry): void {
  const { palette, columns } = scene;
  const { viewport, view, column: columnPx } = geometry;
  if (columns.length === 0) return;
  ctx.globalAlpha = 0.94;
  ctx.fillStyle = palette.paper;
  ctx.fillRect(0, 0, viewport.width, HEADER_HEIGHT);
  ctx.globalAlpha = 1;
  ctx.fillStyle = palette.hair;
  ctx.fillRect(0, HEADER_HEIGHT, viewport.width, 1);

  ctx.textBaseline = "alphabetic";
  ctx.textAlign = "left";
  const stride = Math.max(1, Math.ceil(NUMBER / columnPx));
  const first = Math.ceil(view.firstColumn / stride) * stride;
  for (let column = first; column <= view.lastColumn && column < columns.length; column += stride) {
    const lines = headerLines(columns[column]!, column, columnPx);
    const x = geometry.x + column * columnPx - geometry.radius;
    ctx.font = FONTS.header;
    ctx.fillStyle = palette.ink;
    ctx.fillText(lines[0]!, x, 17);
    ctx.font = FONTS.headerLine;
    ctx.fillStyle = palette.softInk;
    for (let line = 1; line < lines.length; line++) ctx.fillText(lines[line]!, x, 17 + line * 14);
  }
}

function headerLines(summary: ColumnSummary, column: number, columnPx: number): string[] {
  const { round, shown, kept, pruned, sampling, cut } = summary;
  const decided = kept + pruned > 0;
  if (columnPx < SHORT) return [String(round ?? column)];
  if (column === 0) return ["Problem"];
  if (columnPx < FULL)
    return [String(round ?? column), decided ? `${kept}/${shown}` : String(shown)];
  const lines = [round === null ? `Step ${column}` : `Round ${round}`];
  if (decided) lines.push(`${kept} of ${shown} kept`);
  else if (sampling > 0) lines.push(`${shown - sampling} of ${shown} sampled`);
  else lines.push(shown === 1 ? "1 step" : `${shown} steps`);
  if (!Number.isNaN(cut)) lines.push(`cut ${formatScore(cut)}`);
  return lines;
}
