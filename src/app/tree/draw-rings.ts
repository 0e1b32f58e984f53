import type { NodeId } from "../../protocol/events.ts";
import { HIT } from "./hit-items.ts";
import { type LandmarkPlace, landmarkPlace, placeAt, traceRing } from "./landmark-place.ts";
import type { Geometry, Scene } from "./scene.ts";
import type { VisibleNodes } from "./visible-nodes.ts";

/** Free room between a mark and its ring, CSS px: rings of different meaning do not hide each other. */
const GAP = { hit: 1, meant: 3, current: 4.5 };

/** Rings around what is meant, whatever the zoom: ends of paths, the pointer, the newest, and what a search has found. */
export function drawRings(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  geometry: Geometry,
  visible: VisibleNodes,
): void {
  const { ends, hovered, newest, hits, palette } = scene;
  drawHits(ctx, scene, geometry, visible);
  const ring = (node: NodeId | null, color: string, width = 2, gap = GAP.meant) =>
    drawRing({ ctx, scene, geometry }, node, { color, width, gap });
  ring(ends.chosen, palette.accent);
  ring(ends.selected, palette.accent);
  ring(ends.peeked, palette.accent, 3);
  ring(hovered, palette.ink);
  if (scene.at < scene.tree.seq || scene.tree.ending === null) ring(newest, palette.outline);
  ring(hits.current, palette.paper, 6, GAP.current);
  ring(hits.current, palette.hit, 3.5, GAP.current);
}

interface Page {
  readonly ctx: CanvasRenderingContext2D;
  readonly scene: Scene;
  readonly geometry: Geometry;
}

interface RingStyle {
  readonly color: string;
  /** CSS px. */
  readonly width: number;
  readonly gap: number;
}

function drawRing(
  { ctx, scene, geometry }: Page,
  node: NodeId | null,
  { color, width, gap }: RingStyle,
): void {
  const place = node === null ? null : landmarkPlace(scene, geometry, node);
  if (place === null) return;
  ctx.beginPath();
  traceRing(ctx, place, geometry, gap);
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.stroke();
}

/** Found items that are looked at one by one where a picture stands for what is in view. */
const MOST_LISTED = 20_000;
/** Where marks are smaller than rings, one ring stands for all hits in a square of this side, CSS px. */
const CELL = 8;

/** A thin ring around each hit, and around each glyph with one inside. */
function drawHits(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  geometry: Geometry,
  visible: VisibleNodes,
): void {
  const { items, hit } = scene.hits;
  if (items.length === 0) return;
  const isListed = items.length <= Math.max(visible.count, MOST_LISTED);
  const candidates = isListed ? items : visible.nodes.subarray(0, visible.count);
  const cells = new Set<number>();
  ctx.beginPath();
  for (const item of candidates) {
    const bits = hit[item] ?? 0;
    for (const bit of [HIT.itself, HIT.inside]) {
      if ((bits & bit) === 0) continue;
      const place = placeAt(scene, geometry, item, bit === HIT.inside);
      if (place === null || (geometry.dense && isTaken(cells, place))) continue;
      traceRing(ctx, place, geometry, GAP.hit);
    }
  }
  ctx.strokeStyle = scene.palette.hit;
  ctx.lineWidth = geometry.dense ? 1.25 : 2;
  ctx.stroke();
}

/** Whether there is a ring in a place's cell already; from now on there is. */
function isTaken(cells: Set<number>, { x, y }: LandmarkPlace): boolean {
  const cell = Math.round(y / CELL) * 10_000 + Math.round(x / CELL);
  if (cells.has(cell)) return true;
  cells.add(cell);
  return false;
}
