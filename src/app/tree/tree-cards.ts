import type { NodeId } from "../../protocol/events.ts";
import { dropMark } from "../score-drop.ts";
import { nodeTitle, statusWord } from "../words/node-words.ts";
import { t } from "../words/t.ts";
import type { Card } from "./cards.ts";
import { columnOf, isGroup } from "./ground.ts";
import { labelCells, labelText } from "./label-text.ts";
import { colorOf, HOLLOW, isDimmed, isPruned, KIND, kindOf } from "./looks.ts";
import { columnLeft, columnPx, type Geometry, roomIn, type Scene } from "./scene.ts";
import { SCORE_COLORS } from "./score-color.ts";
import type { VisibleNodes } from "./visible-nodes.ts";

/** Rows and columns from which on there is room for whole steps, CSS px. */
const CARD_ROOM = { row: 68, column: 90 };
/** Widest card, CSS px. */
const LARGEST = { width: 360 };
/** Of a card: without its text, of a line of text, of a character in it, and what is left free beside it, CSS px. */
const CARD = { frame: 34, line: 19, character: 7.6, beside: 24 };
/** Cards narrower than this say their status in a line of its own, CSS px; `cards.css` has the same. */
const STATUS = { width: 128, line: 16 };
/** Of a row, what is left free between two cards, CSS px. */
const GAP = 10;

/** Whether nodes are so near that they are cards instead of labels. */
export function showsCards({ row }: Geometry, { labels }: Scene): boolean {
  return labels && row >= CARD_ROOM.row;
}

/** A card for every node in view that has text. */
export function cardsInView(
  scene: Scene,
  geometry: Geometry,
  { nodes, count }: VisibleNodes,
  raw: boolean,
): Card[] {
  const cards: Card[] = [];
  for (let i = 0; i < count; i++) {
    const item = nodes[i]!;
    const kind = kindOf(scene.looks[item]!);
    if (kind === KIND.sampling || kind === KIND.hidden) continue;
    if (columnPx(geometry, columnOf(scene, item)) >= CARD_ROOM.column) {
      cards.push(cardOf(scene, geometry, item, raw));
    }
  }
  return cards;
}

function cardOf(scene: Scene, geometry: Geometry, item: NodeId, raw: boolean): Card {
  const { tree, at, selected, scores } = scene;
  const column = columnOf(scene, item);
  const look = scene.looks[item]!;
  const room = roomIn(geometry, column);
  const width = Math.min(room.branch - room.start - 4, LARGEST.width);
  const text = isGroup(scene, item) ? (scene.foldedWords(item)[0] ?? "") : labelText(scene, item);
  const whole = heightOf(text, width);
  const height = Math.min(geometry.row - GAP, whole);
  const parent = tree.parent[item]!;
  const score = scores.scoreAt(item, at);
  const color = colorOf(look);
  return {
    node: item,
    x: columnLeft(geometry, column) + room.start,
    y: geometry.y + scene.row[item]! * geometry.row - height / 2,
    width,
    height,
    title: nodeTitle(tree, tree.depth[item]!),
    text,
    raw,
    score,
    color: color === HOLLOW ? null : SCORE_COLORS[color]!,
    status: parent < 0 ? "" : statusWords(scene, item),
    mark: parent < 0 || tree.unit === "token" ? "" : dropMark(scores.scoreAt(parent, at), score),
    look: lookWord(kindOf(look)),
    isCut: height < whole,
    hit: hitWord(scene, item),
    isSelected: selected.at(-1) === item,
    isDimmed: isDimmed(look),
  };
}

/** Height of a card that shows a text whole, CSS px. Formulas are higher than text, so they have a line more. */
function heightOf(text: string, width: number): number {
  const room = Math.max((width - CARD.beside) / CARD.character, 1);
  const lines = Math.ceil(Math.max(labelCells(text), 1) / room) + (/[$\\]/.test(text) ? 1 : 0);
  return CARD.frame + lines * CARD.line + (width < STATUS.width ? STATUS.line : 0);
}

function statusWords(scene: Scene, item: NodeId): string {
  const { tree, at } = scene;
  if (isGroup(scene, item)) return t("folded");
  const answer = tree.answer(item, at);
  if (answer?.correct === true) return t("right");
  if (answer?.correct === false) return t("wrong");
  return statusWord(tree.statusAt(item, at));
}

function hitWord({ hits }: Scene, item: NodeId): Card["hit"] {
  if (hits.current === item) return "current";
  return hits.hit[item] ? "one" : "none";
}

function lookWord(kind: number): Card["look"] {
  if (kind === KIND.rightAnswer || kind === KIND.prunedRight) return "right";
  if (kind === KIND.wrongAnswer || kind === KIND.prunedWrong) return "wrong";
  return isPruned(kind) ? "pruned" : "plain";
}
