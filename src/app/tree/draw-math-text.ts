import { type PlacedPath, SvgContext } from "../export/svg-context.ts";
import { findMath } from "../math/find-math.ts";
import type { FormulaPart, Shape } from "../math/formula-shapes.ts";
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
 * Draws a text with its formulas as shapes, in lines as wide as the box; what has
 * no room in it is cut off. A formula that is not among `formulas` is drawn as it is
 * written.
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
  let top = box.y;
  for (const line of linesOf(piecesOf(ctx, text, formulas), box.width)) {
    if (top > box.y + box.height) break;
    const baseline = top + Math.max(...line.map(({ above }) => above));
    let x = box.x;
    for (const piece of line) {
      piece.draw(x, baseline);
      x += piece.width;
    }
    top = baseline + Math.max(...line.map(({ below }) => below)) + TEXT.gap;
  }
  ctx.restore();
}

function piecesOf(ctx: CanvasRenderingContext2D, text: string, formulas: CardFormulas): Piece[] {
  return findMath(text).flatMap((part) => {
    const shapes = part.kind === "formula" ? formulas.get(part.source) : undefined;
    if (shapes !== undefined) {
      const pieces = shapes.map((each) => formulaPiece(ctx, each));
      return part.kind === "formula" && part.display ? [BREAK, ...pieces, BREAK] : pieces;
    }
    return (part.source.match(/\n|[^\S\n]+|\S+/g) ?? []).map((word) => wordPiece(ctx, word));
  });
}

/** Ends a line. */
const BREAK: Piece = { width: 0, above: 0, below: 0, draw() {} };

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
  { width, above, below, shapes }: FormulaPart,
): Piece {
  return {
    width,
    above: Math.max(above, TEXT.above),
    below: Math.max(below, TEXT.below),
    draw(x, y) {
      for (const shape of shapes) fillShape(ctx, shape, { x, y });
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
