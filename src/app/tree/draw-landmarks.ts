import type { NodeId } from "../../protocol/events.ts";
import { landmarkPlace } from "./landmark-place.ts";
import type { Geometry, Scene } from "./scene.ts";

/** Radius of marks below which a right answer needs a sign of its own, CSS px. */
const SMALL_RADIUS = 3.5;
/** Right answers and fresh nodes that are drawn in one frame; more could not be told apart. */
const MOST = 1500;

/** What must be found at any zoom, folded away or not: what just happened, right answers, bookmarks. */
export function drawLandmarks(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  geometry: Geometry,
): void {
  drawFresh(ctx, scene, geometry);
  drawRightAnswers(ctx, scene, geometry);
  drawBookmarks(ctx, scene, geometry);
}

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
    const place = landmarkPlace(scene, geometry, node);
    if (place === null) return;
    ctx.moveTo(place.x + radius, place.y);
    ctx.arc(place.x, place.y, radius, 0, 2 * Math.PI);
  });
  ctx.fillStyle = scene.palette.halo;
  ctx.fill();
}

/** Half of a diamond's diagonal, on a small mark and in a glyph, CSS px. */
const DIAMOND = { mark: 3.5, glyph: 4.5 };

/** A diamond on each whose mark is too small for a tick, or that is folded away; one on a pixel. */
function drawRightAnswers(ctx: CanvasRenderingContext2D, scene: Scene, geometry: Geometry): void {
  const isSmall = geometry.radius < SMALL_RADIUS;
  if (!isSmall && scene.stands === null) return;
  const taken = new Set<number>();
  ctx.beginPath();
  for (const node of scene.rightAnswers) {
    if (taken.size >= MOST) break;
    const place = landmarkPlace(scene, geometry, node);
    if (place === null || (!isSmall && place.glyph === null)) continue;
    const { x, y, glyph } = place;
    const pixel = Math.round(y / 3) * 10_000 + Math.round(x / 3);
    if (taken.has(pixel)) continue;
    taken.add(pixel);
    const half = isSmall || glyph === null ? DIAMOND.mark : DIAMOND.glyph;
    ctx.moveTo(x, y - half);
    ctx.lineTo(x + half, y);
    ctx.lineTo(x, y + half);
    ctx.lineTo(x - half, y);
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
    const place = landmarkPlace(scene, geometry, node);
    if (place === null) continue;
    const [x, y] = [place.x, place.y - (place.glyph === null ? foot : place.glyph.height / 4)];
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
