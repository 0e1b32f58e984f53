import type { NodeId } from "../../protocol/events.ts";
import { columnOf } from "./ground.ts";
import {
  CHARACTER,
  hasScoreBehind,
  type LabelRoom,
  SCORE_GAP,
  shownCharacters,
  stepEnd,
} from "./label-room.ts";
import { cutText, labelText, scoreText } from "./label-text.ts";
import { colorOf, HOLLOW, isPruned, kindOf } from "./looks.ts";
import { FONTS } from "./palette.ts";
import { pruneNote } from "./prune-note.ts";
import { columnLeft, columnPx, type Geometry, roomIn, type Scene } from "./scene.ts";
import type { VisibleNodes } from "./visible-nodes.ts";

/** Distance of the second line of a label from the first, CSS px. */
const SECOND_LINE = 13;

/** Texts beside the nodes in view: steps, scores, and, when near, why a node was pruned. */
export function drawLabels(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  geometry: Geometry,
  visible: VisibleNodes,
): void {
  if (geometry.dense || !scene.labels) return;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  const page = { ctx, scene, geometry };
  ctx.font = FONTS.step;
  eachLabelled(visible, page, drawStep);
  ctx.font = FONTS.score;
  ctx.fillStyle = scene.palette.softInk;
  eachLabelled(visible, page, drawScore);
}

interface Page {
  readonly ctx: CanvasRenderingContext2D;
  readonly scene: Scene;
  readonly geometry: Geometry;
}

function eachLabelled(
  { nodes, count, labelled }: VisibleNodes,
  page: Page,
  draw: (page: Page, node: NodeId) => void,
): void {
  for (let i = 0; i < count; i++) if (labelled[nodes[i]!] === 1) draw(page, nodes[i]!);
}

function drawStep({ ctx, scene, geometry }: Page, node: NodeId): void {
  const kind = kindOf(scene.looks[node]!);
  const { palette, tree } = scene;
  const column = columnOf(scene, node);
  const room = roomIn(geometry, column);
  const text = labelText(tree, node);
  const characters = shownCharacters(text.length, room);
  if (characters === 0) return;
  const x = columnLeft(geometry, column) + room.start;
  const y = geometry.y + scene.row[node]! * geometry.row;
  ctx.fillStyle = isPruned(kind) ? palette.softInk : palette.ink;
  // Text of wide characters is squeezed rather than run into its neighbours.
  ctx.fillText(cutText(text, characters), x, y, characters * CHARACTER);
}

/** The score behind the step, or what is known of it in a line below. */
function drawScore({ ctx, scene, geometry }: Page, node: NodeId): void {
  const { tree } = scene;
  const column = columnOf(scene, node);
  const room = roomIn(geometry, column);
  if (!room.scores) return;
  const left = columnLeft(geometry, column);
  const y = geometry.y + scene.row[node]! * geometry.row;
  const look = scene.looks[node]!;
  const score = colorOf(look) === HOLLOW ? null : scoreText(tree.scoreAt(node, scene.at));
  if (room.twoLines) {
    const note = isPruned(kindOf(look)) ? pruneNote(tree, node, scene.at, scene.topK) : null;
    const width = columnPx(geometry, column) - room.start - geometry.radius;
    const line = longestFit(ctx, score, note, width);
    if (line !== null) ctx.fillText(line, left + room.start, y + SECOND_LINE);
    return;
  }
  const { length } = labelText(tree, node);
  if (score !== null && hasScoreBehind(length, room)) {
    ctx.fillText(score, left + scoreStart(length, room), y);
  }
}

function scoreStart(length: number, room: LabelRoom): number {
  return stepEnd(length, room) + (shownCharacters(length, room) === 0 ? 0 : SCORE_GAP);
}

/** As much of "score · note" as fits; the score alone if even the note does not. */
function longestFit(
  ctx: CanvasRenderingContext2D,
  score: string | null,
  note: string | null,
  width: number,
): string | null {
  if (note === null) return score;
  const both = score === null ? note : `${score} · ${note}`;
  if (widthOf(ctx, both) <= width) return both;
  return widthOf(ctx, note) <= width ? note : score;
}

/** Notes are few and often the same; measuring is not cheap. All are of one font. */
const widths = new Map<string, number>();

function widthOf(ctx: CanvasRenderingContext2D, text: string): number {
  let width = widths.get(text);
  if (width === undefined) {
    if (widths.size > 5000) widths.clear();
    width = ctx.measureText(text).width;
    widths.set(text, width);
  }
  return width;
}
