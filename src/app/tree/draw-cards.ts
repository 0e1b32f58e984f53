import { charactersIn } from "../../lib/text-cells.ts";
import { formatScore } from "../format.ts";
import { hasMath } from "../math/fill-math.ts";
import type { CardFormulas } from "./card-formulas.ts";
import type { Card } from "./cards.ts";
import { drawMathText } from "./draw-math-text.ts";
import { FONTS, type Palette } from "./palette.ts";
import { textWidth } from "./text-width.ts";

/** Of a card, CSS px: left and right of its texts, from line to line, and from its top to the first lines; as `cards.css` has it. */
const CARD = { left: 13, right: 11, line: 19, title: 17, text: 38, radius: 6, strip: 5, gap: 8 };
/** Cards as narrow as this have no title, and narrower than that their status in a line of its own, which is as high, CSS px. */
const NARROW = { title: 190, status: 128, line: 16 };
const DASHED = [3, 3];
const SOLID: number[] = [];
/** Opacity of what is not what the reader looks for. */
const DIM = 0.35;

/** Cards as shapes, for pictures: on the page they are HTML, over the canvas. */
export function drawCards(
  ctx: CanvasRenderingContext2D,
  cards: readonly Card[],
  { palette, formulas }: CardStyle,
): void {
  ctx.textBaseline = "alphabetic";
  ctx.textAlign = "left";
  for (const card of cards) {
    ctx.globalAlpha = card.isDimmed ? DIM : 1;
    drawFrame(ctx, card, palette);
    const down = drawHead(ctx, card, palette);
    ctx.fillStyle = card.look === "pruned" ? palette.softInk : palette.ink;
    const { x, y, width, height, text, raw } = card;
    const box = {
      ...{ x: x + CARD.left, y: y + down + CARD.text - CARD.line + 6 },
      ...{ width: width - CARD.left - CARD.right },
      ...{ height: height - down - CARD.text + CARD.line - 10 },
    };
    if (!raw && hasMath(text)) drawMathText(ctx, text, { box, formulas });
    else drawText(ctx, { ...card, y: y + down, height: height - down });
  }
  ctx.globalAlpha = 1;
}

interface CardStyle {
  readonly palette: Palette;
  readonly formulas: CardFormulas;
}

function drawFrame(ctx: CanvasRenderingContext2D, card: Card, palette: Palette): void {
  const { x, y, width, height, look, color } = card;
  const isPruned = look === "pruned";
  roundedPath(ctx, { x, y, width, height }, -0.5);
  ctx.fillStyle = isPruned ? palette.paper : palette.raised;
  ctx.fill();
  if (color !== null) {
    const radius = CARD.strip;
    ctx.beginPath();
    ctx.arc(x + radius, y + radius, radius, Math.PI, 1.5 * Math.PI);
    ctx.lineTo(x + radius, y + height);
    ctx.arc(x + radius, y + height - radius, radius, Math.PI / 2, Math.PI);
    ctx.closePath();
    ctx.fillStyle = color;
    ctx.fill();
  }
  ctx.fillStyle = palette.outline;
  ctx.fillRect(x + CARD.strip, y + 0.5, 1, height - 1);
  roundedPath(ctx, { x, y, width, height }, -0.5);
  ctx.strokeStyle = palette.outline;
  ctx.lineWidth = 1;
  ctx.setLineDash(isPruned ? DASHED : SOLID);
  ctx.stroke();
  ctx.setLineDash(SOLID);
  const ring = ringOf(card, palette);
  if (ring !== null) {
    roundedPath(ctx, { x, y, width, height }, ring.out);
    ctx.strokeStyle = ring.color;
    ctx.lineWidth = ring.width;
    ctx.stroke();
  }
}

/** What is around a card that was found or chosen: its colour, how thick it is, and how far out its middle is, px. */
function ringOf({ hit, isSelected }: Card, palette: Palette) {
  if (hit === "current") return { color: palette.hit, width: 4, out: 3 };
  if (hit === "one") return { color: palette.hit, width: 2, out: 2 };
  return isSelected ? { color: palette.accent, width: 2, out: 0 } : null;
}

/** The outline of a card, `out` px further out. */
function roundedPath(
  ctx: CanvasRenderingContext2D,
  card: Pick<Card, "x" | "y" | "width" | "height">,
  out: number,
): void {
  const radius = CARD.radius + out;
  const [left, top] = [card.x + CARD.radius, card.y + CARD.radius];
  const [right, bottom] = [left + card.width, top + card.height].map(
    (end) => end - 2 * CARD.radius,
  ) as [number, number];
  ctx.beginPath();
  ctx.arc(left, top, radius, Math.PI, 1.5 * Math.PI);
  ctx.arc(right, top, radius, 1.5 * Math.PI, 2 * Math.PI);
  ctx.arc(right, bottom, radius, 0, Math.PI / 2);
  ctx.arc(left, bottom, radius, Math.PI / 2, Math.PI);
  ctx.closePath();
}

/** Title, score and mark on the left, status on the right. Returns how much further down the text is for them, px. */
function drawHead(ctx: CanvasRenderingContext2D, card: Card, palette: Palette): number {
  const { title, score, mark, status, look } = card;
  const y = card.y + CARD.title;
  const isScored = !Number.isNaN(score);
  const isNarrow = card.width < NARROW.status && status !== "";
  const parts = [
    {
      text: card.width > NARROW.title || !isScored ? title : "",
      ...{ font: FONTS.header, color: palette.ink },
    },
    { text: isScored ? formatScore(score) : "", font: FONTS.score, color: palette.softInk },
    { text: mark, font: FONTS.drop, color: palette.wrong },
  ];
  let x = card.x + CARD.left;
  for (const { text, font, color } of parts.filter((part) => part.text !== "")) {
    write(ctx, { text, font, color }, x, y);
    x += textWidth(ctx, font, text) + CARD.gap;
  }
  const end = card.x + card.width - CARD.right;
  const said = cutToWidth(ctx, status, isNarrow ? end - card.x - CARD.left : end - x);
  const color = look === "right" || look === "wrong" ? palette[look] : palette.softInk;
  const start = isNarrow ? card.x + CARD.left : end - textWidth(ctx, FONTS.score, said);
  if (said !== "") {
    write(ctx, { text: said, font: FONTS.score, color }, start, y + (isNarrow ? NARROW.line : 0));
  }
  return isNarrow ? NARROW.line : 0;
}

interface Words {
  readonly text: string;
  readonly font: string;
  readonly color: string;
}

function write(
  ctx: CanvasRenderingContext2D,
  { text, font, color }: Words,
  x: number,
  y: number,
): void {
  ctx.font = font;
  ctx.fillStyle = color;
  ctx.fillText(text, x, y);
}

/** As much of a text as fits, px, with an ellipsis if that is not all; nothing where not even two characters do. */
function cutToWidth(ctx: CanvasRenderingContext2D, text: string, width: number): string {
  if (textWidth(ctx, FONTS.score, text) <= width) return text;
  for (let end = text.length - 1; end > 1; end--) {
    const cut = `${text.slice(0, end)}…`;
    if (textWidth(ctx, FONTS.score, cut) <= width) return cut;
  }
  return "";
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
