import { type PlacedPath, SvgContext } from "../export/svg-context.ts";
import type { FormulaPart, Shape } from "../math/formula-shapes.ts";
import { mathParts } from "../math/math-parts.ts";
import { maskControls } from "../plain-text.ts";
import type { CardFormulas } from "./card-formulas.ts";
import { FONTS } from "./palette.ts";
import { textWidth } from "./text-width.ts";

/** Where a text has to stay, CSS px. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Of a line of text, px: from its baseline up and down, and what is between it and the next. */
const TEXT = { above: 13, below: 4, gap: 2 };

/** Of characters that KaTeX's fonts do not have: those of everybody. */
const SERIF = "serif";

/** What stands in a line and is not broken, px; its baseline begins where it is drawn. */
interface Piece {
  readonly width: number;
  readonly above: number;
  readonly below: number;
  /** What no line begins with. */
  readonly isSpace?: boolean;
  readonly draw: (x: number, y: number) => void;
}

/**
 * Draws a text with its formulas as shapes, in lines as wide as the box. Lines that have no
 * room in it are left out, and an ellipsis stands for them. A formula that is not among
 * `formulas` is drawn as it is written.
 */
export function drawMathText(
  ctx: CanvasRenderingContext2D,
  text: string,
  { box, formulas }: { readonly box: Box; readonly formulas: CardFormulas },
): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.x, box.y, box.width, box.height);
  ctx.clip();
  const lines = linesOf(piecesOf(ctx, text, formulas), box.width);
  const placed = placeLines(lines, box);
  const isCut = placed.length < lines.length;
  for (const [i, { line, baseline }] of placed.entries()) {
    const ellipsis = isCut && i === placed.length - 1 ? [wordPiece(ctx, "…")] : [];
    const room = box.width - (ellipsis[0]?.width ?? 0);
    let x = 0;
    for (const piece of line) {
      if (x > 0 && x + piece.width > room && ellipsis.length > 0) break;
      piece.draw(box.x + x, baseline);
      x += piece.width;
    }
    ellipsis[0]?.draw(box.x + x, baseline);
  }
  ctx.restore();
}

interface PlacedLine {
  readonly line: readonly Piece[];
  /** px. */
  readonly baseline: number;
}

/** As many lines as there is room for, at least the first. */
function placeLines(lines: readonly (readonly Piece[])[], box: Box): PlacedLine[] {
  const placed: PlacedLine[] = [];
  let top = box.y;
  for (const line of lines) {
    const baseline = top + Math.max(...line.map(({ above }) => above));
    const bottom = baseline + Math.max(...line.map(({ below }) => below));
    if (placed.length > 0 && bottom > box.y + box.height) break;
    placed.push({ line, baseline });
    top = bottom + TEXT.gap;
  }
  return placed;
}

function piecesOf(ctx: CanvasRenderingContext2D, text: string, formulas: CardFormulas): Piece[] {
  return mathParts(text).flatMap((part) => {
    if (part.kind === "prose") return wordPieces(ctx, part.text);
    const shapes = formulas.get(part.source);
    if (shapes === undefined) return wordPieces(ctx, part.source + part.tail);
    const pieces = shapes.map((each) => formulaPiece(ctx, each));
    if (part.display) return [BREAK, ...pieces, BREAK];
    const last = pieces.at(-1);
    return last === undefined || part.tail === ""
      ? pieces
      : [...pieces.slice(0, -1), joined(last, wordPiece(ctx, part.tail))];
  });
}

/** Ends a line. */
const BREAK: Piece = { width: 0, above: 0, below: 0, draw() {} };

function wordPieces(ctx: CanvasRenderingContext2D, text: string): Piece[] {
  return (text.match(/\n|[^\S\n]+|\S+/g) ?? []).map((word) => wordPiece(ctx, word));
}

function wordPiece(ctx: CanvasRenderingContext2D, word: string): Piece {
  if (word === "\n") return BREAK;
  const said = maskControls(word);
  return {
    ...{ above: TEXT.above, below: TEXT.below },
    width: textWidth(ctx, FONTS.prose, said),
    isSpace: said.trim() === "",
    draw(x, y) {
      ctx.font = FONTS.prose;
      ctx.fillText(said, x, y);
    },
  };
}

function formulaPiece(
  ctx: CanvasRenderingContext2D,
  { width, above, below, shapes, letters }: FormulaPart,
): Piece {
  return {
    width,
    above: Math.max(above, TEXT.above),
    below: Math.max(below, TEXT.below),
    draw(x, y) {
      for (const shape of shapes) fillShape(ctx, shape, { x, y });
      for (const each of letters) {
        ctx.font = `${each.size}px ${SERIF}`;
        ctx.fillText(maskControls(each.text), x + each.x, y + each.y);
      }
    },
  };
}

/** Two pieces between which no line breaks. */
function joined(first: Piece, second: Piece): Piece {
  return {
    width: first.width + second.width,
    above: Math.max(first.above, second.above),
    below: Math.max(first.below, second.below),
    draw(x, y) {
      first.draw(x, y);
      second.draw(x + first.width, y);
    },
  };
}

/** Breaks before what does not fit. */
function linesOf(pieces: readonly Piece[], width: number): Piece[][] {
  const lines: Piece[][] = [];
  let line: Piece[] = [];
  let used = 0;
  const end = () => {
    if (line.length > 0) lines.push(line);
    line = [];
    used = 0;
  };
  for (const piece of pieces) {
    if (piece === BREAK || (used > 0 && used + piece.width > width)) end();
    if (piece === BREAK || (piece.isSpace && used === 0)) continue;
    line.push(piece);
    used += piece.width;
  }
  end();
  return lines;
}

function fillShape(
  ctx: CanvasRenderingContext2D,
  shape: Shape,
  { x, y }: { readonly x: number; readonly y: number },
): void {
  const { within } = shape;
  ctx.save();
  if (within !== null) {
    ctx.beginPath();
    ctx.rect(x + within.x, y + within.y, within.width, within.height);
    ctx.clip();
  }
  if (ctx instanceof SvgContext) ctx.fillPlaced(shape, x, y);
  else fillPath(ctx, shape, { x, y });
  ctx.restore();
}

function fillPath(
  ctx: CanvasRenderingContext2D,
  { path, matrix }: PlacedPath,
  { x, y }: { readonly x: number; readonly y: number },
): void {
  ctx.translate(x, y);
  ctx.transform(...matrix);
  ctx.fill(new Path2D(path));
}
