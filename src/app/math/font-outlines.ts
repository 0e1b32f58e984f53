import opentype, { type Font } from "opentype.js";
import { t } from "../words/t.ts";

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

  /** Loads a font. Resolves with whether there is one to read; rejects with an `Error` for people if it cannot be fetched. */
  async load(face: FontFace): Promise<boolean> {
    const key = keyOf(face);
    if (!fonts.has(key)) fonts.set(key, read(face));
    const font = await fonts.get(key)!;
    if (font !== null) this.#fonts.set(key, font);
    return font !== null;
  }

  /**
   * A text in parts: characters that the font has, one by one with their outlines, and those
   * in a row that it does not have, with `null`. The font must be loaded.
   */
  runsOf(text: string, face: FontFace): Run[] {
    const key = keyOf(face);
    return runsIn(text, (character) => outlineIn(this.#fonts.get(key)!, character, key));
  }
}

/** Characters, and their outline where there is one. */
interface Run {
  readonly text: string;
  readonly outline: Outline | null;
}

/** The outline of a character in the font named `key`; `null` for one that the font does not have. */
export function outlineIn(font: Font, character: string, key: string): Outline | null {
  const glyph = font.charToGlyph(character);
  if (glyph.index === 0) return null;
  return { id: `${key} ${glyph.index}`, path: glyph.getPath(0, 0, 1).toPathData(DIGITS) };
}

/** Divides a text into runs. */
export function runsIn(text: string, outlineOf: (character: string) => Outline | null): Run[] {
  const runs: Run[] = [];
  for (const character of text) {
    const outline = outlineOf(character);
    const before = runs.at(-1);
    if (outline === null && before?.outline === null) {
      runs[runs.length - 1] = { text: before.text + character, outline };
    } else runs.push({ text: character, outline });
  }
  return runs;
}

function keyOf({ family, weight, style }: FontFace): string {
  return `${family} ${weight} ${style}`;
}

async function read(face: FontFace): Promise<Font | null> {
  const url = fileOf(face);
  if (url === null) return null;
  const response = await fetch(url).catch(() => null);
  if (!response?.ok) {
    // The next picture tries again.
    fonts.delete(keyOf(face));
    throw new Error(t("The fonts of mathematics could not be loaded."));
  }
  return opentype.parse(await response.arrayBuffer());
}

/** Address of the TrueType file that a style sheet of this page names for a font. */
function fileOf(face: FontFace): string | null {
  const places = [...document.styleSheets].flatMap((sheet) =>
    readableRules(sheet).map((rule) => ({ rule, base: sheet.href ?? document.baseURI })),
  );
  for (const { rule, base } of places) {
    if (!(rule instanceof CSSFontFaceRule) || !isOf(rule, face)) continue;
    const [, file] = /url\("?([^")]+\.ttf)"?\)/.exec(rule.style.getPropertyValue("src")) ?? [];
    if (file !== undefined) return new URL(file, base).href;
  }
  return null;
}

/** None of a sheet of another origin, such as an extension of the browser adds: nobody may read it. */
function readableRules(sheet: CSSStyleSheet): readonly CSSRule[] {
  try {
    return [...sheet.cssRules];
  } catch {
    return [];
  }
}

function isOf({ style: rule }: CSSFontFaceRule, { family, weight, style }: FontFace): boolean {
  const isBold = /^(bold|700)$/.test(rule.getPropertyValue("font-weight"));
  return (
    rule.getPropertyValue("font-family").replaceAll(/["']/g, "") === family &&
    isBold === Number(weight) >= 600 &&
    (rule.getPropertyValue("font-style") || "normal") === style
  );
}
