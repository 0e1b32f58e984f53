import { charactersIn } from "../../lib/text-cells.ts";
import { formatScore } from "../format.ts";
import { hasMath } from "../math/fill-math.ts";
import type { CardFormulas } from "./card-formulas.ts";
import type { Card } from "./cards.ts";
import { drawMathText } from "./draw-math-text.ts";
import { FONTS, type Palette } from "./palette.ts";
import { textWidth } from "./text-width.ts";

/** Of a card, CSS px: left and right of its texts, from line to line, and from its top to the first lines; as `cards.css` has it. */
const CARD = { left: 13, right: 11, line: 19, title: 17, text: 38 };
/** Opacity of what is out of the running, and of what is not what the reader looks for. */
const PRUNED = 0.72;
const DIM = 0.45;

/** Cards as shapes, for pictures: on the page they are HTML, over the canvas. */
export function drawCards(
  ctx: CanvasRenderingContext2D,
  cards: readonly Card[],
  { palette, formulas }: CardStyle,
): void {
  ctx.textBaseline = "alphabetic";
  ctx.textAlign = "left";
  for (const card of cards) {
    drawCard(ctx, card, palette);
    const { x, y, width, height, text, raw } = card;
    const box = {
      ...{ x: x + CARD.left, y: y + CARD.text - CARD.line + 6 },
      ...{ width: width - CARD.left - CARD.right, height: height - CARD.text + CARD.line - 10 },
    };
    if (!raw && hasMath(text)) drawMathText(ctx, text, { box, formulas });
    else drawText(ctx, card);
  }
  ctx.globalAlpha = 1;
}

interface CardStyle {
  readonly palette: Palette;
  readonly formulas: CardFormulas;
}

function drawCard(ctx: CanvasRenderingContext2D, card: Card, palette: Palette): void {
  const { x, y, width, height, title, status, score, mark } = card;
  ctx.globalAlpha = (card.look === "pruned" ? PRUNED : 1) * (card.isDimmed ? DIM : 1);
  ctx.beginPath();
  ctx.rect(x, y, width, height);
  ctx.fillStyle = palette.paper;
  ctx.fill();
  ctx.strokeStyle = borderOf(card, palette);
  ctx.lineWidth = card.isSelected ? 2 : 1;
  ctx.stroke();
  if (card.color !== null) {
    ctx.fillStyle = card.color;
    ctx.fillRect(x, y, 4, height);
  }
  const left = x + CARD.left;
  ctx.fillStyle = palette.softInk;
  ctx.font = FONTS.score;
  const head = [title, status].filter((part) => part !== "").join(" · ");
  ctx.fillText(head, left, y + CARD.title);
  const said = `${Number.isNaN(score) ? "" : formatScore(score)}${mark === "" ? "" : ` ${mark}`}`;
  const end = x + width - CARD.right - textWidth(ctx, FONTS.score, said);
  if (said !== "" && end > left + textWidth(ctx, FONTS.score, head))
    ctx.fillText(said, end, y + CARD.title);
  ctx.fillStyle = palette.ink;
}

function drawText(ctx: CanvasRenderingContext2D, { x, y, width, height, text }: Card): void {
  const left = x + CARD.left;
  const lines = wrap(ctx, text, width - CARD.left - CARD.right);
  const room = Math.max(1, Math.floor((height - CARD.text) / CARD.line) + 1);
  ctx.font = FONTS.step;
  for (const [i, line] of lines.slice(0, room).entries()) {
    const isCut = i === room - 1 && lines.length > room;
    ctx.fillText(isCut ? `${line.slice(0, -1)}…` : line, left, y + CARD.text + i * CARD.line);
  }
}

function borderOf({ look, isSelected }: Card, palette: Palette): string {
  if (isSelected) return palette.ink;
  if (look === "right") return palette.right;
  return look === "wrong" ? palette.wrong : palette.outline;
}

/** Breaks a text between words where it can, within them where it must. */
function wrap(ctx: CanvasRenderingContext2D, text: string, width: number): string[] {
  const most = Math.max(1, Math.floor(width / textWidth(ctx, FONTS.step, "0")));
  const lines: string[] = [];
  for (let rest = text; rest !== ""; ) {
    const fitting = Math.max(1, charactersIn(rest, most));
    const gap = rest.length > fitting ? rest.lastIndexOf(" ", fitting) : -1;
    const cut = gap > 0 ? gap : fitting;
    lines.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }
  return lines;
}
