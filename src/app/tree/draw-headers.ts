import type { Tree } from "../../protocol/tree.ts";
import { formatScore } from "../format.ts";
import { nodeTitle } from "../words/node-words.ts";
import { t, tCount } from "../words/t.ts";
import type { ColumnSummary } from "./column-summary.ts";
import { acrossOnScreen, startSide } from "./mirror.ts";
import { FONTS } from "./palette.ts";
import { columnLeft, columnPx, type Geometry, type Scene } from "./scene.ts";
import { textWidth } from "./text-width.ts";

/** Height of the strip of column headers, CSS px. */
const HEADER_HEIGHT = 54;
/** Least room between a header and the next, CSS px. */
const GAP = 7;

/**
 * A strip along the edge, the upper one but in a mirror, that says for every column what its round did: how many of
 * how many were kept, and at which score the line was drawn. Each says as much as it has
 * room for; only where columns are narrower than their numbers some of them are left out.
 */
export function drawHeaders(ctx: CanvasRenderingContext2D, scene: Scene, geometry: Geometry): void {
  const { palette, summaryOf } = scene;
  const { viewport, view } = geometry;
  ctx.fillStyle = palette.paper;
  const top = viewport.mirror === "down" ? viewport.height - HEADER_HEIGHT : 0;
  ctx.fillRect(0, top, viewport.width, HEADER_HEIGHT);
  ctx.fillStyle = palette.hair;
  ctx.fillRect(0, top === 0 ? HEADER_HEIGHT : top - 1, viewport.width, 1);

  ctx.textBaseline = "alphabetic";
  ctx.textAlign = startSide(viewport);
  let nextFree = Number.NEGATIVE_INFINITY;
  for (let column = view.firstColumn; column <= view.lastColumn; column++) {
    const x = columnLeft(geometry, column) - geometry.radius;
    if (x < nextFree) continue;
    const summary = summaryOf(column);
    if (summary === null) continue;
    const forms = headerForms(summary, scene.depth[scene.top]! + column, scene.tree);
    const room = columnPx(geometry, column) - GAP;
    const lines = forms.find((form) => headerWidth(ctx, form) <= room) ?? forms.at(-1)!;
    nextFree = x + headerWidth(ctx, lines) + GAP;
    ctx.font = FONTS.header;
    ctx.fillStyle = palette.ink;
    const start = acrossOnScreen(viewport, x);
    ctx.fillText(lines[0] ?? "", start, top + 17);
    ctx.font = FONTS.headerLine;
    ctx.fillStyle = palette.softInk;
    for (let line = 1; line < lines.length; line++) {
      ctx.fillText(lines[line]!, start, top + 17 + line * 14);
    }
  }
}

function headerWidth(ctx: CanvasRenderingContext2D, [title = "", ...lines]: readonly string[]) {
  const widths = lines.map((line) => textWidth(ctx, FONTS.headerLine, line));
  return Math.max(title === "" ? 0 : textWidth(ctx, FONTS.header, title), ...widths);
}

/** Ways to say it, from the longest to the shortest. */
function headerForms(summary: ColumnSummary, depth: number, tree: Tree): readonly string[][] {
  if (depth === 0) return [[nodeTitle(tree, 0)], []];
  const { round, shown, kept, cut } = summary;
  const isRound = round !== null && tree.unit === "step";
  const title = isRound ? t("Round {number}", { number: round }) : nodeTitle(tree, depth);
  const number = String(round ?? depth);
  const counts = kept > 0 ? `${kept}/${shown}` : String(shown);
  const line = Number.isNaN(cut) ? [] : [t("cut {score}", { score: formatScore(cut) })];
  return [
    [title, progress(summary, tree), ...line],
    [title, counts, ...line],
    [title, counts],
    [number, counts],
    [number],
  ];
}

/** How far the search is with a column: sampling, then scoring, then deciding. */
function progress(
  { shown, sampling, scored, kept, pruned }: ColumnSummary,
  { unit }: Tree,
): string {
  if (sampling > 0) return t("{done} of {count} sampled", { done: shown - sampling, count: shown });
  if (kept > 0) return t("{done} of {count} kept", { done: kept, count: shown });
  const candidates = shown - pruned;
  if (scored > 0 && scored < candidates) {
    return t("{done} of {count} scored", { done: scored, count: candidates });
  }
  return unit === "token"
    ? tCount(shown, "{count} token", "{count} tokens")
    : tCount(shown, "{count} step", "{count} steps");
}
