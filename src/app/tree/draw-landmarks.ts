import type { NodeId } from "../../protocol/events.ts";
import { columnOf, itemOf } from "./ground.ts";
import { columnLeft, type Geometry, type Scene } from "./scene.ts";

/** Radius of marks below which a right answer needs a sign of its own, CSS px. */
const SMALL_RADIUS = 3.5;
/** Right answers and fresh nodes that are drawn in one frame; more could not be told apart. */
const MOST = 1500;

/** What must be found at any zoom: right answers, what just happened, bookmarks, and rings around what is meant. */
export function drawLandmarks(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  geometry: Geometry,
): void {
  const { chosen, selected, peeked, hovered, palette } = scene;
  drawFresh(ctx, scene, geometry);
  if (geometry.radius < SMALL_RADIUS) drawRightAnswers(ctx, scene, geometry);
  drawRing(ctx, scene, geometry, chosen.at(-1), palette.accent);
  drawRing(ctx, scene, geometry, peeked.at(-1), palette.accent);
  drawRing(ctx, scene, geometry, selected.at(-1), palette.accent);
  drawRing(ctx, scene, geometry, hovered ?? undefined, palette.ink);
  if (scene.at < scene.tree.seq || scene.tree.ending === null) {
    drawRing(ctx, scene, geometry, newestItem(scene), palette.outline);
  }
  drawBookmarks(ctx, scene, geometry);
}

/** Where the last event happened: what one looks for first when time has moved. */
function newestItem(scene: Scene): NodeId | undefined {
  const item = scene.newest === null ? -1 : itemOf(scene, scene.newest);
  return item < 0 ? undefined : item;
}

/** Where the item that shows a node is drawn, CSS px; null if it is not, or out of view. */
function placeOf(scene: Scene, geometry: Geometry, node: NodeId): readonly [number, number] | null {
  const item = itemOf(scene, node);
  if (item < 0 || scene.looks[item] === 0) return null;
  const x = columnLeft(geometry, columnOf(scene, item));
  const y = geometry.y + scene.row[item]! * geometry.row;
  const { width, height } = geometry.viewport;
  return x < -EDGE || y < -EDGE || x > width + EDGE || y > height + EDGE ? null : [x, y];
}

/** How far a sign reaches out from its node, CSS px. */
const EDGE = 20;

/** A glow on what a playback has passed just now, so that nothing flashes by unseen. */
function drawFresh(ctx: CanvasRenderingContext2D, scene: Scene, geometry: Geometry): void {
  const [from, to] = scene.fresh;
  const [first, last] = [Math.max(from, 0), Math.min(to, scene.at)];
  if (last < first) return;
  const radius = Math.max(geometry.radius, 2) + 4;
  const seen = new Set<NodeId>();
  ctx.beginPath();
  scene.tree.eachNodeChangedBetween(first, last, (node) => {
    if (seen.size >= MOST || seen.has(node)) return;
    seen.add(node);
    const place = placeOf(scene, geometry, node);
    if (place === null) return;
    ctx.moveTo(place[0] + radius, place[1]);
    ctx.arc(place[0], place[1], radius, 0, 2 * Math.PI);
  });
  ctx.fillStyle = scene.palette.halo;
  ctx.fill();
}

/** A diamond on each, one on a pixel. */
function drawRightAnswers(ctx: CanvasRenderingContext2D, scene: Scene, geometry: Geometry): void {
  const taken = new Set<number>();
  ctx.beginPath();
  for (const node of scene.rightAnswers) {
    if (taken.size >= MOST) break;
    const place = placeOf(scene, geometry, node);
    if (place === null) continue;
    const [x, y] = place;
    const pixel = Math.round(y / 3) * 10_000 + Math.round(x / 3);
    if (taken.has(pixel)) continue;
    taken.add(pixel);
    ctx.moveTo(x, y - 3.5);
    ctx.lineTo(x + 3.5, y);
    ctx.lineTo(x, y + 3.5);
    ctx.lineTo(x - 3.5, y);
    ctx.closePath();
  }
  ctx.fillStyle = scene.palette.right;
  ctx.strokeStyle = scene.palette.paper;
  ctx.lineWidth = 1;
  ctx.fill();
  ctx.stroke();
}

/** A small flag on a pole above each. */
function drawBookmarks(ctx: CanvasRenderingContext2D, scene: Scene, geometry: Geometry): void {
  if (scene.bookmarks.size === 0) return;
  const foot = Math.max(geometry.radius, 2);
  ctx.beginPath();
  for (const node of scene.bookmarks.keys()) {
    const place = placeOf(scene, geometry, node);
    if (place === null) continue;
    const [x, y] = [place[0], place[1] - foot];
    ctx.moveTo(x, y);
    ctx.lineTo(x, y - 11);
    ctx.lineTo(x + 8, y - 8.5);
    ctx.lineTo(x, y - 6);
  }
  ctx.fillStyle = scene.palette.accent;
  ctx.strokeStyle = scene.palette.accent;
  ctx.lineWidth = 1.5;
  ctx.fill();
  ctx.stroke();
}

/** A ring around one item, whatever the zoom. */
function drawRing(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  geometry: Geometry,
  item: NodeId | undefined,
  color: string,
): void {
  if (item === undefined || scene.looks[item] === 0) return;
  ctx.beginPath();
  const x = columnLeft(geometry, columnOf(scene, item));
  const y = geometry.y + scene.row[item]! * geometry.row;
  ctx.arc(x, y, Math.max(geometry.radius * 1.25, 3) + 3, 0, 2 * Math.PI);
  ctx.strokeStyle = color;
  ctx.lineWidth = 2;
  ctx.stroke();
}
