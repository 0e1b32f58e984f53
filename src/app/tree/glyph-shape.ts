import type { DrawingContext } from "./drawing-context.ts";

/** Width and height of a glyph, CSS px. */
export interface GlyphSize {
  readonly width: number;
  readonly height: number;
}

/** Largest glyph, CSS px: more nodes than that are told apart by their number alone. */
const LARGEST: GlyphSize = { width: 34, height: 26 };
/** Of a glyph for two nodes, and what each doubling of them adds, CSS px. */
const SMALLEST: GlyphSize = { width: 8, height: 7 };
const DOUBLING: GlyphSize = { width: 2.1, height: 1.6 };

/**
 * Size of the glyph that stands for so many nodes: it grows with their logarithm, as
 * far as its row and its column have room.
 */
export function glyphSize(nodes: number, rowPx: number, columnPx: number): GlyphSize {
  const doublings = Math.log2(Math.max(nodes, 2)) - 1;
  const width = Math.min(SMALLEST.width + doublings * DOUBLING.width, LARGEST.width);
  const height = Math.min(SMALLEST.height + doublings * DOUBLING.height, LARGEST.height);
  return {
    width: Math.max(Math.min(width, columnPx * 0.6), 2),
    height: Math.max(Math.min(height, rowPx * 0.92), 2),
  };
}

/** Adds a fan to the path: from a point on the left, where the folded part hangs on the tree, it opens to the right. */
export function traceFan(
  ctx: DrawingContext,
  x: number,
  y: number,
  { width, height }: GlyphSize,
): void {
  const half = height / 2;
  ctx.moveTo(x, y);
  ctx.lineTo(x + width, y - half);
  ctx.quadraticCurveTo(x + width + half * 0.35, y, x + width, y + half);
  ctx.closePath();
}

/** Where text beside a fan begins, CSS px right of its point. */
export function fanEnd({ width, height }: GlyphSize): number {
  return width + height * 0.18 + 5;
}
