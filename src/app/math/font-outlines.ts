import opentype, { type Font } from "opentype.js";

/** What a browser chooses a font by; families without quotes. */
export interface FontFace {
  readonly family: string;
  readonly weight: string;
  readonly style: string;
}

/** The outline of a character in a font, of 1 em, as an SVG path whose baseline begins at the origin. */
export interface Outline {
  /** The same for the same outline, wherever it stands. */
  readonly id: string;
  readonly path: string;
}

/** Digits of an outline of 1 em: a thousandth of a pixel for letters of 10 px. */
const DIGITS = 4;

const fonts = new Map<string, Promise<Font | null>>();

/**
 * How characters look in the fonts of the page's style sheets, read from their
 * TrueType files: only those are read, and a page may come without them.
 */
export class FontOutlines {
  readonly #fonts = new Map<string, Font>();

  /** Loads a font. Resolves with whether there is one to read. */
  async load(face: FontFace): Promise<boolean> {
    const key = keyOf(face);
    if (!fonts.has(key)) fonts.set(key, read(face));
    const font = await fonts.get(key)!;
    if (font !== null) this.#fonts.set(key, font);
    return font !== null;
  }

  /** `null` for a character that the font does not have. Its font must be loaded. */
  outlineOf(character: string, face: FontFace): Outline | null {
    const key = keyOf(face);
    const glyph = this.#fonts.get(key)!.charToGlyph(character);
    if (glyph.index === 0) return null;
    return { id: `${key} ${glyph.index}`, path: glyph.getPath(0, 0, 1).toPathData(DIGITS) };
  }
}

function keyOf({ family, weight, style }: FontFace): string {
  return `${family} ${weight} ${style}`;
}

async function read(face: FontFace): Promise<Font | null> {
  const url = fileOf(face);
  if (url === null) return null;
  const response = await fetch(url);
  if (!response.ok) return null;
  return opentype.parse(await response.arrayBuffer());
}

/** Address of the TrueType file that a style sheet of this page names for a font. */
function fileOf(face: FontFace): string | null {
  const places = [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].map((rule) => ({ rule, base: sheet.href ?? document.baseURI })),
  );
  for (const { rule, base } of places) {
    if (!(rule instanceof CSSFontFaceRule) || !isOf(rule, face)) continue;
    const [, file] = /url\("?([^")]+\.ttf)"?\)/.exec(rule.style.getPropertyValue("src")) ?? [];
    if (file !== undefined) return new URL(file, base).href;
  }
  return null;
}

function isOf({ style: rule }: CSSFontFaceRule, { family, weight, style }: FontFace): boolean {
  const isBold = /^(bold|700)$/.test(rule.getPropertyValue("font-weight"));
  return (
    rule.getPropertyValue("font-family").replaceAll(/["']/g, "") === family &&
    isBold === Number(weight) >= 600 &&
    (rule.getPropertyValue("font-style") || "normal") === style
  );
}
