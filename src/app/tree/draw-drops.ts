import type { NodeId } from "../../protocol/events.ts";
import { type DropMark, dropMark } from "../score-drop.ts";
import { isGroup } from "./ground.ts";
import { acrossOnScreen, downOnScreen, endSide } from "./mirror.ts";
import { FONTS } from "./palette.ts";
import { columnLeft, type Geometry, type Scene } from "./scene.ts";

/** Room of a sign, CSS px: of two that are nearer, the worse one is drawn. */
const ROOM = { width: 17, height: 12 };
/** From the worst to the mildest. */
const SEVERITY: readonly DropMark[] = ["??", "?", "?!"];

interface Sign {
  /** On the screen. */
  readonly x: number;
  readonly y: number;
  readonly mark: DropMark;
}

/**
 * `?!`, `?` and `??` where the score falls on a path that the reader follows, above the
 * mark on the side that labels leave free. Only dense frames have none: there a sign would be
 * larger than a whole family, and the strip of the selected line shows where it falls.
 */
export function drawDrops(ctx: CanvasRenderingContext2D, scene: Scene, geometry: Geometry): void {
  // How likely a text is falls with every token, which is nobody's mistake.
  if (geometry.dense || scene.tree.unit === "token") return;
  const signs = signsInView(scene, geometry);
  if (signs.length === 0) return;
  ctx.font = FONTS.drop;
  ctx.textBaseline = "alphabetic";
  ctx.textAlign = endSide(geometry.viewport);
  ctx.lineJoin = "round";
  ctx.lineWidth = 3;
  ctx.strokeStyle = scene.palette.paper;
  for (const { mark, x, y } of signs) ctx.strokeText(mark, x, y);
  ctx.fillStyle = scene.palette.wrong;
  for (const { mark, x, y } of signs) ctx.fillText(mark, x, y);
}

/** Signs that can be told apart, the worst first. */
function signsInView(scene: Scene, geometry: Geometry): Sign[] {
  const { chosen, selected, peeked } = scene;
  const signs = [chosen, selected, peeked].flatMap((path) => signsOf(scene, geometry, path));
  signs.sort((a, b) => SEVERITY.indexOf(a.mark) - SEVERITY.indexOf(b.mark));
  const apart: Sign[] = [];
  for (const sign of signs) if (!apart.some((other) => overlaps(sign, other))) apart.push(sign);
  return apart;
}

function overlaps(a: Sign, b: Sign): boolean {
  return Math.abs(a.x - b.x) < ROOM.width && Math.abs(a.y - b.y) < ROOM.height;
}

function signsOf(scene: Scene, geometry: Geometry, path: readonly NodeId[]): Sign[] {
  const { tree, at, scores } = scene;
  const { view, radius, viewport } = geometry;
  const signs: Sign[] = [];
  const end = Math.min(view.lastColumn, path.length - 1);
  for (let column = Math.max(view.firstColumn, 0); column <= end; column++) {
    const item = path[column]!;
    const parent = tree.parent[item]!;
    if (parent < 0 || isGroup(scene, item) || scene.looks[item] === 0) continue;
    const mark = dropMark(scores.scoreAt(parent, at), scores.scoreAt(item, at));
    const place = geometry.y + scene.row[item]! * geometry.row;
    const y = downOnScreen(viewport, place) - radius - 1;
    if (mark === "" || y < 0 || y > viewport.height + ROOM.height) continue;
    const x = acrossOnScreen(viewport, columnLeft(geometry, column) - radius * 0.4);
    signs.push({ mark, x, y });
  }
  return signs;
}
