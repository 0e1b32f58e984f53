import { formatScore } from "../format.ts";
import type { ColumnSummary } from "./column-summary.ts";
import { FONTS } from "./palette.ts";
import { columnLeft, columnPx, type Geometry, type Scene } from "./scene.ts";

/** Height of the strip of column headers, CSS px. */
const HEADER_HEIGHT = 54;
/** Narrowest columns with all lines and with two, and the room of a bare number, CSS px. */
const FULL = 82;
const SHORT = 50;
const TITLE = 62;
const NUMBER = { digit: 7, gap: 10 };

/**
 * A strip along the top edge that says for every column what its round did: how
 * many of how many were kept, and at which score the line was drawn.
 */
export function drawHeaders(ctx: CanvasRenderingContext2D, scene: Scene, geometry: Geometry): void {
  const { palette, summaryOf } = scene;
  const { viewport, view } = geometry;
  ctx.fillStyle = palette.paper;
  ctx.fillRect(0, 0, viewport.width, HEADER_HEIGHT);
  ctx.fillStyle = palette.hair;
  ctx.fillRect(0, HEADER_HEIGHT, viewport.width, 1);

  ctx.textBaseline = "alphabetic";
  ctx.textAlign = "left";
  let nextFree = Number.NEGATIVE_INFINITY;
  for (let column = view.firstColumn; column <= view.lastColumn; column++) {
    const x = columnLeft(geometry, column) - geometry.radius;
    if (x < nextFree) continue;
    const summary = summaryOf(column);
    if (summary === null) continue;
    const lines = headerLines(
      summary,
      scene.depth[scene.top]! + column,
      columnPx(geometry, column),
    );
    nextFree = x + (lines[0] ?? "").length * NUMBER.digit + NUMBER.gap;
    ctx.font = FONTS.header;
    ctx.fillStyle = palette.ink;
    ctx.fillText(lines[0] ?? "", x, 17);
    ctx.font = FONTS.headerLine;
    ctx.fillStyle = palette.softInk;
    for (let line = 1; line < lines.length; line++) ctx.fillText(lines[line]!, x, 17 + line * 14);
  }
}

function headerLines(summary: ColumnSummary, depth: number, width: number): string[] {
  const { round, shown, kept, cut } = summary;
  if (depth === 0) return width < TITLE ? [] : ["Problem"];
  if (width < SHORT) return [String(round ?? depth)];
  const title = round === null ? `Step ${depth}` : `Round ${round}`;
  if (width < FULL) return [title, kept > 0 ? `${kept}/${shown}` : String(shown)];
  const words = progress(summary);
  const isNarrow = words.length * NUMBER.digit > width;
  const lines = [title, isNarrow && kept > 0 ? `${kept}/${shown}` : words];
  if (!Number.isNaN(cut)) lines.push(`cut ${formatScore(cut)}`);
  return lines;
}

/** How far the search is with a column: sampling, then scoring, then deciding. */
function progress({ shown, sampling, scored, kept, pruned }: ColumnSummary): string {
  if (sampling > 0) return `${shown - sampling} of ${shown} sampled`;
  if (kept > 0) return `${kept} of ${shown} kept`;
  const candidates = shown - pruned;
  if (scored > 0 && scored < candidates) return `${scored} of ${candidates} scored`;
  return shown === 1 ? "1 step" : `${shown} steps`;
}
