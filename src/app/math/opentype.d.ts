/** What is used of opentype.js, which has no types of its own. */
declare module "opentype.js" {
  export interface Font {
    charToGlyph(character: string): {
      /** 0 for a character that the font does not have. */
      readonly index: number;
      /** Outline with the beginning of its baseline at (x, y), y downwards. */
      getPath(x: number, y: number, fontSize: number): { toPathData(decimals: number): string };
    };
  }
  const opentype: { parse(buffer: ArrayBuffer): Font };
  // biome-ignore lint/style/noDefaultExport: it is the library's only one
  export default opentype;
}
