import type { NodeId } from "../../protocol/events.ts";
import { BEHIND, lineEnd } from "./label-room.ts";
import { labelText } from "./label-text.ts";
import { colorOf, HOLLOW, isPruned, KIND, kindOf } from "./looks.ts";
import { columnLeft, columnPx, type Geometry, roomIn, type Scene } from "./scene.ts";
import { firstEdgeInView } from "./visible.ts";
import type { VisibleNodes } from "./visible-nodes.ts";

/** Edges by what became of the child: an index into the styles below. */
const PRUNED = 0;
const OPEN = 1;
const KEPT = 2;

/** Rows below which edges to pruned nodes would only be a grey haze, CSS px. */
const PRUNED_ROWS = 1.2;

const DASH = [3, 3];
const SOLID: number[] = [];

/** The path that the search has chosen: a wide halo behind everything, labels included. */
export function drawHalo(ctx: CanvasRenderingContext2D, scene: Scene, geometry: Geometry): void {
  ctx.beginPath();
  tracePath(ctx, { scene, geometry, labelled: null }, scene.chosen);
  ctx.lineJoin = "round";
  ctx.lineCap = "round";
  ctx.strokeStyle = scene.palette.halo;
  ctx.lineWidth = Math.max(geometry.radius * 3.2, geometry.dense ? 6 : 14);
  ctx.stroke();
  ctx.lineCap = "butt";
}

/** Edges in view, one path for each style, and the two highlighted paths over them. */
export function drawEdges(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  geometry: Geometry,
  { labelled }: VisibleNodes,
): void {
  const { palette, chosen, selected } = scene;
  const { dense } = geometry;
  const frame = { scene, geometry, labelled };
  // Where there are more edges than pixels, faint ones still show where they run.
  ctx.globalAlpha = dense ? Math.min(Math.max(geometry.row / 4, 0.25), 1) : 1;
  ctx.lineWidth = dense ? 0.75 : 1;
  ctx.setLineDash(dense ? SOLID : DASH);
  if (geometry.row >= PRUNED_ROWS) strokeEdges(ctx, frame, PRUNED, palette.prunedEdge);
  ctx.setLineDash(SOLID);
  strokeEdges(ctx, frame, OPEN, palette.edge);
  ctx.lineWidth = dense ? 0.75 : 1.25;
  ctx.globalAlpha = dense ? Math.min(Math.max(geometry.row / 4, 0.4), 1) : 1;
  strokeEdges(ctx, frame, KEPT, palette.keptEdge);
  ctx.globalAlpha = 1;
  ctx.lineWidth = dense ? 1.5 : 2;
  strokePath(ctx, frame, selected, palette.ink);
  strokePath(ctx, frame, chosen, palette.accent);
}

interface Frame {
  readonly scene: Scene;
  readonly geometry: Geometry;
  /** Nodes with a label, behind which their edges begin; with null edges run through labels and marks. */
  readonly labelled: Uint8Array | null;
}

function strokeEdges(
  ctx: CanvasRenderingContext2D,
  frame: Frame,
  style: number,
  color: string,
): void {
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
  // A parent's edges share their beginning, which has the style of the best of them.
  let leader = -1;
  for (let i = firstEdgeInView(layout, row, parent, column, view.top); i < end; i++) {
    const node = layout.order[i]!;
    const from = parent[node]!;
    if (Math.min(row[node]!, row[from]!) > view.bottom) break;
    if (edgeStyle(looks[node]!) !== style) continue;
    if (from !== leader && bestStyle(frame.scene, i, end) === style) {
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

/** The most important style among the edges of one parent, those before `i` in `order` included. */
function bestStyle({ layout, looks, tree }: Scene, i: number, end: number): number {
  const { order } = layout;
  const { parent, firstChild } = tree;
  const from = parent[order[i]!]!;
  let first = i;
  while (order[first] !== firstChild[from]) first--;
  let best = -1;
  for (let j = first; j < end && parent[order[j]!] === from; j++) {
    best = Math.max(best, edgeStyle(looks[order[j]!]!));
  }
  return best;
}

/** Style of the edge into a node of this look; −1 for none. */
function edgeStyle(look: number): number {
  const kind = kindOf(look);
  if (kind === KIND.hidden) return -1;
  if (isPruned(kind)) return PRUNED;
  return kind === KIND.sampling || kind === KIND.open ? OPEN : KEPT;
}

/** Adds what the edges from a node have in common: from the end of its label to where they part. */
function traceLeader(
  ctx: CanvasRenderingContext2D,
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
    const length = labelText(scene.tree, from).length;
    const end = labelled[from] === 1 ? lineEnd(length, room, isScored) : 0;
    startX += end > room.start ? end + BEHIND : geometry.radius;
  }
  if (startX >= x + room.branch) return;
  ctx.moveTo(startX, y);
  ctx.lineTo(x + room.branch, y);
}

/** Adds the part of an edge that leads to `node` alone, which stands in `column`. */
function traceBranch(
  ctx: CanvasRenderingContext2D,
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
  const { geometry } = frame;
  const end = Math.min(path.length - 1, last(geometry));
  for (let column = Math.max(geometry.view.firstColumn, 1); column <= end; column++) {
    const from = path[column - 1]!;
    traceLeader(ctx, frame, from, column);
    traceBranch(ctx, frame, from, path[column]!, column);
  }
}
