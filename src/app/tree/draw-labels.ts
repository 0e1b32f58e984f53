import type { NodeId } from "../../protocol/events.ts";
import { formatCount } from "../format.ts";
import { STANDS } from "./arrangement.ts";
import { fanEnd, glyphSize } from "./glyph-shape.ts";
import { columnOf, isFolded, isGroup } from "./ground.ts";
import {
  characterWidth,
  hasScoreBehind,
  type LabelRoom,
  SCORE_GAP,
  shownCharacters,
  stepEnd,
} from "./label-room.ts";
import { cutText, labelCells, labelText, scoreText } from "./label-text.ts";
import { colorOf, HOLLOW, isDimmed, isPruned, kindOf } from "./looks.ts";
import { acrossOnScreen, downOnScreen, startSide } from "./mirror.ts";
import { FONTS } from "./palette.ts";
import { pruneNote } from "./prune-note.ts";
import { columnLeft, columnPx, type Geometry, roomIn, type Scene } from "./scene.ts";
import { textWidth } from "./text-width.ts";
import type { VisibleNodes } from "./visible-nodes.ts";

/** Distance of the second line of a label from the first, CSS px. */
const SECOND_LINE = 13;
/** Opacity of text that is not what the reader looks for. */
const DIM = 0.45;

/** Texts beside the nodes in view: steps, scores, and, when near, why a node was pruned. */
export function drawLabels(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  geometry: Geometry,
  visible: VisibleNodes,
): void {
  if (geometry.dense || !scene.labels) return;
  ctx.textBaseline = "middle";
  ctx.textAlign = startSide(geometry.viewport);
  const page = { ctx, scene, geometry };
  ctx.font = FONTS.step;
  eachLabelled(visible, page, drawStep);
  ctx.font = FONTS.score;
  ctx.fillStyle = scene.palette.softInk;
  eachLabelled(visible, page, drawScore);
  ctx.globalAlpha = 1;
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
  if (isGroup(scene, node)) return;
  const kind = kindOf(scene.looks[node]!);
  const { palette } = scene;
  const column = columnOf(scene, node);
  const room = roomIn(geometry, column);
  const text = labelText(scene, node) || EMPTY;
  const characters = shownCharacters(labelCells(text), room);
  if (characters === 0) return;
  const x = columnLeft(geometry, column) + textStart({ scene, geometry }, node, room);
  const y = geometry.y + scene.row[node]! * geometry.row;
  ctx.globalAlpha = isDimmed(scene.looks[node]!) ? DIM : 1;
  ctx.fillStyle = isPruned(kind) ? palette.softInk : palette.ink;
  // Text of characters that are wider still is squeezed rather than run into its neighbours.
  write({ ctx, geometry }, cutText(text, characters), {
    x,
    y,
    width: characters * characterWidth(),
  });
}

/** Where text begins, CSS px of the drawing; how far below on the screen, and how wide it may be. */
interface TextPlace {
  readonly x: number;
  readonly y: number;
  readonly down?: number;
  readonly width?: number;
}

function write(
  { ctx, geometry: { viewport } }: Omit<Page, "scene">,
  text: string,
  { x, y, down = 0, width }: TextPlace,
): void {
  ctx.fillText(text, acrossOnScreen(viewport, x), downOnScreen(viewport, y) + down, width);
}

/** What is written of a step without a character. */
const EMPTY = "∅";

/** Where text beside a mark begins, CSS px right of the mark's middle: glyphs are wider than marks. */
function textStart({ scene, geometry }: Omit<Page, "ctx">, item: NodeId, room: LabelRoom): number {
  if (!isFolded(scene, item)) return room.start;
  const px = columnPx(geometry, columnOf(scene, item));
  return Math.max(room.start, fanEnd(glyphSize(scene.size![item]!, geometry.row, px)));
}

/** As many words about dead siblings as there is room for before the edges of the column part. */
function drawGroup({ ctx, scene, geometry }: Page, item: NodeId): void {
  const column = columnOf(scene, item);
  const room = roomIn(geometry, column);
  const start = textStart({ scene, geometry }, item, room);
  const width = room.branch - start;
  const words = scene.foldedWords(item).find((some) => textWidth(ctx, FONTS.score, some) <= width);
  if (words === undefined) return;
  const y = geometry.y + scene.row[item]! * geometry.row;
  write({ ctx, geometry }, words, { x: columnLeft(geometry, column) + start, y });
}

/** What is said of a node after its score: how many nodes are shown here; empty if it is one. */
function scoreNote({ stands, size }: Scene, item: NodeId): string {
  if (stands?.[item] === STANDS.subtree) return `+${formatCount(size![item]! - 1)}`;
  if (stands?.[item] === STANDS.same) return `×${formatCount(size![item]!)}`;
  return "";
}

/** The score behind the step, or what is known of it in a line below. */
function drawScore({ ctx, scene, geometry }: Page, node: NodeId): void {
  if (isGroup(scene, node)) {
    drawGroup({ ctx, scene, geometry }, node);
    return;
  }
  const { tree } = scene;
  const column = columnOf(scene, node);
  const room = roomIn(geometry, column);
  ctx.globalAlpha = isDimmed(scene.looks[node]!) ? DIM : 1;
  if (!room.scores) return;
  const left = columnLeft(geometry, column);
  const y = geometry.y + scene.row[node]! * geometry.row;
  const look = scene.looks[node]!;
  const shown = scoreNote(scene, node);
  const bare = colorOf(look) === HOLLOW ? "" : scoreText(scene.scores.scoreAt(node, scene.at));
  const score = [bare, shown].filter((part) => part !== "").join(" ") || null;
  if (room.twoLines) {
    const note = isPruned(kindOf(look)) ? pruneNote(tree, node, scene.at, scene.topK) : null;
    const width = columnPx(geometry, column) - room.start - geometry.radius;
    const line = longestFit(ctx, score, note, width);
    const place = { x: left + room.start, y, down: SECOND_LINE };
    if (line !== null) write({ ctx, geometry }, line, place);
    return;
  }
  const length = labelCells(labelText(scene, node) || EMPTY);
  if (score !== null && hasScoreBehind(length, room)) {
    const shift = textStart({ scene, geometry }, node, room) - room.start;
    write({ ctx, geometry }, score, { x: left + shift + scoreStart(length, room), y });
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
  if (textWidth(ctx, FONTS.score, both) <= width) return both;
  return textWidth(ctx, FONTS.score, note) <= width ? note : score;
}
