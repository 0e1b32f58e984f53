import type { NodeId } from "../../protocol/events.ts";
import type { DrawingContext } from "./drawing-context.ts";
import { columnOf, type Ground, parentOf } from "./ground.ts";
import { BEHIND, lineEnd } from "./label-room.ts";
import { colorOf, HOLLOW, isDimmed, isPruned, KIND, kindOf } from "./looks.ts";
import { columnLeft, columnPx, type Geometry, roomIn } from "./scene.ts";
import { firstEdgeInView, firstInView, firstOfNextFamily } from "./visible.ts";
import type { VisibleNodes } from "./visible-nodes.ts";

/** Edges by what became of the child, the least important first. */
export const DIMMED = 0;
export const PRUNED = 1;
export const OPEN = 2;
export const KEPT = 3;

/** Rows below which edges to pruned nodes would only be a grey haze, CSS px. */
export const PRUNED_ROWS = 1.2;

const DASH = [3, 3];
const SOLID: number[] = [];

/** The path that the search has chosen: a wide halo behind everything, labels included. */
export function drawHalo(ctx: DrawingContext, scene: Ground, geometry: Geometry): void {
  ctx.beginPath();
  tracePath(ctx, { scene, geometry, labelled: null }, scene.chosen);
  ctx.lineJoin = "round";
  ctx.lineCap = "round";
  ctx.strokeStyle = scene.palette.halo;
  ctx.lineWidth = Math.max(geometry.radius * 3.2, geometry.dense ? 6 : 14);
  ctx.stroke();
  ctx.lineCap = "butt";
}

/** Edges in view, one path for each style. */
export function drawEdges(
  ctx: DrawingContext,
  scene: Ground,
  geometry: Geometry,
  { labelled }: VisibleNodes,
): void {
  const { palette } = scene;
  const { dense } = geometry;
  const frame = { scene, geometry, labelled };
  // Where there are more edges than pixels, faint ones still show where they run.
  const haze = hazeOf(geometry);
  ctx.lineWidth = dense ? 0.75 : 1;
  ctx.globalAlpha = haze * 0.45;
  if (geometry.row >= PRUNED_ROWS) strokeEdges(ctx, frame, DIMMED, palette.prunedEdge);
  ctx.globalAlpha = haze;
  ctx.setLineDash(dense ? SOLID : DASH);
  if (geometry.row >= PRUNED_ROWS) strokeEdges(ctx, frame, PRUNED, palette.prunedEdge);
  ctx.setLineDash(SOLID);
  strokeEdges(ctx, frame, OPEN, palette.edge);
  ctx.lineWidth = dense ? 0.75 : 1.25;
  ctx.globalAlpha = haze;
  strokeEdges(ctx, frame, KEPT, palette.keptEdge);
  ctx.globalAlpha = 1;
}

/** Opacity of edges: less where there are many on a pixel. */
export function hazeOf({ dense, row }: Geometry): number {
  return dense ? Math.min(Math.max(row / 4, 0.25), 1) : 1;
}

/** A path of items over the other edges. A landmark: drawn at any zoom, never thinned out. */
export function drawPath(
  ctx: DrawingContext,
  { scene, geometry, labelled }: Frame,
  path: readonly NodeId[],
  color: string,
  width = geometry.dense ? 1.5 : 2,
): void {
  if (path.length < 2) return;
  ctx.beginPath();
  tracePath(ctx, { scene, geometry, labelled }, path);
  ctx.lineWidth = width;
  ctx.strokeStyle = color;
  ctx.stroke();
}

interface Frame {
  readonly scene: Ground;
  readonly geometry: Geometry;
  /** Nodes with a label, behind which their edges begin; with null edges run through labels and marks. */
  readonly labelled: Uint8Array | null;
}

function strokeEdges(ctx: DrawingContext, frame: Frame, style: number, color: string): void {
  const { geometry } = frame;
  const { view } = geometry;
  ctx.beginPath();
  for (let column = Math.max(view.firstColumn, 1); column <= last(geometry); column++) {
    // Shorter than a pixel: the marks are next to each other.
    if (columnPx(geometry, column - 1) >= 1) traceColumn(ctx, frame, column, style);
  }
  ctx.strokeStyle = color;
  ctx.stroke();
}

/** The last column that an edge in view can lead to: the one behind the last in view. */
function last({ view, columnX }: Geometry): number {
  return Math.min(view.lastColumn + 1, columnX.length - 2);
}

/** Adds the edges of one style into a column to the current path. */
function traceColumn(ctx: DrawingContext, frame: Frame, column: number, style: number): void {
  const { layout, row } = frame.scene;
  const { view, dense, y, row: rowPx } = frame.geometry;
  const end = layout.columnStart[column + 1]!;
  // Where edges are thinner than pixels, those that share both ends are one.
  let lastFrom = Number.NaN;
  let lastTo = Number.NaN;
  // A parent's edges share their beginning, which has the style of the best of them.
  let leader = -1;
  let next = 0;
  for (let i = firstEdgeInView(frame.scene, column, view.top); i < end; i = next) {
    const node = layout.order[i]!;
    const from = parentOf(frame.scene, node);
    if (Math.min(row[node]!, row[from]!) > view.bottom) break;
    next = bundleEnd(frame, column, i);
    if (bestStyle(frame.scene, i, Math.min(next, i + LOOKED_AT)) !== style) continue;
    if (from !== leader && familyStyle(frame.scene, i, end) === style) {
      traceLeader(ctx, frame, from, column);
    }
    leader = from;
    if (dense) {
      const fromY = Math.round(y + row[from]! * rowPx);
      const toY = Math.round(y + row[node]! * rowPx);
      if (fromY === lastFrom && toY === lastTo) continue;
      lastFrom = fromY;
      lastTo = toY;
    }
    traceBranch(ctx, frame, from, node, column);
  }
}

