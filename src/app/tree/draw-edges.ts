import type { NodeId } from "../../protocol/events.ts";
import { type LabelFit, labelEnd } from "./label-fit.ts";
import { isPruned, KIND, kindOf } from "./looks.ts";
import type { Geometry, Scene } from "./scene.ts";
import { firstEdgeInView } from "./visible.ts";

/** Edges by what became of the child: an index into the styles below. */
const PRUNED = 0;
const OPEN = 1;
const KEPT = 2;

const DASH = [3, 3];
const SOLID: number[] = [];

/** The path that the search has chosen: a wide halo behind everything, labels included. */
export function drawHalo(ctx: CanvasRenderingContext2D, scene: Scene, geometry: Geometry): void {
  ctx.beginPath();
  tracePath(ctx, { scene, geometry, fit: null }, scene.chosen);
  ctx.lineJoin = "round";
  ctx.lineCap = "round";
  ctx.strokeStyle = scene.palette.halo;
  ctx.lineWidth = Math.max(geometry.radius * 3.2, 6);
  ctx.stroke();
  ctx.lineCap = "butt";
}

/** Edges in view, one path for each style, and the two highlighted paths over them. */
export function drawEdges(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  geometry: Geometry,
  fit: LabelFit,
): void {
  const { palette, chosen, selected } = scene;
  const { dense } = geometry;
  const frame = { scene, geometry, fit };
  if (geometry.column >= 1) {
    ctx.lineWidth = dense ? 0.75 : 1;
    ctx.setLineDash(dense ? SOLID : DASH);
    strokeEdges(ctx, frame, PRUNED, palette.prunedEdge);
    ctx.setLineDash(SOLID);
    strokeEdges(ctx, frame, OPEN, palette.edge);
    ctx.lineWidth = dense ? 0.75 : 1.25;
    strokeEdges(ctx, frame, KEPT, palette.keptEdge);
  }
  ctx.lineWidth = dense ? 1.5 : 2;
  strokePath(ctx, frame, selected, palette.ink);
  strokePath(ctx, frame, chosen, palette.accent);
}

interface Frame {
  readonly scene: Scene;
  readonly geometry: Geometry;
  /** Edges begin behind the labels that it describes; with null they run through. */
  readonly fit: LabelFit | null;
}

function strokeEdges(
  ctx: CanvasRenderingContext2D,
  frame: Frame,
  style: number,
  color: string,
): void {
  const { view } = frame.geometry;
  ctx.beginPath();
  for (let column = Math.max(view.firstColumn, 1); column <= view.lastColumn; column++) {
    traceColumn(ctx, frame, column, style);
  }
  ctx.strokeStyle = color;
  ctx.stroke();
}

/** Adds the edges of one style into a column to the current path. */
function traceColumn(
  ctx: CanvasRenderingContext2D,
  frame: Frame,
  column: number,
  style: number,
): void {
  const { layout, row, looks, tree } = frame.scene;
  const { view, dense, y, row: rowPx } = frame.geometry;
  const { parent } = tree;
  const end = layout.columnStart[column + 1]!;
  // Where edges are thinner than pixels, those that share both ends are one.
  let lastFrom = Number.NaN;
  let lastTo = Number.NaN;
  for (let i = firstEdgeInView(layout, row, parent, column, view.top); i < end; i++) {
    const node = layout.order[i]!;
    const from = parent[node]!;
    if (Math.min(row[node]!, row[from]!) > view.bottom) break;
    if (edgeStyle(looks[node]!) !== style) continue;
    if (dense) {
      const fromY = Math.round(y + row[from]! * rowPx);
      const toY = Math.round(y + row[node]! * rowPx);
      if (fromY === lastFrom && toY === lastTo) continue;
      lastFrom = fromY;
      lastTo = toY;
    }
    traceEdge(ctx, frame, from, node, column);
  }
}

/** Style of the edge into a node of this look; −1 for none. */
function edgeStyle(look: number): number {
  const kind = kindOf(look);
  if (kind === KIND.hidden) return -1;
  if (isPruned(kind)) return PRUNED;
  return kind === KIND.sampling || kind === KIND.open ? OPEN : KEPT;
}

/**
 * Adds the edge into `node`, which stands in `column`: from the end of the
 * parent's label straight to where edges part, then in a curve.
 */
function traceEdge(
  ctx: CanvasRenderingContext2D,
  { scene, geometry, fit }: Frame,
  from: NodeId,
  node: NodeId,
  column: number,
): void {
  const { branch, radius, dense } = geometry;
  const toX = geometry.x + column * geometry.column;
  const fromX = toX - geometry.column;
  const fromY = geometry.y + scene.row[from]! * geometry.row;
  const toY = geometry.y + scene.row[node]! * geometry.row;
  if (dense) {
    ctx.moveTo(fromX, fromY);
    ctx.lineTo(toX, toY);
    return;
  }
  const gap = fit === null ? 0 : Math.max(labelEnd(scene, from, geometry, fit), radius);
  const partX = fromX + branch;
  const endX = fit === null ? toX : toX - radius;
  const middleX = (partX + endX) / 2;
  ctx.moveTo(Math.min(fromX + gap, Math.max(partX, fromX + radius)), fromY);
  if (gap < branch) ctx.lineTo(partX, fromY);
  ctx.bezierCurveTo(middleX, fromY, middleX, toY, endX, toY);
}

function strokePath(
  ctx: CanvasRenderingContext2D,
  frame: Frame,
  path: readonly NodeId[],
  color: string,
): void {
  ctx.beginPath();
  tracePath(ctx, frame, path);
  ctx.strokeStyle = color;
  ctx.stroke();
}

/** The edges of a path that begins at the root. Landmarks: drawn at any zoom, never thinned out. */
function tracePath(ctx: CanvasRenderingContext2D, frame: Frame, path: readonly NodeId[]): void {
  const { firstColumn, lastColumn } = frame.geometry.view;
  const last = Math.min(path.length - 1, lastColumn + 1);
  for (let column = Math.max(firstColumn, 1); column <= last; column++) {
    traceEdge(ctx, frame, path[column - 1]!, path[column]!, column);
  }
}
