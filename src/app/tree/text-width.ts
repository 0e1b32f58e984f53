import type { DrawingContext } from "./drawing-context.ts";

/** Texts of one font whose width is remembered. */
const MOST = 5000;

const widths = new Map<string, Map<string, number>>();

/** Width of a text in a font, CSS px. Texts are few and often the same, and measuring is not cheap. Leaves the font set. */
export function textWidth(ctx: DrawingContext, font: string, text: string): number {
  let known = widths.get(font);
  if (known === undefined || known.size > MOST) {
    known = new Map();
    widths.set(font, known);
  }
  let width = known.get(text);
  if (width === undefined) {
    ctx.font = font;
    width = ctx.measureText(text).width;
    known.set(text, width);
  }
  return width;
}