/** Edges that leave the view nearer to each other than this are one, CSS px. */
const BUNDLE_PX = 0.75;
/** Items of a bundle or of a family that are asked for their style. */
const LOOKED_AT = 64;

/**
 * Where in `order` the next edge begins that can be told apart from the one at `i`. Of
 * edges from one parent to children far out of view, thousands leave the view in the same
 * place: of those in each bundle the first is drawn, for all of them.
 */
function bundleEnd({ scene, geometry }: Frame, column: number, i: number): number {
  const { layout, row } = scene;
  const { y, row: rowPx, viewport, view } = geometry;
  const item = layout.order[i]!;
  if (row[item]! >= view.top && row[item]! <= view.bottom) return i + 1;
  const fromRow = row[parentOf(scene, item)]!;
  const fromY = y + fromRow * rowPx;
  const toY = y + row[item]! * rowPx;
  const isAbove = toY < 0;
  const toBorder = (isAbove ? 0 : viewport.height) - fromY;
  const share = toBorder / (toY - fromY);
  if (!(share > 0 && share < 1)) return i + 1;
  const step = BUNDLE_PX / columnPx(geometry, column - 1);
  const nextShare = isAbove ? Math.min(share + step, 1) : share - step;
  const familyEnd = firstOfNextFamily(scene, column, fromRow);
  if (nextShare <= 0) return Math.max(familyEnd, i + 1);
  const nextRow = (fromY + toBorder / nextShare - y) / rowPx;
  const next = Math.min(firstInView(scene, column, nextRow), familyEnd);
  return Math.max(next, i + 1);
}

/** The most important style among the edges to some items of `order`. */
function bestStyle({ layout, looks }: Ground, start: number, end: number): number {
  let best = -1;
  for (let i = start; i < end; i++) best = Math.max(best, edgeStyle(looks[layout.order[i]!]!));
  return best;
}

/** The most important style among the edges of one parent, as far as they are near the one at `i`. */
function familyStyle(scene: Ground, i: number, end: number): number {
  const { order, columnStart } = scene.layout;
  const from = parentOf(scene, order[i]!);
  const start = Math.max(columnStart[columnOf(scene, order[i]!)]!, i - LOOKED_AT);
  let first = i;
  while (first > start && parentOf(scene, order[first - 1]!) === from) first--;
  let last = i + 1;
  const limit = Math.min(end, i + LOOKED_AT);
  while (last < limit && parentOf(scene, order[last]!) === from) last++;
  return bestStyle(scene, first, last);
}

/** Style of the edge into a node of this look; −1 for none. */
export function edgeStyle(look: number): number {
  const kind = kindOf(look);
  if (kind === KIND.hidden) return -1;
  if (isDimmed(look)) return DIMMED;
  if (isPruned(kind)) return PRUNED;
  return kind === KIND.sampling || kind === KIND.open ? OPEN : KEPT;
}

/** Adds what the edges from a node have in common: from the end of its label to where they part. */
function traceLeader(
  ctx: DrawingContext,
  { scene, geometry, labelled }: Frame,
  from: NodeId,
  column: number,
): void {
  const x = columnLeft(geometry, column - 1);
  const y = geometry.y + scene.row[from]! * geometry.row;
  const room = roomIn(geometry, column - 1);
  let startX = x;
  if (labelled !== null && !geometry.dense) {
    const isScored = colorOf(scene.looks[from]!) !== HOLLOW;
    const isLabelled = labelled[from] === 1;
    const end = isLabelled ? lineEnd(scene.labelLength(from), room, isScored) : 0;
    startX += end > room.start ? end + BEHIND : geometry.radius;
  }
  if (startX >= x + room.branch) return;
  ctx.moveTo(startX, y);
  ctx.lineTo(x + room.branch, y);
}

/** Adds the part of an edge that leads to `node` alone, which stands in `column`. */
function traceBranch(
  ctx: DrawingContext,
  { scene, geometry, labelled }: Frame,
  from: NodeId,
  node: NodeId,
  column: number,
): void {
  const fromX = columnLeft(geometry, column - 1);
  const toX = columnLeft(geometry, column);
  const fromY = geometry.y + scene.row[from]! * geometry.row;
  const toY = geometry.y + scene.row[node]! * geometry.row;
  const { radius, dense } = geometry;
  const inset = labelled === null || dense ? 0 : radius;
  const partX = fromX + Math.max(roomIn(geometry, column - 1).branch, inset);
  const endX = toX - inset;
  const middleX = (partX + endX) / 2;
  ctx.moveTo(partX, fromY);
  if (dense) ctx.lineTo(endX, toY);
  else ctx.bezierCurveTo(middleX, fromY, middleX, toY, endX, toY);
}

/** The edges of a path that begins at the top. */
function tracePath(ctx: DrawingContext, frame: Frame, path: readonly NodeId[]): void {
  const { geometry } = frame;
  const end = Math.min(path.length - 1, last(geometry));
  for (let column = Math.max(geometry.view.firstColumn, 1); column <= end; column++) {
    const from = path[column - 1]!;
    traceLeader(ctx, frame, from, column);
    traceBranch(ctx, frame, from, path[column]!, column);
  }
}
